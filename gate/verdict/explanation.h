/* Why a row is slower, as it stands in a result: plain data, filled in by gate/explain.
 * The struct owns its strings. Costs are instructions in user mode. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gate/base/strvec.h"
#include "gate/experiment/pair.h"
#include "runners/metric.h"

/* What time and counted instructions say together: each lies alone. */
enum witness {
    WITNESS_UNKNOWN,     /* one of the two was not to be had */
    WITNESS_NOTHING,     /* neither moved */
    WITNESS_WORK,        /* both, the same way: other work is done */
    WITNESS_AGAINST,     /* both, in opposite directions */
    WITNESS_MEMORY,      /* time and memory, but not the counts */
    WITNESS_TIME_ONLY,   /* time, but neither counts nor memory */
    WITNESS_COUNTS_ONLY, /* counts, but not time */
    WITNESS_OFF_CPU,     /* time on the clock, but not CPU time */
    WITNESS_COUNT
};
/* "unknown", "nothing moved", "work changed", "time against counts", "memory",
 * "time alone", "counts alone", "off-CPU" */
const char *witness_name(enum witness witness);

/* One function on both sides; 0 where a side does not have it. */
struct explained_function {
    char *name;
    char *file;     /* in the tree where it is one of its files */
    uint32_t line;  /* of head (of base where head has none of it) that adds most; 0: not
                     * known */
    bool is_edited; /* between base and head */
    char *note;     /* what became of it: "moved here from 'a.c'"; "" for nothing */
    int64_t base_calls;
    int64_t head_calls;
    int64_t base_self;
    int64_t head_self;
    int64_t base_inclusive; /* with all that it called */
    int64_t head_inclusive;
    double self_share; /* of the whole difference; NAN where there is none */
    double inclusive_share;
};

/* One source line within one of the functions. */
struct explained_line {
    char *function;
    char *file;
    uint32_t base_line; /* 0: not there on that side */
    uint32_t head_line;
    bool is_changed; /* between base and head */
    int64_t base_self;
    int64_t head_self;
    int64_t base_called; /* what was called from there came to */
    int64_t head_called;
};

/* Medians of both sides, in the metric's base unit. */
struct explained_figure {
    enum metric metric;
    double base;
    double head;
};

/* System calls of one kind, over all processes and threads of one run a side. */
struct explained_syscall {
    char *name;
    int64_t base_calls;
    int64_t head_calls;
    double base_s; /* spent in them, on the clock */
    double head_s;
};

/* What one side did with a file, in one run, over all processes and threads. */
struct explained_file_use {
    int64_t opens;
    int64_t rewinds; /* lseek to its beginning */
    int64_t reads;   /* calls */
    int64_t read_bytes;
    int64_t writes;
    int64_t written_bytes;
    double seconds; /* in these and other calls on it, on the clock */
};
struct explained_file {
    char *name; /* "src/list.txt" in the tree, "{work}/list.txt"; else absolute. Bytes
                 * that are no letters stand as strace writes them */
    struct explained_file_use sides[SIDE_COUNT];
};

/* What often makes programs slow, found by figures of head's side. */
struct explained_smell {
    char *rule;     /* "regex compiled in a loop" */
    bool is_new;    /* base did not have it: the change brought it */
    char *function; /* that is called, or costs, too much; "" of the whole run */
    char *caller;   /* of the tree, where one is; "" where there is none */
    char *file; /* of the caller, in the tree where it is one of its files; "" likewise */
    uint32_t line; /* of the caller: 0 where it is not known */
    char *loop;    /* the function that calls it again and again through the caller; ""
                    * where that is the caller itself, or not known */
    double base;   /* the figure that the rule is about, mostly calls; 0: none */
    double head;
    double share;  /* of head's instructions, with what it calls; NAN: not known */
    char *says;    /* the figures in a sentence */
    char *look_at; /* what to do about it */
};

/* One bench, for its row that changed most. */
struct explanation {
    char *bench_id;
    enum metric metric;
    bool is_improvement;
    enum witness witness;
    struct strvec why; /* sentences, the most important one first */
    char *source;      /* how it was profiled: "callgrind 3.19.0, with lines"; "" where it
                        * was not */
    char *flame; /* the name of its flame graph, beside the report; "" where there is none
                  */
    bool is_sampled; /* costs are samples of the time on the CPU, not instructions; calls
                      * are not known */
    bool is_per_operation; /* of a harness: costs are picoseconds of one operation, by its
                            * parts of the samples or instructions; calls are not known */
    int64_t base_instructions; /* of the profiles; 0 where costs are none */
    int64_t head_instructions;
    struct {
        struct explained_function *items; /* by what each adds, the first few */
        size_t count;
        size_t capacity;
    } functions;
    struct {
        struct explained_line *items; /* likewise */
        size_t count;
        size_t capacity;
    } lines;
    struct {
        struct explained_figure *items; /* of WITNESS_OFF_CPU: what tells where it waited
                                         */
        size_t count;
        size_t capacity;
    } figures;
    struct {
        struct explained_syscall *items; /* by what they add to the time */
        size_t count;
        size_t capacity;
    } syscalls;
    struct {
        struct explained_file
            *items; /* whose calls differ, by what they add to the time */
        size_t count;
        size_t capacity;
    } files;
    struct {
        struct explained_smell *items; /* those of the change first, then by worth */
        size_t count;
        size_t capacity;
    } smells;
};

/* All of a gate. { 0 } is valid. */
struct explanations {
    struct {
        struct explanation *items; /* the worst first */
        size_t count;
        size_t capacity;
    } benches;
    struct strvec left_out; /* what was not explained, and why: a sentence each */
};

void explanation_clear(struct explanation *explanation);
void explanations_free(struct explanations *explanations); /* NULL is fine */

/* Whether a file with a flame graph lies beside the result. */
bool explanation_has_flame(const struct explanation *explanation);

/* The explanation of the bench, or NULL. */
const struct explanation *explanations_find(const struct explanations *explanations,
                                            const char *bench_id);
