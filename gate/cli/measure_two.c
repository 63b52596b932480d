#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/clock.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/cli/command.h"
#include "gate/cli/measure.h"
#include "gate/cli/measure_export.h"
#include "gate/cli/measuring.h"
#include "gate/cli/pair_watch.h"
#include "gate/cli/screen.h"
#include "gate/cli/version.h"
#include "gate/config/bench.h"
#include "gate/report/report.h"
#include "gate/verdict/judge.h"
#include "runners/accounting.h"
#include "runners/environment.h"
#include "runners/process.h"

/* Two commands as the two sides of one pair. */
struct command_runner {
    struct bench_runner runner; /* first */
    struct spawner *spawner;
    const struct strvec *argv[SIDE_COUNT];
    const struct strvec *environment;
    int64_t timeout_ns;
    int cpu;
    bool raises;
    struct pair_watch watch;
    const char *pinning; /* why that CPU */
};

static int
run_pair(struct bench_runner *self, size_t bench, struct pair *pair, struct error *err)
{
    struct command_runner *runner = (struct command_runner *)self;
    struct process_spec spec = { .environment = runner->environment,
                                 .timeout_ns = runner->timeout_ns,
                                 .cpu = pair->is_pinned ? runner->cpu : PROCESS_ANY_CPU,
                                 .is_raised = runner->raises };
    (void)bench;
    pair_watch_begin(&runner->watch, spec.cpu, spawner_cpu_ns(runner->spawner));
    for (int turn = 0; turn < SIDE_COUNT; turn++) {
        bool is_head = (turn == 0) == pair->head_ran_first;
        enum side side = is_head ? SIDE_HEAD : SIDE_BASE;
        spec.argv = runner->argv[side];
        if (process_run(runner->spawner, &spec, &pair->sides[side], err) < 0)
            return -1;
    }
    pair_watch_end(&runner->watch, spec.cpu, spawner_cpu_ns(runner->spawner), pair);
    return 0;
}

static int64_t now_ns(struct bench_runner *self)
{
    (void)self;
    return clock_now_ns();
}

/* A config of one benchmark: what the experiment and the verdicts ask of one. */
static void describe_benchmark(const struct measure_options *options,
                               char *text,
                               struct benchmark *benchmark)
{
    *benchmark = (struct benchmark){ 0 };
    benchmark->name = text;
    benchmark->run.text = text;
    benchmark->margins[METRIC_CPU] =
        (struct margin){ .is_gated = true, .share = options->margin };
    benchmark->margins[METRIC_WALL] = benchmark->margins[METRIC_CPU];
}

static void describe_result(const struct measure_options *options,
                            const struct command_runner *runner,
                            struct result *result)
{
    result->pawl_version = xstrdup(PAWL_VERSION);
    result->started_at = xstrdup("");
    result->base =
        (struct revision_info){ .commit = xstrdup(""),
                                .tree = xstrdup(""),
                                .asked = xstrdup("the first command"),
                                .subject = strvec_join(runner->argv[SIDE_BASE], " ") };
    result->head =
        (struct revision_info){ .commit = xstrdup(""),
                                .tree = xstrdup(""),
                                .asked = xstrdup("the second command"),
                                .subject = strvec_join(runner->argv[SIDE_HEAD], " ") };
    result->base_rule = xstrdup("the first command");
    machine_read("", &result->machine);
    result->accounting = accounting_describe(spawner_accounting(runner->spawner));
    result->toolchain = xstrdup("");
    result->pinning = xstrdup(runner->pinning);
    result->priority = measuring_priority(options->may_raise, runner->spawner);
    result->reproduce = xstrdup("");
    result->seed = options->seed;
    result->false_alarm = 0.01;
    result->miss = 0.05;
    result->budget_ns = options->budget_ns;
    result->max_pairs = options->max_pairs;
}

static int run_and_judge(struct command_runner *runner,
                         const struct measure_options *options,
                         struct result *result,
                         struct error *err)
{
    char name[] = "second command";
    struct benchmark benchmark;
    struct suite suite = { .name = name };
    struct bench bench = { .suite = &suite, .benchmark = &benchmark, .id = name };
    describe_benchmark(options, name, &benchmark);

    AUTO(experiment_clear) struct experiment experiment;
    struct experiment_options plan = { .seed = options->seed,
                                       .false_alarm = result->false_alarm,
                                       .miss = result->miss,
                                       .budget_ns = options->budget_ns,
                                       .max_pairs = options->max_pairs,
                                       .warmup_pairs = options->warmup,
                                       .may_pin = options->may_pin };
    experiment_init(&experiment, &plan);
    experiment_add(&experiment, bench.id, benchmark.margins);
    struct progress progress;
    progress_init(&progress);
    struct measuring measuring = { .experiment = &experiment,
                                   .runner = &runner->runner,
                                   .progress = &progress };
    int ran = measuring_run(&measuring, err);
    progress_wipe(&progress);
    if (ran < 0)
        return -1;
    struct judge_policy policy = { 0 };
    judge_trial(&experiment, &experiment.trials.items[0], &bench, result);
    judge_rows(&experiment, result);
    judge_gate(&policy, result);
    result->measuring_ns = result->elapsed_ns = measuring.elapsed_ns;
    return 0;
}

int measure_two(struct spawner *spawner,
                const struct strvec *first,
                const struct strvec *second,
                const struct measure_options *options,
                struct error *err)
{
    AUTO_STRVEC struct strvec environment = { 0 };
    AUTO(result_clear) struct result result = { 0 };
    environment_scrub(NULL, NULL, &environment);
    struct command_runner runner = {
        .runner = { .run_pair = run_pair, .now_ns = now_ns },
        .spawner = spawner,
        .argv = { [SIDE_BASE] = first, [SIDE_HEAD] = second },
        .environment = &environment,
        .timeout_ns = options->timeout_ns,
        .raises = options->may_raise,
    };
    AUTO_FREE char *pinning = NULL;
    runner.cpu = environment_quiet_cpu("", NULL, &pinning);
    runner.pinning = pinning;
    describe_result(options, &runner, &result);
    if (run_and_judge(&runner, options, &result, err) < 0 ||
        export_result(&options->exports, &result, err) < 0)
        return -1;

    AUTO_STR struct str text = STR_INIT;
    const struct report_screen screen = screen_of_stdout();
    report_screen(&result, &screen, &text);
    return print_out(&text, err) < 0 ? -1 : (int)result.exit;
}
