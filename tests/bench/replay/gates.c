#include "tests/bench/replay/gates.h"

#include <math.h>

#include "gate/base/alloc.h"
#include "tests/bench/replay/gate_play.h"
#include "tests/bench/replay/pawl_rule.h"

/* Adds what a gate said of its rows; slow_row is their number where none is slower. */
static void
tally(const struct gate_play_row *rows, size_t count, size_t slow_row, struct gates *sums)
{
    bool has_cried = false;
    for (size_t i = 0; i < count; i++) {
        bool is_regressed = rows[i].p_regressed <= PAWL_FALSE_ALARM;
        if (i == slow_row) {
            sums->found += is_regressed;
            sums->slowed += (double)rows[i].pairs;
            continue;
        }
        has_cried = has_cried || is_regressed;
        sums->ok += !is_regressed && rows[i].p_ok <= PAWL_MISS;
    }
    sums->cried += has_cried;
}

static void replay_gate(const struct view *view,
                        const struct gates_spec *spec,
                        uint64_t number,
                        struct gates *sums)
{
    size_t count = spec->rows;
    struct draws draws = draws_for("gate", view->stream, number);
    AUTO_FREE double *changes_log = xcalloc(count, sizeof *changes_log);
    AUTO_FREE struct gate_play_row *rows = xcalloc(count, sizeof *rows);
    struct gate_play play = {
        .view = view, .margin = spec->margin, .changes_log = changes_log, .rows = count
    };
    play.seed = draws_next(&draws);
    play.start = (size_t)draws_below(&draws, view->series->count);
    size_t slow_row = count;
    if (spec->change > 0) {
        slow_row = (size_t)draws_below(&draws, count);
        changes_log[slow_row] = log1p(spec->change);
    }
    sums->pairs += (double)gate_play(&play, rows);
    tally(rows, count, slow_row, sums);
}

struct gates gates_replay(const struct view *view, const struct gates_spec *spec)
{
    struct gates sums = { 0 };
    double gates = (double)spec->gates;
    size_t unchanged = spec->rows - (spec->change > 0);

    for (uint64_t i = 0; i < spec->gates; i++)
        replay_gate(view, spec, i, &sums);
    return (struct gates){ .cried = sums.cried / gates,
                           .found = sums.found / gates,
                           .ok = unchanged ? sums.ok / gates / (double)unchanged : 0,
                           .pairs = sums.pairs / gates,
                           .slowed = sums.slowed / gates };
}
