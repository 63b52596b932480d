#include "tests/bench/replay/gates.h"

#include <assert.h>
#include <time.h>

#include "gate/base/alloc.h"
#include "gate/base/strvec.h"
#include "gate/experiment/experiment.h"
#include "gate/stats/holm.h"
#include "tests/bench/replay/pawl_rule.h"

/* A gate under way: each ordered pair takes the next two runs of the stream, as the rows
 * of a real gate share the machine's time. */
struct gate {
    const struct view *view;
    const struct gates_spec *spec;
    struct experiment experiment;
    size_t start;
    size_t slow_row; /* spec->rows for none */
};

static void run_side(const struct gate *gate, struct order *order, enum side side)
{
    struct process_result *run = &order->pair.sides[side];
    bool is_second = (side == SIDE_HEAD) != order->pair.head_ran_first;
    size_t index = 2 * order->pair.position + is_second;
    double value = view_run(gate->view, gate->start, index);
    if (side == SIDE_HEAD && order->trial == gate->slow_row)
        value *= 1 + gate->spec->change;
    /* In units of a thousandth, so that rounding to whole numbers is no part of it. */
    *run = (struct process_result){ .end = PROCESS_EXITED,
                                    .wall_ns = (int64_t)(value * 1000) };
}

static void run_all(struct gate *gate)
{
    struct order order;
    while (experiment_next(&gate->experiment, 0, &order)) {
        run_side(gate, &order, SIDE_BASE);
        run_side(gate, &order, SIDE_HEAD);
        experiment_record(&gate->experiment, order.trial, &order.pair);
    }
    experiment_finish(&gate->experiment);
}

static void tally(const struct gate *gate, struct gates *sums)
{
    size_t rows = gate->spec->rows;
    bool has_cried = false;
    AUTO_FREE double *p = xcalloc(rows, sizeof *p);
    for (size_t i = 0; i < rows; i++)
        p[i] = gate->experiment.trials.items[i].rows[0].tests.p_regressed;
    holm_adjust(p, rows, p);
    for (size_t i = 0; i < rows; i++) {
        const struct trial *trial = &gate->experiment.trials.items[i];
        bool is_regressed = p[i] <= PAWL_FALSE_ALARM;
        if (i == gate->slow_row) {
            sums->found += is_regressed;
            sums->slowed += (double)trial->pairs.count;
            continue;
        }
        has_cried = has_cried || is_regressed;
        sums->ok += !is_regressed && trial->rows[0].tests.p_ok <= PAWL_MISS;
    }
    sums->cried += has_cried;
    sums->pairs += (double)gate->experiment.pairs_run;
}

static void replay_gate(struct gate *gate,
                        uint64_t number,
                        const struct strvec *ids,
                        const struct margin *margins,
                        struct gates *sums)
{
    struct draws draws = draws_of("gate", number);
    const struct experiment_options options = { .seed = draws_next(&draws),
                                                .false_alarm = PAWL_FALSE_ALARM,
                                                .miss = PAWL_MISS,
                                                .budget_ns = INT64_MAX,
                                                .max_pairs = 135,
                                                .warmup_pairs = 1 };
    size_t rows = gate->spec->rows;
    gate->start = (size_t)draws_below(&draws, gate->view->series->count);
    gate->slow_row = gate->spec->change > 0 ? (size_t)draws_below(&draws, rows) : rows;
    assert(ids->items);
    experiment_init(&gate->experiment, &options);
    for (size_t i = 0; i < rows; i++)
        experiment_add(&gate->experiment, ids->items[i], margins);
    run_all(gate);
    tally(gate, sums);
    experiment_clear(&gate->experiment);
}

struct gates gates_replay(const struct view *view, const struct gates_spec *spec)
{
    clock_t begin = clock();
    struct gate gate = { .view = view, .spec = spec };
    struct gates sums = { 0 };
    struct margin margins[METRIC_COUNT] = { 0 };
    AUTO_STRVEC struct strvec ids = { 0 };
    double gates = (double)spec->gates;
    size_t unchanged = spec->rows - (spec->change > 0);

    margins[METRIC_WALL] = (struct margin){ .is_gated = true, .share = spec->margin };
    for (size_t i = 0; i < spec->rows; i++)
        strvec_pushf(&ids, "row-%zu", i);
    for (uint64_t i = 0; i < spec->gates; i++)
        replay_gate(&gate, i, &ids, margins, &sums);
    return (struct gates){ .cried = sums.cried / gates,
                           .found = sums.found / gates,
                           .ok = unchanged ? sums.ok / gates / (double)unchanged : 0,
                           .pairs = sums.pairs / gates,
                           .slowed = sums.slowed / gates,
                           .seconds = (double)(clock() - begin) / CLOCKS_PER_SEC };
}
