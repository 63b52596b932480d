/* One `pawl check`, from the command line to the exit code: the state that its steps
 * share. The steps stand in check_*.c, in the order in which cmd_check.c calls them. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "gate/base/attributes.h"
#include "gate/build/builder.h"
#include "gate/build/scratch.h"
#include "gate/cli/check_options.h"
#include "gate/cli/check_stage.h"
#include "gate/cli/counter.h"
#include "gate/cli/github_log.h"
#include "gate/cli/side_runner.h"
#include "gate/config/bench.h"
#include "gate/config/config.h"
#include "gate/experiment/experiment.h"
#include "gate/experiment/journal.h"
#include "gate/experiment/pair.h"
#include "gate/source/ancestry.h"
#include "gate/source/changes.h"
#include "gate/source/diff_lines.h"
#include "gate/source/revision.h"
#include "gate/source/source.h"
#include "gate/verdict/growth.h"
#include "gate/verdict/result.h"
#include "gate/verdict/waivers.h"
#include "runners/process.h"

struct error;
struct layout;
struct store;
struct profile_pair;

/* The commit of long ago that head is held against (--anchor). */
struct check_anchor {
    const char *name; /* borrowed; NULL: not asked for */
    struct revision revision;
    struct config *config; /* may be NULL: head's counts for it */
    struct benches benches;
    enum ancestry ancestry; /* how it stands to head */
    struct strvec between; /* ids of the commits that head has behind it and it has not */
};

/* Profiles of both sides, a bench each. */
struct check_profiles {
    struct {
        struct profile_pair *pair; /* owned; stays where it is */
    } * items;
    size_t count;
    size_t capacity;
};

struct check {
    struct check_options options;
    char *cache_directory;
    int64_t started_ns; /* CLOCK_MONOTONIC */
    struct spawner *spawner;
    struct source *source;
    struct revision revisions[SIDE_COUNT];
    bool head_is_dirty;
    char *base_rule;
    struct config *configs[SIDE_COUNT]; /* base's may be NULL: head's counts for both */
    const struct recipe
        *recipes[SIDE_COUNT]; /* what a side is built by, without being verified; NULL: as
                               * its config says. Borrowed */
    struct strvec config_changes; /* how head's config would judge otherwise */
    struct strvec warnings;
    struct strvec environment; /* of every child */
    struct strvec key_environment;
    char *toolchain;
    int cpu;       /* for busy benchmarks of one thread */
    char *pinning; /* why that one, or none */
    struct counter counter;
    char *hook_log;         /* what the last setup or teardown command printed */
    struct changes changes; /* base to head */
    struct benches benches[SIDE_COUNT];
    struct benches all_of_base;      /* those that the patterns left out, too */
    struct waived_rows waived;       /* rows of the gate's that have a waiver's margins */
    size_t rows_elsewhere;           /* that other shards measure */
    size_t shard_rows[FAMILY_COUNT]; /* those of this one */
    struct check_stage gate;         /* its list: the union of both sides' benches */
    struct check_stage control;      /* base against a copy of itself (--control) */
    struct check_stage confirm; /* those that regressed, measured again (--confirm) */
    struct check_stage layouts; /* and once more in the layout under way (--layouts) */
    struct check_anchor anchor;
    struct check_stage creep;   /* the anchor in base's place (--anchor) */
    struct check_stage explain; /* what changed, with debug information, to be profiled */
    struct diff_lines changed_lines;
    struct check_profiles profiles; /* of what is explained */
    size_t slow_layouts;    /* the layouts, from the first on, that slowed base much */
    double layout_slowdown; /* by which factor, the last that was asked */
    uint64_t seed;
    struct journal journal; /* kept until the result is written */
    struct store *store;    /* with --record */
    size_t pairs_run;       /* of this run's experiments, those of the journal too */
    int64_t resumed_ns; /* measuring time of the interrupted runs that this one goes on
                           with */
    struct result result;
    char *results_directory; /* absolute; NULL until the result is written */
    struct github_log github;
};
#define AUTO_CHECK AUTO(check_clear)

void check_init(struct check *check);
/* Removes whatever the check made that is not for keeping, on every way out. */
void check_clear(struct check *check);

/* The places that the report is asked to go to, seen to be writable before any work is
 * done. */
int check_outputs(const struct check *check, struct error *err) MUST_CHECK;
/* Makes the directory of a file that will be written, and sees that it can be. */
int check_place(const char *path, struct error *err) MUST_CHECK;
/* The two commits and their configs; who is compared with whom, and why. */
int check_find_sides(struct check *check, struct error *err) MUST_CHECK;
/* In place of that, for a stage that is alone: the commit and its config. */
int check_find_commit(struct check *check, struct error *err) MUST_CHECK;
/* The benches of both sides, those that are missing or new settled. */
int check_list_benches(struct check *check, struct error *err) MUST_CHECK;
/* Both trees, checked out and built, and verified to pass the config's own checks. */
int check_build_sides(struct check *check, struct error *err) MUST_CHECK;
/* The sizes of the programs that the gate's benches run, on both sides, as they were
 * built. */
int check_size_programs(struct check *check, struct error *err) MUST_CHECK;
/* Settles benches of suites none of whose paths changed; *is_all where that leaves
 * nothing to build. */
int check_skip_irrelevant(struct check *check, bool *is_all, struct error *err)
    MUST_CHECK;
/* What children need, without building anything. */
int check_start(struct check *check, struct error *err) MUST_CHECK;
/* Settles benches that run the same bytes on both sides. */
int check_skip_identical(struct check *check, struct error *err) MUST_CHECK;
/* The same for the benches of a stage, between whose trees these are the changes. */
int check_skip_identical_of(struct check *check,
                            struct check_stage *stage,
                            const struct changes *changes,
                            struct error *err) MUST_CHECK;
/* Prepared inputs, and the same output from both sides. Settles benches that fail. */
int check_same_work(struct check *check, struct check_stage *stage, struct error *err)
    MUST_CHECK;
/* The setup commands of the suites that are to be measured; their benches are settled
 * where one fails. From here on the stage has to be torn down. */
int check_set_up(struct check *check, struct check_stage *stage, struct error *err)
    MUST_CHECK;
/* The teardown commands, once all pairs are run: benches of a suite where one fails have
 * failed. The trials of the experiment from first_trial on are the stage's. */
int check_tear_down(struct check *check,
                    struct check_stage *stage,
                    struct experiment *experiment,
                    size_t first_trial,
                    struct error *err) MUST_CHECK;
/* Tears down what a check that ends early has set up. */
void check_abandon(struct check *check);
/* Gives rows whose regression was accepted the margins of their waivers, in the gate's
 * list. ERROR_CONFIG for a waiver of a name that no harness prints. */
int check_waive(struct check *check, struct error *err) MUST_CHECK;
/* With --control: a second build of base, to be measured against base. */
int check_add_control(struct check *check, struct error *err) MUST_CHECK;
/* Pairs until decided; verdicts of the rows. */
int check_measure(struct check *check, struct error *err) MUST_CHECK;
/* With --confirm: what regressed, built and measured again, and taken back where that
 * does not show it too. */
int check_confirm(struct check *check, struct error *err) MUST_CHECK;
/* In place of a check, from finding the sides on: prints how many pairs and how much time
 * it would take. An enum exit_code, or -1. */
int check_plan(struct check *check, struct error *err) MUST_CHECK;
/* What regressed (or every row: --layouts), built and measured in other layouts of the
 * code, and taken back where it does not hold there. */
int check_layouts(struct check *check, struct error *err) MUST_CHECK;
/* With --anchor: which commit that is. Called by check_find_sides. */
int check_find_anchor(struct check *check, struct error *err) MUST_CHECK;
/* With --anchor: head against that commit, in pairs of their own. */
int check_creep(struct check *check, struct error *err) MUST_CHECK;
/* What became of the goals of the benches that were measured; the gate's trials come
 * first in the experiment. */
void check_judge_goals(struct check *check, const struct experiment *experiment);
/* Marks the goals that are for machines of another class than this. */
void check_place_goals(struct check *check);
/* What the waivers make of rows, growths and goals. */
void check_judge_waivers(struct check *check);
/* Which benches are explained. */
enum explain_scope {
    EXPLAIN_CHANGED, /* those with rows that regressed or improved */
    EXPLAIN_EVERY    /* whatever was measured */
};
/* Profiles the benches that changed most, and says why. Whatever keeps one from being
 * explained is said, and is no failure. */
int check_explain(struct check *check, enum explain_scope scope, struct error *err)
    MUST_CHECK;
/* The verdict of the gate. */
void check_decide(struct check *check);
/* The rest of the result, the report's files, the summary on stdout. */
int check_report(struct check *check, struct error *err) MUST_CHECK;

/* What the first run of a side came to. */
struct first_run {
    const char *stdout_path; /* where its output goes */
    uint64_t told;           /* of struct process_result */
    int64_t wall_ns;         /* likewise, without the wait for a CPU; so on */
    int64_t user_ns;
    int64_t system_ns;
    char *failure; /* why it failed, the caller's; NULL where it went well */
};
int check_run_once(struct side_runner *runner,
                   const struct side_bench *bench,
                   enum side side,
                   struct first_run *run,
                   struct error *err) MUST_CHECK;
/* Runs the harness that stands at index of the stage's list once a side. Before the first
 * time the bench is the harness itself: the names that it prints take its place; else it
 * is the first of those names. Each that can't be measured is settled. *next is the index
 * of the bench behind the last name. */
int check_names(struct check *check,
                struct side_runner *runner,
                struct check_stage *stage,
                size_t index,
                size_t *next,
                struct error *err) MUST_CHECK;

/* Helpers that several steps share. */
/* Once harnesses have run: ERROR_CONFIG where a waiver, or what is said to be removed or
 * renamed, names nothing that they print, or what they still print. */
int check_refuse_unprinted(const struct check *check, struct error *err) MUST_CHECK;
/* The names, as seen from the side's tree, of what the bench executes: for layout_bench.
 */
int check_names_executed(const struct check *check,
                         const struct bench *bench,
                         enum side side,
                         struct strvec *words,
                         struct error *err) MUST_CHECK;
/* Whether either side has a recipe. */
bool check_builds_anything(const struct check *check);
const struct config *check_config(const struct check *check, enum side side);
/* The config of a commit; *out stays NULL where it has none. */
int check_read_config(struct check *check,
                      const struct revision *revision,
                      struct config **out,
                      struct error *err) MUST_CHECK;
void check_fill_runner(struct check *check, struct side_runner *runner);

/* A build of what a side is made of. Borrowed. */
struct check_build {
    enum side side;
    const char *name;            /* for messages */
    const char *lane;            /* a place of its own; NULL: shared with equal builds */
    const struct layout *layout; /* NULL: as its recipe has it */
    const struct check_anchor *anchor; /* the anchor in the side's place; NULL: not */
};
/* Builds and verifies. -1 with ERROR_BUILD and ERROR_BENCHMARK where a command failed. */
int check_build(struct check *check,
                const struct check_build *what,
                struct built_side *built,
                struct error *err) MUST_CHECK;

/* Lists the gate's benches in the stage once more, each with the margins of only those of
 * its metrics (METRIC_BIT) that are asked for; not where none is. */
typedef uint64_t check_metrics(const struct check *check, const char *bench_id);
void check_list_again(struct check *check,
                      struct check_stage *stage,
                      check_metrics *metrics_of);

/* Gets ready for the counting among the trials, and says what it will take; trials that
 * can't be counted here fail. */
int check_open_counter(struct check *check,
                       struct experiment *experiment,
                       struct error *err) MUST_CHECK;
struct experiment_options check_experiment_options(const struct check *check);
/* Runs the experiment's pairs and adds their time to the result's; stage is the name that
 * marks them in the journal. */
int check_run_pairs(struct check *check,
                    struct experiment *experiment,
                    const struct check_trials *trials,
                    const char *stage,
                    struct error *err) MUST_CHECK;
/* The rates by which growth is judged, in the first measurement and in another. */
struct growth_errors check_growth_errors(const struct check *check);
/* Says what is about to be measured, and how long at most. */
void check_announce(const struct check *check,
                    const char *doing,
                    const struct experiment *experiment);
/* How many times as long base takes in the layout under way, that of the number, as in
 * its usual build. */
int check_layout_slowdown(struct check *check,
                          size_t number,
                          double *slowdown,
                          struct error *err) MUST_CHECK;
