/* One pair: base and head run back to back, in an order that a coin decided, or at the
 * same time on one CPU, begun in that order. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "runners/environment.h"
#include "runners/metric.h"
#include "runners/process.h"

enum side {
    SIDE_BASE,
    SIDE_HEAD,
    SIDE_COUNT
};
extern const char *const side_names[SIDE_COUNT]; /* "base", "head" */

/* Why a pair was thrown away whole: never for its values. */
enum discard {
    DISCARD_NONE,
    DISCARD_STEAL,     /* the hypervisor ran somebody else */
    DISCARD_SUSPEND,   /* the machine slept */
    DISCARD_THROTTLE,  /* the CPU became too hot and was slowed down */
    DISCARD_OTHERS,    /* other programs used most of the CPUs; only where wall time is
                        * judged */
    DISCARD_COLLISION, /* a side failed that ran together with the other; they are run one
                        * after the other from then on */
    DISCARD_UNREADABLE, /* a run did not print what it is judged by: its bench has failed
                         */
    DISCARD_COUNT
};
/* "none", "steal", "suspend", "throttle", "others", "collision", "unreadable" */
const char *discard_name(enum discard discard);

/* Figures of a run that the kernel's accounts do not tell: what the bench printed, what a
 * counting runner found. { 0 } is none. */
struct readings {
    uint64_t known;              /* METRIC_BIT of those that stand in values */
    double values[METRIC_COUNT]; /* in base units */
};
void readings_set(struct readings *readings, enum metric metric, double value);

struct pair {
    size_t number;   /* within its bench, warm-ups included: index of its random draws */
    size_t position; /* within the whole experiment, from 0: the order they ran in */
    bool is_warmup;  /* thrown away, whatever it shows */
    bool head_ran_first;    /* what the coin said */
    bool is_pinned;         /* both sides on one CPU */
    bool is_together;       /* ... and at the same time: the clock then tells nothing */
    bool wrote_files;       /* a run changed files in {work}; told of warm-ups alone */
    uint32_t padding_bytes; /* length of the environment variable that moves the stack */
    enum discard discard;
    struct environment_change around; /* what the machine did meanwhile */
    struct process_result sides[SIDE_COUNT];
    struct readings readings[SIDE_COUNT]; /* these go before the kernel's figures */
};

struct pairs {
    struct pair *items;
    size_t count;
    size_t capacity;
};

/* One side's value of the pair, in base units; NAN where it is not known. */
double pair_value(const struct pair *pair, enum side side, enum metric metric);

/* A value as ratios see it, above zero: where zeros are real (counts, and bytes but for
 * resident memory) with one added; else a zero is the smallest that could be seen. NAN
 * for NAN. */
double pair_level(enum metric metric, double value);

/* ln(head / base) of a metric's levels; NAN where a side does not tell it. */
double pair_log_ratio(const struct pair *pair, enum metric metric);

/* Whether the pair is one of those that count: no warm-up, not discarded, and both runs
 * ended well. */
bool pair_counts(const struct pair *pair);

/* Whether both sides of all pairs that count tell the metric; true where none counts. */
bool pairs_tell(const struct pairs *pairs, enum metric metric);

/* The log ratios of all pairs that count, in their order. Fills ratios, which has room
 * for pairs->count, and returns how many. */
size_t pairs_log_ratios(const struct pairs *pairs, enum metric metric, double *ratios);

/* One side's values of all pairs that count, in base units; the same room and return. */
size_t pairs_values(const struct pairs *pairs,
                    enum side side,
                    enum metric metric,
                    double *values);

size_t pairs_counted(const struct pairs *pairs);
/* Pairs thrown away for outside evidence; warm-ups were never to count. */
size_t pairs_discarded(const struct pairs *pairs);
/* Those of them that were thrown away for this. */
size_t pairs_discarded_for(const struct pairs *pairs, enum discard why);
