/* One `pawl check`, from the command line to the exit code: the state that its steps
 * share. The steps stand in check_*.c, in the order in which cmd_check.c calls them. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "gate/base/attributes.h"
#include "gate/build/builder.h"
#include "gate/build/scratch.h"
#include "gate/cli/check_options.h"
#include "gate/cli/side_runner.h"
#include "gate/config/bench.h"
#include "gate/config/config.h"
#include "gate/experiment/journal.h"
#include "gate/experiment/pair.h"
#include "gate/source/changes.h"
#include "gate/source/revision.h"
#include "gate/source/source.h"
#include "gate/verdict/result.h"
#include "runners/process.h"

struct error;

/* A bench on its way through the gate. */
struct check_bench {
    const struct bench *bench; /* head's; base's where head has none */
    enum verdict
        settled;  /* VERDICT_NONE: to be measured; else what it is without timing */
    char *reason; /* of a settled one. Owned */
};
struct check_benches {
    struct check_bench *items;
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
    struct strvec config_changes;       /* how head's config would judge otherwise */
    struct strvec warnings;
    struct strvec environment; /* of every child */
    struct strvec key_environment;
    char *toolchain;
    struct changes changes; /* base to head */
    struct benches benches[SIDE_COUNT];
    struct check_benches list; /* the union of both */
    struct built_side built[SIDE_COUNT];
    struct scratch scratch;
    bool is_work_shared; /* both sides prepared the same inputs, and use one copy of them
                          */
    uint64_t seed;
    struct journal journal; /* kept until the result is written */
    int64_t resumed_ns; /* measuring time of the interrupted runs that this one goes on
                           with */
    struct result result;
};
#define AUTO_CHECK AUTO(check_clear)

void check_init(struct check *check);
/* Removes whatever the check made that is not for keeping, on every way out. */
void check_clear(struct check *check);

/* The places that the report is asked to go to, seen to be writable before any work is
 * done. */
int check_outputs(const struct check *check, struct error *err) MUST_CHECK;
/* The two commits and their configs; who is compared with whom, and why. */
int check_find_sides(struct check *check, struct error *err) MUST_CHECK;
/* The benches of both sides, those that are missing or new settled. */
int check_list_benches(struct check *check, struct error *err) MUST_CHECK;
/* Both trees, checked out and built, and verified to pass the config's own checks. */
int check_build_sides(struct check *check, struct error *err) MUST_CHECK;
/* Settles benches that run the same bytes on both sides. */
int check_skip_identical(struct check *check, struct error *err) MUST_CHECK;
/* Prepared inputs, and the same output from both sides. Settles benches that fail. */
int check_same_work(struct check *check, struct error *err) MUST_CHECK;
/* Pairs until decided; verdicts. */
int check_measure(struct check *check, struct error *err) MUST_CHECK;
/* The rest of the result, the report's files, the summary on stdout. */
int check_report(struct check *check, struct error *err) MUST_CHECK;

/* Helpers that several steps share. */
void check_settle(struct check_bench *bench, enum verdict verdict, char *reason);
const char *check_scratch(const struct check *check, enum side side); /* {work} */
const struct config *check_config(const struct check *check, enum side side);
void check_fill_runner(struct check *check, struct side_runner *runner);
