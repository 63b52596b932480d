#include "tests/bench/replay/growths.h"

#include <math.h>

#include "gate/base/alloc.h"
#include "gate/base/strvec.h"
#include "gate/experiment/experiment.h"
#include "gate/stats/growth.h"
#include "gate/stats/holm.h"
#include "gate/stats/robust.h"
#include "gate/verdict/growth.h"
#include "gate/verdict/growth_points.h"
#include "tests/bench/replay/pawl_rule.h"

#define MARGIN     0.02
#define CEILING    1.0
#define CONFIDENCE 0.95
#define SECOND     1e9 /* what a typical run takes at the largest size */

enum {
    MOST_SIZES = 8
};

struct play {
    const struct view *view;
    const struct growths_spec *spec;
    size_t start;   /* the run that the first pair begins with */
    double typical; /* a run of the stream */
};

static double size_of(const struct growths_spec *spec, size_t i)
{
    return pow(spec->ratio, (double)i);
}

static double cost(const struct growths_spec *spec, size_t i, double power)
{
    double largest = size_of(spec, spec->sizes - 1);
    return spec->fixed + (1 - spec->fixed) * pow(size_of(spec, i) / largest, power);
}

static void run_side(const struct play *play, struct order *order, enum side side)
{
    bool is_second = (side == SIDE_HEAD) != order->pair.head_ran_first;
    double run = view_run(play->view, play->start, 2 * order->pair.position + is_second);
    double power = side == SIDE_HEAD ? play->spec->head_power : play->spec->base_power;
    int64_t value_ns =
        (int64_t)(run / play->typical * SECOND * cost(play->spec, order->trial, power));
    order->pair.sides[side] = (struct process_result){ .end = PROCESS_EXITED,
                                                       .wall_ns = value_ns,
                                                       .user_ns = value_ns };
}

static void run_all(const struct play *play, struct experiment *experiment)
{
    struct order order;
    while (experiment_next(experiment, 0, &order)) {
        run_side(play, &order, SIDE_BASE);
        run_side(play, &order, SIDE_HEAD);
        experiment_record(experiment, order.trial, &order.pair);
    }
    experiment_finish(experiment);
}

static bool has_regressed(const struct experiment *experiment)
{
    double p[MOST_SIZES];
    size_t count = experiment->trials.count;
    for (size_t i = 0; i < count; i++)
        p[i] = experiment->trials.items[i].rows[0].tests.p_regressed;
    holm_adjust(p, count, p);
    for (size_t i = 0; i < count; i++) {
        if (p[i] <= experiment->options.false_alarm)
            return true;
    }
    return false;
}

static bool lies_in(const struct interval *interval, double value)
{
    return interval->low <= value && value <= interval->high;
}

static void tally(const struct growth_data *data,
                  const struct growths_spec *spec,
                  struct growths *sums)
{
    const struct growth_allowance *allowance = growth_allowance_of(METRIC_CPU);
    double most = CEILING + allowance->ceiling_tolerance;
    struct growth_comparison comparison =
        growth_compare(data, allowance->base_tolerance, CONFIDENCE);
    struct interval interval = growth_interval(data, GROWTH_HEAD, CONFIDENCE);
    double p[] = { comparison.p_faster, growth_p_above(data, GROWTH_HEAD, most) };
    double alpha = PAWL_FALSE_ALARM * GROWTH_SHARE_OF_ERRORS;
    double exponent = growth_fit(data, GROWTH_HEAD).exponent;

    sums->faster_5 += p[0] <= 0.05;
    sums->above_5 += p[1] <= 0.05;
    holm_adjust(p, 2, p);
    sums->faster += p[0] <= alpha;
    sums->above += p[1] <= alpha;
    sums->ok += p[0] > alpha && p[1] > alpha && comparison.p_within <= PAWL_MISS &&
                growth_p_below(data, GROWTH_HEAD, most) <= PAWL_MISS;
    sums->exponent += exponent;
    sums->error_sd += exponent * exponent;
    sums->covered += lies_in(&interval, spec->head_power);
    sums->difference_covered +=
        lies_in(&comparison.interval, spec->head_power - spec->base_power);
}

static void judge(const struct experiment *experiment,
                  const struct growths_spec *spec,
                  struct growths *sums)
{
    struct growth_point points[MOST_SIZES];
    struct growth_data data = { points, spec->sizes,
                                growth_allowance_of(METRIC_CPU)->least_rise };
    sums->pairs += (double)experiment->pairs_run;
    sums->regressed += has_regressed(experiment);
    for (size_t i = 0; i < spec->sizes; i++) {
        if (!growth_point_of(&experiment->trials.items[i].pairs, METRIC_CPU, &points[i]))
            return;
        points[i].size = size_of(spec, i);
    }
    tally(&data, spec, sums);
}

static void replay_one(const struct view *view,
                       const struct growths_spec *spec,
                       uint64_t number,
                       struct growths *sums)
{
    struct draws draws = draws_for("growth", view->stream, number);
    const struct experiment_options options = {
        .seed = draws_next(&draws),
        .false_alarm = PAWL_FALSE_ALARM * (1 - GROWTH_SHARE_OF_ERRORS),
        .miss = PAWL_MISS,
        .budget_ns = INT64_MAX,
        .max_pairs = 135,
        .warmup_pairs = 1
    };
    struct margin margins[METRIC_COUNT] = { 0 };
    AUTO_STRVEC struct strvec ids = { 0 };
    struct experiment experiment;
    struct play play = {
        .view = view,
        .spec = spec,
        .start = (size_t)draws_below(&draws, view->series->count),
        .typical = robust_median(view->series->items, view->series->count),
    };
    margins[METRIC_CPU] = (struct margin){ .is_gated = true, .share = MARGIN };
    experiment_init(&experiment, &options);
    for (size_t i = 0; i < spec->sizes; i++)
        strvec_pushf(&ids, "size-%zu", i);
    for (size_t i = 0; i < spec->sizes; i++)
        experiment_add(&experiment, ids.items[i], margins);
    run_all(&play, &experiment);
    judge(&experiment, spec, sums);
    experiment_clear(&experiment);
}

struct growths growths_replay(const struct view *view, const struct growths_spec *spec)
{
    struct growths sums = { 0 };
    double n = (double)spec->replays;
    for (uint64_t i = 0; i < spec->replays; i++)
        replay_one(view, spec, i, &sums);
    double mean = sums.exponent / n;
    return (struct growths){ .faster = sums.faster / n,
                             .above = sums.above / n,
                             .ok = sums.ok / n,
                             .regressed = sums.regressed / n,
                             .faster_5 = sums.faster_5 / n,
                             .above_5 = sums.above_5 / n,
                             .exponent = mean,
                             .error_sd = sqrt(fmax(0, sums.error_sd / n - mean * mean)),
                             .covered = sums.covered / n,
                             .difference_covered = sums.difference_covered / n,
                             .pairs = sums.pairs / n };
}
