#include <math.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/interrupt.h"
#include "gate/base/str.h"
#include "gate/base/units.h"
#include "gate/cli/command.h"
#include "gate/cli/exit_code.h"
#include "gate/cli/measure.h"
#include "gate/stats/robust.h"
#include "runners/environment.h"
#include "runners/metric.h"

#define LEAST_RUNS    10
#define LEAST_TIME_NS 3000000000

struct runs {
    struct process_result *items;
    size_t count;
    size_t capacity;
};

static void runs_clear(struct runs *runs)
{
    array_clear(runs);
}

static bool is_enough(const struct runs *runs, int64_t spent_ns, size_t wanted)
{
    if (wanted)
        return runs->count >= wanted;
    return runs->count >= LEAST_RUNS && spent_ns >= LEAST_TIME_NS;
}

static int run_all(struct spawner *spawner,
                   const struct process_spec *spec,
                   const struct measure_options *options,
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
    }
    return 0;
}

static void
add_line(const struct runs *runs, enum metric metric, double *values, struct str *out)
{
    for (size_t i = 0; i < runs->count; i++) {
        values[i] = metric_value(metric, &runs->items[i]);
        if (isnan(values[i]))
            return;
    }
    struct interval interval = robust_median_interval(values, runs->count, 0.95);
    str_addf(out, "  %-22s ", metric_name(metric));
    metric_add_value(out, metric, robust_median(values, runs->count));
    if (!isinf(interval.low) && interval.high > interval.low) {
        str_add(out, "   (95 %: ");
        metric_add_value(out, metric, interval.low);
        str_add(out, " .. ");
        metric_add_value(out, metric, interval.high);
        str_add(out, ")");
    }
    str_add(out, "   min ");
    metric_add_value(out, metric, robust_quantile(values, runs->count, 0));
    str_add(out, ", max ");
    metric_add_value(out, metric, robust_quantile(values, runs->count, 1));
    str_add_char(out, '\n');
}

int measure_one(struct spawner *spawner,
                const struct strvec *argv,
                const struct measure_options *options,
                struct error *err)
{
    AUTO_STRVEC struct strvec environment = { 0 };
    AUTO(runs_clear) struct runs runs = { 0 };
    environment_scrub(NULL, NULL, &environment);
    struct process_spec spec = { .argv = argv,
                                 .environment = &environment,
                                 .timeout_ns = options->timeout_ns,
                                 .cpu = PROCESS_ANY_CPU };
    if (run_all(spawner, &spec, options, &runs, err) < 0)
        return -1;

    AUTO_STR struct str text = STR_INIT;
    AUTO_FREE char *command = strvec_join(argv, " ");
    AUTO_FREE double *values = xcalloc(runs.count, sizeof *values);
    str_addf(&text, "%s\n%zu runs; medians\n", command, runs.count);
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++)
        add_line(&runs, metric, values, &text);
    return print_out(&text, err) < 0 ? -1 : EXIT_PASS;
}
