/* What it costs to run a program under pawl: process_run against a bare loop of
 * posix_spawn and wait4, and against hyperfine where that is installed. All run the same
 * program, which only exits, in blocks that take turns, so that the machine's drift hits
 * all alike.
 *
 *     overhead EXIT-PROGRAM [RUNS [CPU]]
 *
 * Own CPU time is that of the measuring program alone, without its children: for pawl
 * this process and the spawner. hyperfine's is what more runs cost it: a call with two
 * runs is taken off, so that its start and its report do not count.
 *
 * With a CPU, all programs run there: the bare loop and hyperfine themselves too. */
#include <fcntl.h>
#include <sched.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/strvec.h"
#include "runners/process.h"
#include "runners/spawner_link.h"

enum {
    BLOCKS = 20,
    MAX_RUNS = 100000
};

enum tool {
    TOOL_PAWL,
    TOOL_BARE,
    TOOL_HYPERFINE,
    TOOL_COUNT
};
static const char *const tool_names[] = { "pawl", "bare loop", "hyperfine" };

/* One block of one tool, in microseconds a run. */
struct figures {
    double own_cpu_us;
    double wall_us;    /* of the whole block, by the runs in it */
    double typical_us; /* wall from call to return, median of the block's runs */
    double clocked_us; /* wall as the tool itself says, likewise */
};

struct bench {
    char *program;
    char *words[2]; /* program, NULL */
    int runs;       /* in a block */
    int cpu;
    cpu_set_t all;
    posix_spawn_file_actions_t silent; /* for hyperfine's hints about outliers */
    struct spawner *spawner;
    struct figures figures[TOOL_COUNT][BLOCKS];
    double *typical; /* runs of them, for a median */
    double *clocked;
};

static void end_with(const char *what)
{
    fprintf(stderr, "overhead: %s\n", what);
    exit(EXIT_FAILURE);
}

static double clock_us(clockid_t clock)
{
    struct timespec now;
    if (clock_gettime(clock, &now) < 0)
        end_with("cannot read a clock");
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

/* CPU time of a process without its children; also of a zombie. */
static double cpu_us_of(pid_t pid)
{
    clockid_t clock = 0;
    if (clock_getcpuclockid(pid, &clock) != 0)
        end_with("cannot get a process's CPU clock");
    return clock_us(clock);
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median_of(double *values, int count)
{
    qsort(values, (size_t)count, sizeof *values, compare_doubles);
    return (values[(count - 1) / 2] + values[count / 2]) / 2;
}

static void pin(int cpu)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET((size_t)cpu, &set);
    if (sched_setaffinity(0, sizeof set, &set) < 0)
        end_with("cannot pin to that CPU");
}

static void unpin(const struct bench *bench)
{
    (void)sched_setaffinity(0, sizeof bench->all, &bench->all);
}

static struct figures block_of_pawl(struct bench *bench)
{
    struct error err = { 0 };
    struct strvec argv = { 0 };
    struct strvec environment = { 0 };
    strvec_push(&argv, bench->program);
    for (char **variable = environ; *variable; variable++)
        strvec_push(&environment, *variable);
    const struct process_spec spec = { .argv = &argv,
                                       .environment = &environment,
                                       .cpu = bench->cpu,
                                       .timeout_ns = INT64_C(10000000000) };
    double cpu_us = clock_us(CLOCK_PROCESS_CPUTIME_ID) + cpu_us_of(bench->spawner->pid);
    double begin_us = clock_us(CLOCK_MONOTONIC);
    for (int i = 0; i < bench->runs; i++) {
        struct process_result result;
        double run_us = clock_us(CLOCK_MONOTONIC);
        if (process_run(bench->spawner, &spec, &result, &err) < 0)
            end_with(err.message);
        if (!process_succeeded(&result))
            end_with("the program failed under pawl");
        bench->typical[i] = clock_us(CLOCK_MONOTONIC) - run_us;
        bench->clocked[i] = (double)result.wall_ns / 1e3;
    }
    double wall_us = clock_us(CLOCK_MONOTONIC) - begin_us;
    cpu_us = clock_us(CLOCK_PROCESS_CPUTIME_ID) + cpu_us_of(bench->spawner->pid) - cpu_us;
    strvec_clear(&argv);
    strvec_clear(&environment);
    return (struct figures){ .own_cpu_us = cpu_us / bench->runs,
                             .wall_us = wall_us / bench->runs,
                             .typical_us = median_of(bench->typical, bench->runs),
                             .clocked_us = median_of(bench->clocked, bench->runs) };
}

static void run_bare(const struct bench *bench)
{
    pid_t pid = -1;
    int status = 0;
    struct rusage usage;
    if (posix_spawn(&pid, bench->program, NULL, NULL, bench->words, environ) != 0 ||
        wait4(pid, &status, 0, &usage) != pid || status != 0)
        end_with("the program failed in the bare loop");
}

static struct figures block_of_bare(struct bench *bench)
{
    if (bench->cpu >= 0)
        pin(bench->cpu);
    double cpu_us = clock_us(CLOCK_PROCESS_CPUTIME_ID);
    double begin_us = clock_us(CLOCK_MONOTONIC);
    for (int i = 0; i < bench->runs; i++) {
        double run_us = clock_us(CLOCK_MONOTONIC);
        run_bare(bench);
        bench->clocked[i] = bench->typical[i] = clock_us(CLOCK_MONOTONIC) - run_us;
    }
    double wall_us = clock_us(CLOCK_MONOTONIC) - begin_us;
    cpu_us = clock_us(CLOCK_PROCESS_CPUTIME_ID) - cpu_us;
    unpin(bench);
    return (struct figures){ .own_cpu_us = cpu_us / bench->runs,
                             .wall_us = wall_us / bench->runs,
                             .typical_us = median_of(bench->typical, bench->runs),
                             .clocked_us = median_of(bench->clocked, bench->runs) };
}

/* One call of hyperfine: its own CPU time and wall time. */
static struct figures call_hyperfine(const struct bench *bench, int runs)
{
    char count[16];
    char name[] = "hyperfine";
    char no_shell[] = "-N";
    char style[] = "--style=none";
    char runs_option[] = "--runs";
    snprintf(count, sizeof count, "%d", runs);
    char *argv[] = { name, no_shell, style, runs_option, count, bench->program, NULL };
    pid_t pid = -1;
    siginfo_t info;
    if (bench->cpu >= 0)
        pin(bench->cpu);
    double begin_us = clock_us(CLOCK_MONOTONIC);
    int trouble = posix_spawnp(&pid, name, &bench->silent, NULL, argv, environ);
    unpin(bench);
    if (trouble != 0 || waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT) < 0)
        end_with("hyperfine could not be run");
    double wall_us = clock_us(CLOCK_MONOTONIC) - begin_us;
    double cpu_us = cpu_us_of(pid);
    if (waitpid(pid, NULL, 0) != pid || info.si_code != CLD_EXITED || info.si_status != 0)
        end_with("hyperfine failed");
    return (struct figures){ .own_cpu_us = cpu_us, .wall_us = wall_us };
}

static struct figures block_of_hyperfine(struct bench *bench)
{
    struct figures few = call_hyperfine(bench, 2);
    struct figures many = call_hyperfine(bench, bench->runs + 2);
    return (struct figures){
        .own_cpu_us = (many.own_cpu_us - few.own_cpu_us) / bench->runs,
        .wall_us = (many.wall_us - few.wall_us) / bench->runs,
    };
}

static bool has_hyperfine(void)
{
    char name[] = "hyperfine";
    char option[] = "--version";
    char *argv[] = { name, option, NULL };
    pid_t pid = -1;
    int status = 0;
    return posix_spawnp(&pid, name, NULL, NULL, argv, environ) == 0 &&
           waitpid(pid, &status, 0) == pid && status == 0;
}

typedef double pick(const struct figures *figures);

static double own_cpu_us(const struct figures *figures)
{
    return figures->own_cpu_us;
}

static double wall_us(const struct figures *figures)
{
    return figures->wall_us;
}

static double typical_us(const struct figures *figures)
{
    return figures->typical_us;
}

static double clocked_us(const struct figures *figures)
{
    return figures->clocked_us;
}

static double median_over_blocks(const struct bench *bench, enum tool tool, pick *value)
{
    double values[BLOCKS];
    for (int i = 0; i < BLOCKS; i++)
        values[i] = value(&bench->figures[tool][i]);
    return median_of(values, BLOCKS);
}

static void
print_ratio(const struct bench *bench, const char *what, pick *value, enum tool against)
{
    double ratios[BLOCKS];
    for (int i = 0; i < BLOCKS; i++)
        ratios[i] =
            value(&bench->figures[TOOL_PAWL][i]) / value(&bench->figures[against][i]);
    double median = median_of(ratios, BLOCKS);
    printf("%-10s pawl / %-10s %6.3f  (%.3f to %.3f)\n", what, tool_names[against],
           median, ratios[0], ratios[BLOCKS - 1]);
}

static void print_figures(const struct bench *bench, int tools)
{
    printf("\n%-12s%14s%14s%14s%14s\n", "us a run", "own CPU", "wall", "typical wall",
           "clocked wall");
    for (int i = 0; i < tools; i++) {
        printf("%-12s%14.1f%14.1f", tool_names[i],
               median_over_blocks(bench, (enum tool)i, own_cpu_us),
               median_over_blocks(bench, (enum tool)i, wall_us));
        if (i == TOOL_HYPERFINE)
            printf("%14s%14s\n", "-", "-");
        else
            printf("%14.1f%14.1f\n", median_over_blocks(bench, (enum tool)i, typical_us),
                   median_over_blocks(bench, (enum tool)i, clocked_us));
    }
    printf("\nratios, median and range of %d blocks of %d runs\n", BLOCKS, bench->runs);
    print_ratio(bench, "own CPU", own_cpu_us, TOOL_BARE);
    print_ratio(bench, "wall", wall_us, TOOL_BARE);
    print_ratio(bench, "typical", typical_us, TOOL_BARE);
    print_ratio(bench, "clocked", clocked_us, TOOL_BARE);
    if (tools > TOOL_HYPERFINE) {
        print_ratio(bench, "own CPU", own_cpu_us, TOOL_HYPERFINE);
        print_ratio(bench, "wall", wall_us, TOOL_HYPERFINE);
    }
}

/* Block 0 is for warming up and is overwritten. */
static void run_blocks(struct bench *bench, int tools)
{
    static struct figures (*const blocks[])(
        struct bench *) = { block_of_pawl, block_of_bare, block_of_hyperfine };
    for (int i = -1; i < BLOCKS; i++)
        for (int j = 0; j < tools; j++) {
            int tool = (i + 1 + j) % tools;
            bench->figures[tool][i < 0 ? 0 : i] = blocks[tool](bench);
        }
}

static int parse_number(const char *text, long limit)
{
    char *end = NULL;
    long number = strtol(text, &end, 10);
    if (*end || number < 0 || number >= limit)
        end_with("usage: overhead EXIT-PROGRAM [RUNS [CPU]]");
    return (int)number;
}

int main(int argc, char **argv)
{
    struct error err = { 0 };
    if (argc < 2)
        end_with("usage: overhead EXIT-PROGRAM [RUNS [CPU]]");
    int runs = argc > 2 ? parse_number(argv[2], MAX_RUNS) : 500;
    struct bench bench = {
        .program = argv[1],
        .words = { argv[1], NULL },
        .runs = runs < BLOCKS ? 1 : runs / BLOCKS,
        .cpu = argc > 3 ? parse_number(argv[3], CPU_SETSIZE) : PROCESS_ANY_CPU,
    };
    if (sched_getaffinity(0, sizeof bench.all, &bench.all) < 0)
        end_with("cannot read the CPUs that we may use");
    bench.typical = xcalloc((size_t)bench.runs, sizeof *bench.typical);
    bench.clocked = xcalloc((size_t)bench.runs, sizeof *bench.clocked);
    bench.spawner = spawner_open(&err);
    if (!bench.spawner)
        end_with(err.message);
    printf("spawner's peak memory: %lld KiB\n",
           (long long)spawner_floor_rss_bytes(bench.spawner) / 1024);

    posix_spawn_file_actions_init(&bench.silent);
    posix_spawn_file_actions_addopen(&bench.silent, STDERR_FILENO, "/dev/null", O_WRONLY,
                                     0);
    int tools = TOOL_COUNT;
    fflush(stdout);
    if (!has_hyperfine()) {
        tools = TOOL_HYPERFINE;
        printf("hyperfine is not installed: left out\n");
    }
    run_blocks(&bench, tools);
    print_figures(&bench, tools);
    posix_spawn_file_actions_destroy(&bench.silent);
    spawner_close(bench.spawner);
    free(bench.typical);
    free(bench.clocked);
    return ferror(stdout) || fflush(stdout) ? EXIT_FAILURE : EXIT_SUCCESS;
}
