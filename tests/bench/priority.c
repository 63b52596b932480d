/* What does a raised priority do to the noise while others are at work? A program against
 * itself, in pairs whose kind a coin decides: with the usual priority or a raised one,
 * all on one CPU, beside so many endless loops, each in a session of its own as other
 * people's work is. Prints for both kinds the robust sd of d = ln(second / first), and
 * how many times quieter the raised one is.
 *
 * usage: priority PAIRS LOOPS PROGRAM [ARGUMENT...] */
#include "runners/priority.h"

#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/random.h"
#include "gate/base/strvec.h"
#include "gate/stats/robust.h"
#include "runners/environment.h"
#include "runners/process.h"

enum kind {
    USUAL,
    RAISED,
    KIND_COUNT
};
static const char *const names[] = { "usual", "raised" };

struct bench {
    struct spawner *spawner;
    struct process_spec spec;
    double *wall[KIND_COUNT]; /* d of each pair */
    double *cpu[KIND_COUNT];
    double *run_s[KIND_COUNT]; /* wall time of the first */
    size_t counts[KIND_COUNT];
};

static void die(const char *message)
{
    fprintf(stderr, "priority: %s\n", message);
    exit(1);
}

static pid_t start_loop(void)
{
    pid_t pid = fork();
    if (pid != 0)
        return pid;
    (void)setsid();
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (volatile unsigned turns = 0;; turns++)
        continue;
}

static double cpu_ns(const struct process_result *result)
{
    return (double)(result->user_ns + result->system_ns);
}

static void measure(struct bench *bench, uint64_t seed, uint64_t index)
{
    struct error err = { 0 };
    struct process_result results[2];
    enum kind kind = random_at(seed, 1, index) & 1 ? RAISED : USUAL;
    bench->spec.is_raised = kind == RAISED;
    for (int i = 0; i < 2; i++) {
        if (process_run(bench->spawner, &bench->spec, &results[i], &err) < 0)
            die(err.message);
        if (!process_succeeded(&results[i]))
            die("the program failed");
    }
    size_t at = bench->counts[kind]++;
    bench->wall[kind][at] = log((double)results[1].wall_ns / (double)results[0].wall_ns);
    bench->cpu[kind][at] = log(cpu_ns(&results[1]) / cpu_ns(&results[0]));
    bench->run_s[kind][at] = (double)results[0].wall_ns / 1e9;
}

static void report(struct bench *bench)
{
    double wall_sd[KIND_COUNT] = { 0 };
    printf("%-7s %6s %12s %12s %12s\n", "", "pairs", "a run takes", "sd, wall",
           "sd, CPU");
    for (enum kind kind = USUAL; kind < KIND_COUNT; kind++) {
        size_t count = bench->counts[kind];
        wall_sd[kind] = robust_sd(bench->wall[kind], count);
        printf("%-7s %6zu %9.2f ms %10.2f %% %10.2f %%\n", names[kind], count,
               1000 * robust_median(bench->run_s[kind], count), 100 * wall_sd[kind],
               100 * robust_sd(bench->cpu[kind], count));
    }
    printf("raised is %.1f times quieter in wall time\n",
           wall_sd[USUAL] / wall_sd[RAISED]);
}

static void run_all(struct bench *bench, size_t pairs)
{
    struct error err = { 0 };
    uint64_t seed = 0;
    if (random_seed(&seed, &err) < 0)
        die(err.message);
    for (enum kind kind = USUAL; kind < KIND_COUNT; kind++) {
        bench->wall[kind] = xcalloc(pairs + 1, sizeof(double));
        bench->cpu[kind] = xcalloc(pairs + 1, sizeof(double));
        bench->run_s[kind] = xcalloc(pairs + 1, sizeof(double));
    }
    for (size_t i = 0; i < pairs; i++)
        measure(bench, seed, i);
    report(bench);
    for (enum kind kind = USUAL; kind < KIND_COUNT; kind++) {
        free(bench->wall[kind]);
        free(bench->cpu[kind]);
        free(bench->run_s[kind]);
    }
}

int main(int argc, char **argv)
{
    struct error err = { 0 };
    AUTO_STRVEC struct strvec words = { 0 };
    AUTO_STRVEC struct strvec environment = { 0 };
    if (argc < 4) {
        fprintf(stderr, "usage: priority PAIRS LOOPS PROGRAM [ARGUMENT...]\n");
        return 2;
    }
    for (int i = 3; i < argc; i++)
        strvec_push(&words, argv[i]);
    environment_scrub(NULL, NULL, &environment);
    /* Before the spawner, whose line to us they would keep open. */
    for (long loops = strtol(argv[2], NULL, 10); loops > 0; loops--)
        if (start_loop() < 0)
            die("cannot start a loop");
    AUTO_SPAWNER struct spawner *spawner = spawner_open(&err);
    if (!spawner)
        die(err.message);
    AUTO_FREE char *said = priority_describe(spawner_priority(spawner));
    printf("%s\n", said);
    if (!spawner_priority(spawner)->is_raised)
        return 1;
    struct bench bench = { .spawner = spawner,
                           .spec = { .argv = &words,
                                     .environment = &environment,
                                     .cpu = environment_quiet_cpu("", NULL, NULL) } };
    run_all(&bench, strtoul(argv[1], NULL, 10));
    return 0; /* the loops end with us */
}
