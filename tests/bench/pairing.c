/* Does running both sides of a pair at the same time narrow the noise? A program against
 * itself, in pairs whose kind a coin decides: apart (one run after the other) or together
 * (both at once), all on one CPU. Prints each pair as CSV to the file, and for both kinds
 * the robust sd of d = ln(second's CPU time / first's), where "first" is named by a coin
 * too.
 *
 * usage: pairing PAIRS OUT.csv PROGRAM [ARGUMENT...] */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/clock.h"
#include "gate/base/error.h"
#include "gate/base/random.h"
#include "gate/base/strvec.h"
#include "gate/stats/robust.h"
#include "runners/environment.h"
#include "runners/process.h"

enum kind {
    APART,
    TOGETHER,
    KIND_COUNT
};
static const char *const names[] = { "apart", "together" };

struct bench {
    struct spawner *spawners[2];
    struct process_spec spec;
    FILE *out;
    double *ratios[KIND_COUNT];
    double *seconds[KIND_COUNT]; /* CPU time of base */
    size_t counts[KIND_COUNT];
    double span_s[KIND_COUNT]; /* of all pairs */
};

static void die(const struct error *err)
{
    fprintf(stderr, "pairing: %s\n", err->message);
    exit(1);
}

static double cpu_s(const struct process_result *result)
{
    return (double)(result->user_ns + result->system_ns) / 1e9;
}

/* results[0] is whoever is started first. */
static void
run_pair(struct bench *bench, enum kind kind, struct process_result results[2])
{
    struct error err = { 0 };
    const struct process_one ones[] = {
        { bench->spawners[0], &bench->spec, &results[0] },
        { bench->spawners[1], &bench->spec, &results[1] },
    };
    int ran =
        kind == TOGETHER
            ? process_run_together(&ones[0], &ones[1], &err)
            : (process_run(bench->spawners[0], &bench->spec, &results[0], &err) < 0
                   ? -1
                   : process_run(bench->spawners[0], &bench->spec, &results[1], &err));
    if (ran < 0)
        die(&err);
    if (!process_succeeded(&results[0]) || !process_succeeded(&results[1])) {
        fprintf(stderr, "pairing: the program failed\n");
        exit(1);
    }
}

static void measure(struct bench *bench, uint64_t seed, uint64_t index)
{
    uint64_t draw = random_at(seed, 1, index);
    enum kind kind = draw & 1 ? TOGETHER : APART;
    bool head_ran_first = draw >> 63;
    struct process_result results[2];
    int64_t begin_ns = clock_now_ns();
    run_pair(bench, kind, results);
    double span_s = (double)(clock_now_ns() - begin_ns) / 1e9;
    double base_s = cpu_s(&results[head_ran_first]);
    double head_s = cpu_s(&results[!head_ran_first]);
    size_t at = bench->counts[kind]++;
    bench->ratios[kind][at] = log(head_s / base_s);
    bench->seconds[kind][at] = base_s;
    bench->span_s[kind] += span_s;
    fprintf(bench->out, "%s,%s,%.6f,%.6f,%.6f\n", names[kind],
            head_ran_first ? "head" : "base", base_s, head_s, span_s);
    fflush(bench->out);
}

static void report(struct bench *bench)
{
    printf("%-9s %6s %12s %12s %12s\n", "", "pairs", "CPU of a run", "sd of d", "a pair");
    for (enum kind kind = APART; kind < KIND_COUNT; kind++) {
        size_t count = bench->counts[kind];
        if (!count)
            continue;
        printf("%-9s %6zu %10.4f s %10.3f %% %10.4f s\n", names[kind], count,
               robust_median(bench->seconds[kind], count),
               100 * robust_sd(bench->ratios[kind], count),
               bench->span_s[kind] / (double)count);
    }
}

int main(int argc, char **argv)
{
    struct error err = { 0 };
    struct strvec words = { 0 };
    struct strvec environment = { 0 };
    uint64_t seed = 0;
    if (argc < 4) {
        fprintf(stderr, "usage: pairing PAIRS OUT.csv PROGRAM [ARGUMENT...]\n");
        return 2;
    }
    size_t pairs = strtoul(argv[1], NULL, 10);
    for (int i = 3; i < argc; i++)
        strvec_push(&words, argv[i]);
    environment_scrub(NULL, NULL, &environment);
    struct bench bench = {
        .spawners = { spawner_open(&err), spawner_open(&err) },
        .spec = { .argv = &words,
                  .environment = &environment,
                  .cpu = environment_quiet_cpu("", NULL, NULL) },
        .out = fopen(argv[2], "w"),
    };
    if (!bench.spawners[0] || !bench.spawners[1] || random_seed(&seed, &err) < 0)
        die(&err);
    if (!bench.out) {
        perror(argv[2]);
        return 1;
    }
    for (enum kind kind = APART; kind < KIND_COUNT; kind++) {
        bench.ratios[kind] = xcalloc(pairs + 1, sizeof **bench.ratios);
        bench.seconds[kind] = xcalloc(pairs + 1, sizeof **bench.seconds);
    }
    fprintf(bench.out, "kind,first,base_cpu_s,head_cpu_s,span_s\n");
    for (size_t i = 0; i < pairs; i++)
        measure(&bench, seed, i);
    report(&bench);
    for (enum kind kind = APART; kind < KIND_COUNT; kind++) {
        free(bench.ratios[kind]);
        free(bench.seconds[kind]);
    }
    fclose(bench.out);
    spawner_close(bench.spawners[0]);
    spawner_close(bench.spawners[1]);
    strvec_clear(&words);
    strvec_clear(&environment);
    return 0;
}
