#include "tests/bench/replay/gate_play.h"

#include <math.h>

#include "gate/base/alloc.h"
#include "gate/base/strvec.h"
#include "gate/experiment/experiment.h"
#include "gate/stats/holm.h"
#include "tests/bench/replay/pawl_rule.h"

/* Each ordered pair takes the next two runs of the stream, as the rows of a real gate
 * share the machine's time. */
static void run_side(const struct gate_play *play, struct order *order, enum side side)
{
    bool is_second = (side == SIDE_HEAD) != order->pair.head_ran_first;
    size_t index = 2 * order->pair.position + is_second;
    double value = view_run(play->view, play->start, index);
    if (side == SIDE_HEAD)
        value *= exp(play->changes_log[order->trial]);
    /* In units of a thousandth, so that rounding to whole numbers is no part of it. */
    order->pair.sides[side] =
        (struct process_result){ .end = PROCESS_EXITED,
                                 .wall_ns = (int64_t)(value * 1000) };
}

static void run_all(const struct gate_play *play, struct experiment *experiment)
{
    struct order order;
    while (experiment_next(experiment, 0, &order)) {
        run_side(play, &order, SIDE_BASE);
        run_side(play, &order, SIDE_HEAD);
        experiment_record(experiment, order.trial, &order.pair);
    }
    experiment_finish(experiment);
}

static void
fill_rows(const struct experiment *experiment, struct gate_play_row *rows, size_t count)
{
    AUTO_FREE double *p = xcalloc(count, sizeof *p);
    for (size_t i = 0; i < count; i++)
        p[i] = experiment->trials.items[i].rows[0].tests.p_regressed;
    holm_adjust(p, count, p);
    for (size_t i = 0; i < count; i++) {
        const struct trial *trial = &experiment->trials.items[i];
        rows[i] =
            (struct gate_play_row){ p[i], trial->rows[0].tests.p_ok, trial->pairs.count };
    }
}

size_t gate_play(const struct gate_play *play, struct gate_play_row *rows)
{
    struct experiment experiment;
    struct margin margins[METRIC_COUNT] = { 0 };
    AUTO_STRVEC struct strvec ids = { 0 };
    const struct experiment_options options = { .seed = play->seed,
                                                .false_alarm = PAWL_FALSE_ALARM,
                                                .miss = PAWL_MISS,
                                                .budget_ns = INT64_MAX,
                                                .max_pairs = 135,
                                                .warmup_pairs = 1 };

    margins[METRIC_WALL] = (struct margin){ .is_gated = true, .share = play->margin };
    experiment_init(&experiment, &options);
    for (size_t i = 0; i < play->rows; i++)
        strvec_pushf(&ids, "row-%zu", i);
    for (size_t i = 0; i < play->rows; i++)
        experiment_add(&experiment, ids.items[i], margins);
    run_all(play, &experiment);
    fill_rows(&experiment, rows, play->rows);
    size_t pairs = experiment.pairs_run;
    experiment_clear(&experiment);
    return pairs;
}
