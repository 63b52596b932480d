/* A trial: all the measuring of one bench. Pairs come in, looks are taken, and it is over
 * once every judged row of it is decided. Pure: numbers in, states out. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gate/config/config.h"
#include "gate/experiment/pair.h"
#include "gate/stats/sequential.h"

/* The rates that a gate promises, as shared out to one row. */
struct row_errors {
    double false_alarm; /* of one row: the gate's over the number of judged rows
                           (Bonferroni) */
    double miss;
};

/* Rows whose errors are shared out, and corrected for, together. */
enum family {
    FAMILY_GATE,
    FAMILY_CONTROL, /* base against a copy of itself */
    FAMILY_COUNT
};

/* How the runs of a trial are done. */
enum counting {
    COUNTING_NONE,        /* as they are, by the clock */
    COUNTING_CALLGRIND,   /* under valgrind, which counts instructions */
    COUNTING_ALLOCATIONS, /* with a library that counts allocations */
    COUNTING_SYSCALLS,    /* under strace; tells no metric, and is for explanations */
    COUNTING_SAMPLES,     /* under perf; likewise */
    COUNTING_HEAP,        /* under valgrind's DHAT, which sees what is left; likewise */
    COUNTING_COUNT
};
extern const char *const counting_names[COUNTING_COUNT]; /* "", "callgrind", ... */

/* What a trial measures. Texts and margins (METRIC_COUNT of them) are borrowed. */
struct trial_plan {
    const char *id; /* the bench's */
    const struct margin *margins;
    enum family family;
    uint64_t metrics; /* METRIC_BIT of those that it may tell; others are not judged */
    enum counting counting;
    enum pairing pairing;
    const char *group; /* trials of one group share their runs: one process a side tells
                        * the figures of all; NULL: runs of its own */
};

/* How many rows it is judged by: one for its time (CPU or wall) and one for each other
 * gated metric that it may tell. Known before the warm-up, since errors are shared over
 * it. */
size_t trial_plan_rows(const struct trial_plan *plan);

enum row_state {
    ROW_UNDECIDED,
    ROW_PROMISING, /* ok, and the estimate is an improvement that more pairs may show */
    ROW_DECIDED
};

/* One judged metric of a trial. */
struct trial_row {
    enum metric metric;
    double margin; /* for people, relative: the larger of share and floor, at base's
                      median at the last look; the share before the first */
    struct sequential tests; /* the three one-sided tests over the looks so far */
    bool is_untold; /* a run did not tell the metric: there is nothing to judge */
    bool is_exact;  /* counts that repeat, compared outright: p_ok is 0 or 1, the others 1
                       or what chance could do, 4^-pairs */
    enum row_state state;
};

enum trial_state {
    TRIAL_OPEN,    /* wants more pairs */
    TRIAL_DECIDED, /* every row is decided */
    TRIAL_SPENT,   /* had all the pairs that one bench may have */
    TRIAL_FAILED   /* a run crashed, hung, exited non-zero or could not be started */
};

struct trial {
    struct trial_plan plan;
    uint64_t stream;    /* of its random draws; one for a group */
    struct pairs pairs; /* all of them, warm-ups and discarded ones too */
    size_t warmup_count;
    size_t counted;       /* pairs that count */
    size_t discarded;     /* pairs thrown away for outside evidence */
    size_t last_look;     /* counted at the last look, 0 before the first */
    bool keeps_disturbed; /* too many were thrown away: the rest is kept, and said so */
    bool is_cpu_bound; /* by the warm-up: the busiest run of either side had CPU / (wall
                        * less waiting for a CPU) between 0.9 and 1.1 */
    bool is_together;  /* its pairs run at the same time, from the warm-up on */
    bool has_collided; /* ... and no more, as a run failed for it */
    struct trial_row rows[METRIC_COUNT];
    size_t row_count; /* 0 until the warm-up is over, and where nothing is gated */
    enum trial_state state;
    enum side failed_side;            /* with TRIAL_FAILED */
    struct process_result failed_run; /* with TRIAL_FAILED */
    char *failure;   /* a sentence, where that run's end does not say why. Owned */
    int64_t pair_ns; /* wall time of a pair, the mean so far */
};

void trial_clear(struct trial *trial);

/* A pair that takes longer than this has warmed what there is to warm: one is enough. */
#define TRIAL_LONG_PAIR_NS 1000000000

/* Runs that take longer than this meet another machine each: where nothing speaks against
 * it, the two sides run at the same time. */
#define TRIAL_TOGETHER_NS INT64_C(1000000000)

/* Whether the next pair is still for warming up; warmup_pairs is what one may have. */
bool trial_is_warming_up(const struct trial *trial, size_t warmup_pairs);

/* Takes in a pair that ran: counts it, sees failures, classifies after the last warm-up
 * pair. */
void trial_record(struct trial *trial,
                  const struct pair *ran,
                  size_t warmup_pairs,
                  size_t max_pairs);

/* Where the counts of each side repeat to this share, they are compared outright. */
#define TRIAL_REPEATABLE 1e-4
/* So many runs a side are to repeat; where the change is beyond the margin, so many that
 * a program of two states, by coin, would have been in the one with all runs of base and
 * in the other with all of head by a probability below the row's false-alarm rate. */
#define TRIAL_COUNTED_PAIRS 2

/* True when the pairs so far are a planned look that was not taken yet. A trial that
 * counts is also looked at after each pair from TRIAL_COUNTED_PAIRS to the first planned
 * look, without spending any of the error rate: counts either repeat or wait. */
bool trial_is_at_look(const struct trial *trial, size_t max_pairs);

/* Judges every undecided row over the pairs so far and updates the states. Calling it
 * between planned looks is valid (it spends that part of the error rate), twice at one
 * count a no-op. */
void trial_look(struct trial *trial, const struct row_errors *errors, size_t max_pairs);
