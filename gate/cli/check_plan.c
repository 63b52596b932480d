/* What a check would take, from a few pairs of each bench. */
#include "gate/base/error.h"
#include "gate/base/log.h"
#include "gate/base/random.h"
#include "gate/base/str.h"
#include "gate/base/units.h"
#include "gate/cli/check.h"
#include "gate/cli/command.h"
#include "gate/cli/exit_code.h"
#include "gate/cli/measuring.h"
#include "gate/verdict/forecast.h"

/* Enough for a first idea of the noise, and what a quickly decided row takes anyway. */
#define TRIAL_PAIRS 8

/* The pairs are not for keeping: no journal. */
static int run_trial_pairs(struct check *check,
                           struct experiment *experiment,
                           const struct check_trials *trials,
                           struct error *err)
{
    AUTO_SIDE_RUNNER struct side_runner runner;
    struct progress progress;
    check_fill_runner(check, &runner);
    runner.benches = trials->items;
    progress_init(&progress);
    struct measuring measuring = { .experiment = experiment,
                                   .runner = &runner.runner,
                                   .progress = &progress };
    int ran = measuring_run(&measuring, err);
    progress_wipe(&progress);
    return ran;
}

static void add_row(const struct forecast *row, size_t id_width, struct str *out)
{
    AUTO_STR struct str name = STR_INIT;
    AUTO_STR struct str pair = STR_INIT;
    AUTO_STR struct str unchanged = STR_INIT;
    str_addf(&name, "%s %s", row->bench_id, metric_name(row->metric));
    units_add_duration(&pair, row->pair_s);
    units_add_duration(&unchanged, row->pairs_unchanged * row->pair_s);
    str_addf(out, "%-*s  %7.2f %%  %8s  %7.3g %%  %6.0f, %8s  %6.0f  %7.3g %%\n",
             (int)id_width, name.data, row->noise_sd * 100, pair.data, row->margin * 100,
             row->pairs_unchanged, unchanged.data, row->pairs_doubled,
             row->margin_in_reach * 100);
}

static size_t widest_name(const struct forecasts *forecasts)
{
    size_t widest = 3;
    for (size_t i = 0; i < forecasts->count; i++) {
        const struct forecast *row = &forecasts->items[i];
        AUTO_STR struct str name = STR_INIT;
        str_addf(&name, "%s %s", row->bench_id, metric_name(row->metric));
        widest = name.length > widest ? name.length : widest;
    }
    return widest;
}

static void add_forecasts(const struct forecasts *forecasts,
                          const struct experiment_options *options,
                          struct str *out)
{
    size_t width = widest_name(forecasts);
    str_addf(out, "%-*s  %9s  %8s  %9s  %16s  %6s  %9s\n", (int)width, "row", "noise",
             "a pair", "margin", "ok after", "slower", "in reach");
    for (size_t i = 0; i < forecasts->count; i++)
        add_row(&forecasts->items[i], width, out);
    str_add(
        out,
        "\nok after: pairs and time until no change is called ok. slower: pairs "
        "until twice the margin\nis called regressed. in reach: the smallest margin "
        "that an even share of the budget pays for.\nAll from 8 pairs each: rough.\n");
    str_add(out, "\nwithout a change, all of it takes about ");
    units_add_duration(out, forecast_total_s(forecasts, options->max_pairs));
    str_add(out, " of measuring; the budget is ");
    units_add_duration(out, (double)options->budget_ns * 1e-9);
    str_addf(out, " and %zu pairs a bench\n", options->max_pairs);
}

static void warn_of_failures(const struct experiment *experiment)
{
    for (size_t i = 0; i < experiment->trials.count; i++) {
        if (experiment->trials.items[i].state == TRIAL_FAILED)
            log_warning("%s failed while it was measured",
                        experiment->trials.items[i].plan.id);
    }
}

static int print_plan(const struct experiment *experiment,
                      const struct experiment_options *planned,
                      struct error *err)
{
    AUTO_FORECASTS struct forecasts forecasts = { 0 };
    AUTO_STR struct str text = STR_INIT;
    forecast_rows(experiment, (double)planned->budget_ns * 1e-9, planned->max_pairs,
                  &forecasts);
    warn_of_failures(experiment);
    if (forecasts.count)
        add_forecasts(&forecasts, planned, &text);
    else
        str_add(&text, "nothing to measure\n");
    return print_out(&text, err) < 0 ? -1 : EXIT_PASS;
}

static int plan(struct check *check, struct error *err)
{
    AUTO_CHECK_TRIALS struct check_trials trials = { 0 };
    AUTO(experiment_clear) struct experiment experiment;
    struct experiment_options planned = check_experiment_options(check);
    struct experiment_options tried = planned;
    tried.max_pairs = TRIAL_PAIRS;
    tried.seed = check->options.seed;
    if (!check->options.has_seed && random_seed(&tried.seed, err) < 0)
        return -1;
    experiment_init(&experiment, &tried);
    check_add_trials(&check->gate, &experiment, &trials);
    if (trials.count)
        check_announce(check, "trying", &experiment);
    if (check_open_counter(check, &experiment, err) < 0 ||
        run_trial_pairs(check, &experiment, &trials, err) < 0 ||
        check_tear_down(check, &check->gate, &experiment, 0, err) < 0)
        return -1;
    return print_plan(&experiment, &planned, err);
}

int check_plan(struct check *check, struct error *err)
{
    if (check->options.shard_count)
        return error_set(err, ERROR_USAGE,
                         "a plan is of a whole gate: leave --shard out");
    if (check_find_sides(check, err) < 0 || check_list_benches(check, err) < 0 ||
        check_build_sides(check, err) < 0 || check_skip_identical(check, err) < 0 ||
        check_same_work(check, &check->gate, err) < 0 || check_waive(check, err) < 0)
        return -1;
    return plan(check, err);
}
