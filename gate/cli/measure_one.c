#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/interrupt.h"
#include "gate/base/str.h"
#include "gate/base/units.h"
#include "gate/cli/command.h"
#include "gate/cli/exit_code.h"
#include "gate/cli/measure.h"
#include "gate/cli/measure_export.h"
#include "gate/cli/measure_figures.h"
#include "gate/cli/measuring.h"
#include "gate/cli/progress.h"
#include "runners/accounting.h"
#include "runners/environment.h"
#include "runners/process.h"

#define LEAST_RUNS    10
#define LEAST_TIME_NS 3000000000

static bool is_enough(const struct runs *runs, int64_t spent_ns, size_t wanted)
{
    if (wanted)
        return runs->count >= wanted;
    return runs->count >= LEAST_RUNS && spent_ns >= LEAST_TIME_NS;
}

static void
show_progress(struct progress *progress, const struct runs *runs, int64_t spent_ns)
{
    AUTO_STR struct str line = STR_INIT;
    str_addf(&line, "%zu runs, ", runs->count);
    units_add_duration(&line, (double)spent_ns * 1e-9 / (double)runs->count);
    str_add(&line, " each");
    progress_say(progress, line.data);
}

static int run_all(struct spawner *spawner,
                   const struct process_spec *spec,
                   const struct measure_options *options,
                   struct progress *progress,
                   struct runs *runs,
                   struct error *err)
{
    int64_t spent_ns = 0;
    for (size_t i = 0; !is_enough(runs, spent_ns, options->runs); i++) {
        struct process_result result;
        if (interrupt_check(err) < 0 || process_run(spawner, spec, &result, err) < 0)
            return -1;
        if (!process_succeeded(&result)) {
            AUTO_FREE char *end = process_describe(spec, &result);
            return error_set(err, ERROR_BENCHMARK, "run %zu of '%s' %s", i + 1,
                             spec->argv->items[0], end);
        }
        if (i < options->warmup)
            continue;
        spent_ns += result.wall_ns;
        *array_push(runs) = result;
        show_progress(progress, runs, spent_ns);
    }
    return 0;
}

int measure_one(struct spawner *spawner,
                const struct strvec *argv,
                const struct measure_options *options,
                struct error *err)
{
    AUTO_STRVEC struct strvec environment = { 0 };
    AUTO_RUNS struct runs runs = { 0 };
    environment_scrub(NULL, NULL, &environment);
    struct process_spec spec = { .argv = argv,
                                 .environment = &environment,
                                 .timeout_ns = options->timeout_ns,
                                 .cpu = PROCESS_ANY_CPU,
                                 .is_raised = options->may_raise };
    struct progress progress;
    progress_init(&progress);
    int ran = run_all(spawner, &spec, options, &progress, &runs, err);
    progress_wipe(&progress);
    if (ran < 0 || export_runs(&options->exports, argv, &runs, err) < 0)
        return -1;

    AUTO_STR struct str text = STR_INIT;
    figures_add_table(argv, &runs, &text);
    AUTO_FREE char *counted = accounting_describe(spawner_accounting(spawner));
    AUTO_FREE char *priority = measuring_priority(options->may_raise, spawner);
    str_addf(&text, "\ncounted: %s\npriority: %s\n", counted, priority);
    return print_out(&text, err) < 0 ? -1 : EXIT_PASS;
}
