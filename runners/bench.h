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
 * Judging them is somebody else's business. */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Does the work iterations times. */
typedef void bench_function(void *context, uint64_t iterations);

/* The time in nanoseconds since some fixed moment; never goes back. */
typedef int64_t bench_clock(void *context);

#define BENCH_SAMPLE_NS 5000000 /* 5 ms: clock and scheduler are small against it */
#define BENCH_SAMPLES   25

/* Settings, then what bench_run found. { 0 } means the defaults. */
struct bench {
    int64_t sample_ns;   /* how long a sample lasts at least; 0: BENCH_SAMPLE_NS */
    size_t sample_count; /* how many samples; 0: BENCH_SAMPLES */
    bench_clock *clock;  /* NULL: CLOCK_MONOTONIC */
    void *clock_context;

    const char *name;         /* borrowed */
    uint64_t iterations;      /* of one sample */
    double *ns_per_iteration; /* one for each sample, in the order taken */
    size_t ns_per_iteration_count;
};

/* Measures work and fills the second half of bench (a second run replaces the first). A
 * function that takes no time at all ends at 2^40 iterations. */
void bench_run(struct bench *bench,
               const char *name,
               bench_function *work,
               void *context);

/* Frees the samples; bench can be run again. */
void bench_clear(struct bench *bench);

/* Prints one line of JSON: {"name":...,"unit":"ns","iterations":N,"samples":[...]}. 0, or
 * -1 where out can't be written. */
int bench_print(const struct bench *bench, FILE *out);

/* Makes the compiler believe that what pointer points at is read and changed here, by
 * something that it can't see: what was stored there must have been worked out, and must
 * be read again afterwards. Costs no instruction of its own but that store and load. */
static inline void bench_keep(void *pointer)
{
    __asm__ volatile("" : : "g"(pointer) : "memory");
}
