/* What a check builds and measures together: the two sides of the gate, and the further
 * ones that its questions need (control, confirmation, layouts, creep, profiles). */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "gate/base/attributes.h"
#include "gate/build/builder.h"
#include "gate/build/scratch.h"
#include "gate/cli/side_runner.h"
#include "gate/config/bench.h"
#include "gate/experiment/experiment.h"
#include "gate/verdict/result.h"

/* What keeps two sides from being compared. */
enum fault {
    FAULT_NONE,  /* or none that is known */
    FAULT_BASE,  /* base could not run it */
    FAULT_HEAD,  /* head could not */
    FAULT_OUTPUT /* they print something else */
};

/* A bench on its way through the gate. */
struct check_bench {
    const struct bench *bench; /* head's; base's where head has none */
    enum verdict
        settled;      /* VERDICT_NONE: to be measured; else what it is without timing */
    char *reason;     /* of a settled one. Owned */
    uint64_t told;    /* METRIC_BITs that its first run told on both sides */
    enum fault fault; /* of a settled one that failed before it was timed */
};
struct check_benches {
    struct check_bench *items;
    size_t count;
    size_t capacity;
};

/* A bench that a stage measures otherwise than the config says. */
struct bench_copy {
    struct bench bench;         /* borrows from the original, but for what follows */
    struct benchmark benchmark; /* with other margins, where they differ */
    char *id;                   /* where it differs. Owned, as are the next */
    char *printed_name;
    char *name_before;
    char *group;
};

/* A suite whose hook failed. */
struct suite_failure {
    const struct suite *suite;
    char *why; /* a sentence. Owned */
};
struct suite_failures {
    struct suite_failure *items;
    size_t count;
    size_t capacity;
};
void suite_failures_clear(struct suite_failures *failures);

/* What is built and measured together. CHECK_STAGE_INIT is empty. */
struct check_stage {
    const char *name; /* NULL for the gate's own */
    bool is_alone;    /* there is head alone, as in `pawl run`; base stands empty */
    enum family family;
    struct check_benches list;
    struct bench_copy *copies; /* that the list is made of; NULL: of the config's */
    size_t copy_count;
    struct {
        struct {
            struct bench_copy *copy; /* owned; stays where it is */
        } * items;
        size_t count;
        size_t capacity;
    } names; /* that a harness printed, or that have a waiver: the list has them in the
              * place of the config's */
    struct built_side built[SIDE_COUNT];
    const char *trees[SIDE_COUNT]; /* where each side stands; borrowed from a build */
    struct scratch scratch;
    bool is_work_shared; /* both sides prepared the same inputs, and use one copy of them
                          */
    struct hook_sets teardown;  /* what is to be undone before the stage ends */
    struct suite_failures torn; /* suites whose teardown failed */
};
#define CHECK_STAGE_INIT                                                  \
    ((struct check_stage){ .built = { BUILT_SIDE_INIT, BUILT_SIDE_INIT }, \
                           .scratch = SCRATCH_INIT })
void check_stage_clear(struct check_stage *stage);

/* The benches of an experiment, in the order of its trials. */
struct check_trials {
    struct side_bench *items;
    size_t count;
    size_t capacity;
};
#define AUTO_CHECK_TRIALS AUTO(check_trials_clear)
void check_trials_clear(struct check_trials *trials);

/* Decides a bench without timing it; takes the reason over. */
void check_settle(struct check_bench *bench, enum verdict verdict, char *reason);
enum side check_first_side(const struct check_stage *stage); /* base, if there is one */
const char *check_scratch(const struct check_stage *stage, enum side side); /* {work} */
struct side_place check_side_place(const struct check_stage *stage, enum side side);
/* The stage's benches that are not settled. Items borrow from it: they are not cleared,
 * only forgotten. */
struct benches check_measured_benches(const struct check_stage *stage);
#define AUTO_BORROWED_BENCHES AUTO(check_forget_benches)
void check_forget_benches(struct benches *benches);
struct side_bench check_side_bench(const struct check_stage *stage,
                                   const struct bench *bench);

/* Adds what is to be measured of the stage to the experiment. */
void check_add_trials(const struct check_stage *stage,
                      struct experiment *experiment,
                      struct check_trials *trials);
/* Whether the trial is one of the bench's: one by the clock, and one for each way of
 * counting, in a row. */
bool check_is_of(const struct experiment *experiment,
                 size_t trial,
                 const struct bench *bench);
/* Whether the bench is to be counted in that way: a margin or a goal asks for it, and its
 * plain runs don't tell. */
bool check_counts(const struct check_stage *stage,
                  const struct check_bench *listed,
                  enum counting counting);

/* Adds the stage's benches and rows to the result, without verdicts yet; the trials of
 * the experiment from first_trial on are its. */
void check_take_stage(const struct check_stage *stage,
                      const struct experiment *experiment,
                      size_t first_trial,
                      struct result *result);
/* The same, and judges them. */
void check_judge_stage(const struct check_stage *stage,
                       const struct experiment *experiment,
                       size_t first_trial,
                       struct result *result);
/* The same as a result apart; the caller's. */
struct second_opinion *check_second_opinion(const struct check_stage *stage,
                                            const struct experiment *experiment,
                                            size_t first_trial) MUST_CHECK;
