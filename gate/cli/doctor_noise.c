/* The machine's own noise: one program against itself. */
#include <limits.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/clock.h"
#include "gate/base/error.h"
#include "gate/base/interrupt.h"
#include "gate/cli/doctor.h"
#include "gate/experiment/pair.h"
#include "gate/stats/robust.h"
#include "runners/environment.h"

#define WARMUP_PAIRS 2
#define RUN_LIMIT_NS INT64_C(10000000000)
#define WORK_TURNS   4000000
#define WORK_BYTES   (256 << 10)

/* Arithmetic that depends on itself, over memory that fits the second cache: what many
 * programs are bound by, and about 10 ms of it. */
void doctor_work(void)
{
    static unsigned char memory[WORK_BYTES];
    uint64_t x = UINT64_C(88172645463325252);
    for (int i = 0; i < WORK_TURNS; i++) {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        memory[x % WORK_BYTES] ^= (unsigned char)x;
    }
    /* Used, so that it has to be worked out. */
    volatile unsigned char sink = memory[x % WORK_BYTES];
    (void)sink;
}

struct noise_runner {
    struct spawner *spawner;
    struct process_spec spec;
};

static int
run_side(struct noise_runner *runner, struct process_result *out, struct error *err)
{
    if (process_run(runner->spawner, &runner->spec, out, err) < 0)
        return -1;
    if (process_succeeded(out))
        return 0;
    AUTO_FREE char *end = process_describe(&runner->spec, out);
    return error_set(err, ERROR_SYSTEM,
                     "the program that pawl runs to measure noise, '%s', %s",
                     runner->spec.argv->items[0], end);
}

static int run_pairs(struct noise_runner *runner,
                     double seconds,
                     struct pairs *pairs,
                     struct error *err)
{
    const int64_t end_ns = clock_now_ns() + (int64_t)(seconds * 1e9);
    while (clock_now_ns() < end_ns || pairs->count < WARMUP_PAIRS + 8) {
        struct pair pair = { .is_warmup = pairs->count < WARMUP_PAIRS };
        if (interrupt_check(err) < 0 ||
            run_side(runner, &pair.sides[SIDE_BASE], err) < 0 ||
            run_side(runner, &pair.sides[SIDE_HEAD], err) < 0)
            return -1;
        *array_push(pairs) = pair;
    }
    return 0;
}

static double sd_of(const struct pairs *pairs, enum metric metric, double *room)
{
    return robust_sd(room, pairs_log_ratios(pairs, metric, room));
}

static void clear_pairs(struct pairs *pairs)
{
    array_clear(pairs);
}

int doctor_measure_noise(struct spawner *spawner,
                         int cpu,
                         double seconds,
                         struct noise *out,
                         struct error *err)
{
    char program[PATH_MAX] = "";
    AUTO_STRVEC struct strvec argv = { 0 };
    AUTO_STRVEC struct strvec environment = { 0 };
    AUTO(clear_pairs) struct pairs pairs = { 0 };
    if (readlink("/proc/self/exe", program, sizeof program - 1) < 0)
        return error_errno(err, "cannot find the program that runs: /proc/self/exe");
    strvec_push(&argv, program);
    strvec_push(&argv, "doctor");
    strvec_push(&argv, "--work");
    environment_scrub(NULL, NULL, &environment);
    struct noise_runner runner = {
        .spawner = spawner,
        .spec = { .argv = &argv,
                  .environment = &environment,
                  .timeout_ns = RUN_LIMIT_NS,
                  .cpu = cpu < 0 ? PROCESS_ANY_CPU : cpu,
                  .is_raised = true },
    };
    if (run_pairs(&runner, seconds, &pairs, err) < 0)
        return -1;

    AUTO_FREE double *room = xcalloc(pairs.count, sizeof *room);
    *out = (struct noise){ .pairs = pairs_counted(&pairs),
                           .cpu_sd = sd_of(&pairs, METRIC_CPU, room),
                           .wall_sd = sd_of(&pairs, METRIC_WALL, room) };
    size_t count = pairs_values(&pairs, SIDE_BASE, METRIC_WALL, room);
    out->run_s = robust_median(room, count);
    return 0;
}
