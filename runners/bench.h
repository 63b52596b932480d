/* Micro benchmarks inside one process: for what is too short to be a program of its own.
 *
 *   static void parse_id(void *context, uint64_t iterations)
 *   {
 *       const char *id = context;
 *       for (uint64_t i = 0; i < iterations; i++) {
 *           bench_keep(&id);                  (id may have changed: read it again)
 *           uint64_t number = case_id_number(id);
 *           bench_keep(&number);              (number is needed: work it out)
 *       }
 *   }
 *
 *   struct bench bench = { 0 };
 *   bench_run(&bench, "parse-id", parse_id, "CASE-000001");
 *   bench_print(&bench, stdout);
 *   bench_clear(&bench);
 *
 * The function runs the work as often as it is told and returns; the loop is its own, so
 * that no call through a pointer is measured with it. How often: bench_run doubles the
 * count until one call lasts at least sample_ns, then takes samples calls of that count
 * (the first ones, which found the count, are the warm-up and are not kept).
 *
 * What is kept is raw, in the order taken: nanoseconds an iteration, one number a sample.
 * Judging them is somebody else's business.
 *
 * bench_run's samples are means over many iterations: right for the typical time, and
 * blind for the tail. bench_operations times each operation by itself, for percentiles:
 *
 *   struct bench bench = { .operation_count = 100000 };
 *   bench_operations(&bench, "find", find_one, &store);
 *   bench_print_histogram(&bench, stdout);
 *
 * Each of its samples holds what one look at the clock costs (bench.clock_ns, some 20 to
 * 40 ns), which is neither small against short operations nor taken off. */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Does the work iterations times. */
typedef void bench_function(void *context, uint64_t iterations);

/* Does operation number index, from 0. */
typedef void bench_operation(void *context, uint64_t index);

/* The time in nanoseconds since some fixed moment; never goes back. */
typedef int64_t bench_clock(void *context);

#define BENCH_SAMPLE_NS  5000000 /* 5 ms: clock and scheduler are small against it */
#define BENCH_SAMPLES    25
#define BENCH_OPERATIONS 10000

/* Settings, then what was found. { 0 } means the defaults. */
struct bench {
    /* of bench_run */
    int64_t sample_ns;   /* how long a sample lasts at least; 0: BENCH_SAMPLE_NS */
    size_t sample_count; /* how many samples; 0: BENCH_SAMPLES */

    /* of bench_operations */
    size_t operation_count; /* 0: BENCH_OPERATIONS */
    int64_t interval_ns;    /* from one operation's intended start to the next one's;
                             * 0: each begins when the one before has ended */

    bench_clock *clock; /* NULL: CLOCK_MONOTONIC */
    void *clock_context;

    const char *name;         /* borrowed */
    uint64_t iterations;      /* of one sample */
    double *ns_per_iteration; /* one for each sample, in the order taken */
    size_t ns_per_iteration_count;
    double clock_ns; /* bench_operations: what one look at the clock costs, the median of
                      * 101; else 0 */
};

/* Measures work and fills the second half of bench (a second run replaces the first). A
 * function that takes no time at all ends at 2^40 iterations. */
void bench_run(struct bench *bench,
               const char *name,
               bench_function *work,
               void *context);

/* Times operation_count operations one by one; the samples are then those of single
 * operations. For a warm-up, run it once before: a second run replaces the first.
 *
 * With interval_ns the operations are due at fixed times, as requests are that come from
 * outside. An operation that is due waits for the one before it, and the waiting counts:
 * its sample goes from when it was due to its end. Without, a stall of a second is one
 * slow sample among thousands of fast ones, for the operations that would have had to
 * wait were not even begun ("coordinated omission", G. Tene). Ahead of time, the clock is
 * watched until the next one is due. */
void bench_operations(struct bench *bench,
                      const char *name,
                      bench_operation *operation,
                      void *context);

/* Frees the samples; bench can be run again. */
void bench_clear(struct bench *bench);

/* Prints one line of JSON: {"name":...,"unit":"ns","iterations":N,"samples":[...]}, with
 * "clock":... where clock_ns is known. 0, or -1 where out can't be written. */
int bench_print(const struct bench *bench, FILE *out);

/* The same for many samples, in few bytes: values that differ by less than 0.1 % are
 * printed once, with how often they were seen: "samples":[...],"counts":[...]. The
 * smallest and the largest are printed as they are. See runners/histogram.h. */
int bench_print_histogram(const struct bench *bench, FILE *out);

/* Makes the compiler believe that what pointer points at is read and changed here, by
 * something that it can't see: what was stored there must have been worked out, and must
 * be read again afterwards. Costs no instruction of its own but that store and load. */
static inline void bench_keep(void *pointer)
{
    __asm__ volatile("" : : "g"(pointer) : "memory");
}
