/* pawl.json: what to build, what to measure, what counts as slower.
 *
 * Read strictly: an unknown key, a wrong type or a quantity without its unit is an error
 * that names file, line, column and key, and what is allowed. Everything that may be left
 * out has its default filled in, so that readers of struct config never look for "unset".
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gate/base/attributes.h"
#include "gate/base/strvec.h"
#include "gate/config/manifest.h"
#include "runners/metric.h"

struct error;

/* One command line. Words of benchmarks' and suites' commands may hold placeholders and
 * go through command_expand (gate/config/bench.h); those of recipes are final. */
struct command {
    char *text;          /* as written, for messages */
    struct strvec words; /* split; with a shell: "/bin/sh", "-c", text */
    bool is_shell;       /* words[2] is a script */
};
struct commands {
    struct command *items;
    size_t count;
    size_t capacity;
};

/* Commands that make or check a side, run one after another in its tree. They have no
 * placeholders: "{{" and "}}" are "{" and "}" in their words already. */
struct recipe {
    struct commands run; /* may be empty: nothing to do */
    int64_t timeout_ns;  /* for all of them together */
};

/* The change that nobody cares about: the larger of a share and an absolute floor. */
struct margin {
    bool is_gated; /* false: the metric is shown, not judged */
    double share;  /* 0.02 is 2 % */
    double floor;  /* in the metric's base unit: seconds, bytes, counts */
};

/* How far rows may have crept from the anchor, where the config says so. */
struct creep_margins {
    struct margin items[METRIC_COUNT]; /* of a given one that is not gated: not judged */
    uint64_t given;                    /* METRIC_BIT of those that mean something */
};

/* One parameter of a sweep: {"n": [1000, 10000]}. Values are kept as text ("1000"). */
struct sweep {
    char *name;
    struct strvec values;
};

/* An absolute limit on the head. Applies to the benches whose parameters match. */
#define GOAL_NAME "name" /* stands for what a harness prints; no parameter then */
struct goal_where {
    char *name;
    char *value;
};
enum goal_statistic {
    GOAL_MEDIAN, /* "wall": the median over the runs */
    GOAL_P95     /* "wall_p95": the 95th percentile over the runs */
};
struct goal_limit {
    enum metric metric;
    enum goal_statistic statistic;
    double bound; /* at most that; where larger is better at least. In base units */
};
struct goal {
    struct goal_where *where; /* sorted by name; empty: every bench of the benchmark */
    size_t where_count;
    struct goal_limit *limits; /* at least one */
    size_t limit_count;
    char *machine_class; /* the name of the class that it is for, '*' and '?' are wild;
                          * NULL: any */
    char *elsewhere; /* set before judging: the class of this machine, where the goal is
                      * not for that; NULL: it is */
};
#define GOAL_MACHINE_CLASS "machine_class"

/* Where a run's standard output goes. */
enum output_kind {
    OUTPUT_NULL, /* /dev/null */
    OUTPUT_FILE  /* a file in the side's scratch directory */
};

/* How much a run does, for its throughput. */
enum work_kind {
    WORK_UNKNOWN,
    WORK_GIVEN,     /* amount */
    WORK_PARAMETER, /* the value of a parameter of the bench */
    WORK_PRINTED    /* each run says it */
};
struct work {
    enum work_kind kind;
    double amount;
    char *parameter;
    char *unit; /* "cases", "" where it has none; NULL where the work is unknown */
};

/* How the two runs of a pair are done. */
enum pairing {
    PAIRING_AUTO,    /* together where runs are long, busy, and leave nothing behind */
    PAIRING_APART,   /* one after the other */
    PAIRING_TOGETHER /* at the same time on one CPU, compared by their CPU time */
};

/* How a benchmark may grow with one of its parameters. All sizes of that are numbers
 * above 0, none twice. */
struct growth_ceiling {
    char *text;      /* as written: "O(n log n)"; NULL: not stated */
    char *parameter; /* "n" */
    double power;    /* of the parameter */
    bool has_log;    /* times the logarithm */
};

struct benchmark {
    char *name; /* unique in the config */
    struct command run;
    struct commands setup;    /* before each run, outside the clock */
    struct commands teardown; /* after each run, however it and the setup ended */
    /* Where and with what it runs. Texts with placeholders, for text_expand. */
    struct strvec environment; /* "NAME=value", the suite's first: later ones win */
    char *stdin_path;          /* from the top of the tree; NULL: /dev/null */
    char *directory;           /* the same, for run alone; NULL: the top of the tree */
    struct sweep *sweeps; /* sorted by name; every combination is one bench (see bench.h);
                             none: one bench */
    size_t sweep_count;
    bool has_same_output; /* the two sides must print the same */
    enum output_kind output;
    enum pairing pairing;
    bool is_cold;  /* the page cache is dropped before each run */
    char *samples; /* where a run tells of its operations: "stdout", or a path in {work},
                    * for text_expand; NULL: it does not */
    struct work work;
    char *format; /* a run is a harness of its own, that prints what it measured by names:
                     the name of a format (runners/formats), or "auto"; NULL: it is not */
    char *results_path;     /* where it writes that; NULL: to its standard output */
    struct command run_one; /* runs one of its names alone, for a profile: {name} stands
                               for what is printed, {regex} for an expression that matches
                               it alone (one_name.h); no words: not known */
    struct growth_ceiling growth;
    struct goal *goals;
    size_t goal_count;
    struct margin margins[METRIC_COUNT]; /* the config's, or the benchmark's own; none is
                                          * gated of what no run can tell */
    struct creep_margins creep;          /* the config's, or the benchmark's own */
    int64_t timeout_ns;                  /* a run */
    struct strvec binaries; /* what it executes, relative to the tree; empty: found out */
};

/* What counts as crept: the creep margin that is given for the metric, else twice its
 * margin; not gated where the metric is not, or "none" is given. */
struct margin benchmark_creep_margin(const struct benchmark *benchmark,
                                     enum metric metric);

/* What a suite has done before and after its benches are measured. Each command is run
 * once for each distinct combination of the parameters that it mentions. */
enum hook {
    HOOK_PREPARE,  /* makes inputs, once a side */
    HOOK_SETUP,    /* before the first run, once for each {work}: both sides may share one
                    */
    HOOK_TEARDOWN, /* after the last run, likewise, however things went */
    HOOK_COUNT
};

/* Why the two runs of a pair can't be under way at the same time, half a sentence; NULL
 * where nothing in the config speaks against it. */
const char *benchmark_obstacle_to_pairing(const struct benchmark *benchmark);

struct suite {
    char *name;
    struct commands hooks[HOOK_COUNT];
    struct strvec environment; /* of the hooks; the benchmarks have it in theirs */
    struct strvec paths; /* that they depend on (gate/config/paths.h); empty: the config's
                          */
    struct benchmark *benchmarks;
    size_t benchmark_count;
};

/* Which rows are measured in several layouts of the code (gate/build/layout.h). */
enum layout_scope {
    LAYOUTS_OFF,
    LAYOUTS_REGRESSED, /* those about to be called regressed */
    LAYOUTS_EVERY      /* every row that a layout can move */
};
struct layout_choice {
    enum layout_scope scope;
    size_t count; /* of layouts at first: 5 or more; as many again where these leave it
                   * open. 0 with LAYOUTS_OFF */
};

/* Regressions that were accepted (gate/config/waiver.h). */
struct waiver;
struct waivers {
    struct waiver *items;
    size_t count;
    size_t capacity;
};

/* Stored sessions that are farther or older are used only for want of others. */
struct stale_limits {
    size_t commits; /* before base */
    int64_t age_s;
};

struct config {
    char *path; /* for messages */
    char *text; /* the file as read: what was agreed, for hashing and for reports */
    struct recipe build;
    struct recipe verify;
    struct strvec environment; /* "NAME=value" that children get on top */
    struct strvec
        pass_environment; /* names that children may inherit, beyond the usual */
    struct strvec paths;  /* that suites depend on, if they don't say; empty: all */
    struct margin margins[METRIC_COUNT];
    char *anchor; /* the commit that creep is measured from, as written; NULL: none */
    struct creep_margins creep;
    double false_alarm; /* 0.01: for the whole gate */
    double miss;        /* 0.05: a row */
    int64_t budget_ns;  /* measuring time for all benches together */
    size_t max_pairs;   /* a bench */
    size_t warmup_pairs;
    struct layout_choice layouts;
    char *debug_flags; /* for a build whose profiles have source lines: "-g"; NULL: none
                        * is made */
    char *baselines;   /* where sessions are kept: a directory, from the repository's top;
                        * or "ref" or "ref:refs/pawl/NAME" */
    struct stale_limits stale;
    uint32_t machine_facts; /* MACHINE_FACT_BITs: which machines are of one class */
    struct suite *suites;
    size_t suite_count;
    struct waivers waivers;
    struct manifest manifest;
};

/* Reads a config from text; path is for messages. The caller's, ended with config_free.
 * NULL with ERROR_CONFIG where it is not one. */
struct config *config_parse(const char *text, const char *path, struct error *err)
    MUST_CHECK;
/* "off", "regressed", or a number of layouts for every row; as in "layouts" and
 * --layouts. -1 where the text is none of them. */
int layout_choice_parse(const char *text, struct layout_choice *out) MUST_CHECK;
#define LAYOUT_CHOICES "\"regressed\", \"off\" or a whole number of layouts from 5 to 20"
/* The choice as a phrase: "regressed rows in 5 layouts". The caller's. */
char *layout_choice_text(const struct layout_choice *choice) MUST_CHECK;

void config_free(struct config *config);
void config_release(struct config **config);
#define AUTO_CONFIG AUTO(config_release)

/* Splits a command line into words as a POSIX shell would quote them ('...', "...", \),
 * without expanding anything. -1 with a message that begins with a verb ("has an open
 * quote") where that is not possible: open quotes, no words at all, and, with a hint at
 * "shell", what only a shell obeys: | & ; < > ( ) $ ` * ? and line ends outside quotes, $
 * and ` in double quotes, ~ and # at a word's start, NAME=value in front. words is then
 * as it was. */
int command_split(const char *text, struct strvec *words, struct error *err) MUST_CHECK;
void command_clear(struct command *command);
void commands_clear(struct commands *commands);
