/* What the figures of a run cost: the whole loop of process_run, from call to return,
 * with all of them against wall time alone ("pawl-spawner wall": no /proc, no cgroup, no
 * counters). Where the machine has no hardware counters, four software events stand in
 * for them in a third variant. The program only exits: a longer one makes the ratio
 * smaller. Runs of the variants take turns, so that the machine's drift hits all alike.
 *
 *     metrics-cost EXIT-PROGRAM [ROUNDS [CPU]]
 */
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/clock.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "runners/accounting.h"
#include "runners/process.h"

enum {
    WARM_UP = 20,
    MAX_ROUNDS = 1000000
};

enum variant {
    VARIANT_WALL,
    VARIANT_ALL,
    VARIANT_SOFTWARE,
    VARIANT_COUNT
};
static const char *const variant_names[] = { "wall alone", "all of this machine",
                                             "with four software events" };
static const char *const arguments[] = { "wall", "", "software" };

struct bench {
    struct strvec argv;
    struct strvec environment;
    struct process_spec spec;
    struct spawner *spawners[VARIANT_COUNT];
    size_t rounds;
    double *times_us[VARIANT_COUNT]; /* a round each */
};

static void end_with(const char *what)
{
    fprintf(stderr, "metrics-cost: %s\n", what);
    exit(EXIT_FAILURE);
}

/* The spawner with an argument: a script, which PAWL_SPAWNER names meanwhile. */
static struct spawner *open_variant(const char *program, const char *argument)
{
    struct error err = { 0 };
    char script[] = "/tmp/pawl-metrics-cost-XXXXXX";
    int fd = mkstemp(script);
    if (fd < 0 || dprintf(fd, "#!/bin/sh\nexec '%s' %s\n", program, argument) < 0 ||
        fchmod(fd, 0700) < 0)
        end_with("cannot write a script in /tmp");
    close(fd);
    setenv("PAWL_SPAWNER", script, 1);
    struct spawner *spawner = spawner_open(&err);
    unlink(script);
    if (!spawner)
        end_with(err.message);
    return spawner;
}

static double run_us(struct bench *bench, enum variant variant)
{
    struct error err = { 0 };
    struct process_result result;
    int64_t begin_ns = clock_now_ns();
    if (process_run(bench->spawners[variant], &bench->spec, &result, &err) < 0)
        end_with(err.message);
    int64_t end_ns = clock_now_ns();
    if (!process_succeeded(&result))
        end_with("the program failed");
    return (double)(end_ns - begin_ns) / 1e3;
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median_of(double *values, size_t count)
{
    qsort(values, count, sizeof *values, compare_doubles);
    return (values[(count - 1) / 2] + values[count / 2]) / 2;
}

static void run_round(struct bench *bench, size_t round)
{
    for (size_t j = 0; j < VARIANT_COUNT; j++) {
        enum variant variant = (enum variant)((round + j) % VARIANT_COUNT);
        bench->times_us[variant][round] = run_us(bench, variant);
    }
}

/* Ratios are taken within a round; the bounds are the 95 % interval of their median, by
 * the sign test. */
static void print_ratio(const struct bench *bench, enum variant variant)
{
    AUTO_FREE double *ratios = xcalloc(bench->rounds, sizeof *ratios);
    for (size_t i = 0; i < bench->rounds; i++)
        ratios[i] = bench->times_us[variant][i] / bench->times_us[VARIANT_WALL][i];
    double median = median_of(ratios, bench->rounds);
    double reach = 0.98 * sqrt((double)bench->rounds);
    double middle = (double)bench->rounds / 2;
    printf(", ratio %.3f (%.3f to %.3f)", median, ratios[(size_t)fmax(middle - reach, 0)],
           ratios[(size_t)fmin(middle + reach, (double)bench->rounds - 1)]);
}

static void print_figures(const struct bench *bench)
{
    for (size_t j = 0; j < VARIANT_COUNT; j++) {
        AUTO_FREE double *times = xcalloc(bench->rounds, sizeof *times);
        memcpy(times, bench->times_us[j], bench->rounds * sizeof *times);
        printf("%-28s %8.1f us a run", variant_names[j], median_of(times, bench->rounds));
        if (j != VARIANT_WALL)
            print_ratio(bench, (enum variant)j);
        printf("\n");
    }
    printf("medians of %zu rounds; ratios within a round, with 95 %% intervals\n",
           bench->rounds);
}

static long number(const char *text, long limit)
{
    char *end = NULL;
    long value = strtol(text, &end, 10);
    if (*end || value < 0 || value >= limit)
        end_with("usage: metrics-cost EXIT-PROGRAM [ROUNDS [CPU]]");
    return value;
}

static void open_all(struct bench *bench)
{
    const char *program = getenv("PAWL_SPAWNER");
    if (!program)
        end_with("PAWL_SPAWNER does not say where the spawner is");
    AUTO_FREE char *kept = xstrdup(program);
    for (size_t j = 0; j < VARIANT_COUNT; j++) {
        bench->spawners[j] = open_variant(kept, arguments[j]);
        bench->times_us[j] = xcalloc(bench->rounds, sizeof *bench->times_us[j]);
    }
    AUTO_FREE char *counted =
        accounting_describe(spawner_accounting(bench->spawners[VARIANT_ALL]));
    printf("counted here: %s\n", counted);
}

int main(int argc, char **argv)
{
    struct bench bench = { .rounds = 2000 };
    if (argc < 2)
        end_with("usage: metrics-cost EXIT-PROGRAM [ROUNDS [CPU]]");
    if (argc > 2)
        bench.rounds = (size_t)number(argv[2], MAX_ROUNDS) + WARM_UP;
    strvec_push(&bench.argv, argv[1]);
    for (char **variable = environ; *variable; variable++)
        strvec_push(&bench.environment, *variable);
    bench.spec = (struct process_spec){
        .argv = &bench.argv,
        .environment = &bench.environment,
        .timeout_ns = INT64_C(10000000000),
        .cpu = argc > 3 ? (int)number(argv[3], 4096) : PROCESS_ANY_CPU,
    };
    open_all(&bench);
    for (size_t i = 0; i < WARM_UP; i++)
        run_round(&bench, i); /* overwritten */
    for (size_t i = 0; i < bench.rounds; i++)
        run_round(&bench, i);
    print_figures(&bench);
    for (size_t j = 0; j < VARIANT_COUNT; j++) {
        spawner_close(bench.spawners[j]);
        free(bench.times_us[j]);
    }
    strvec_clear(&bench.argv);
    strvec_clear(&bench.environment);
    return ferror(stdout) || fflush(stdout) ? EXIT_FAILURE : EXIT_SUCCESS;
}
