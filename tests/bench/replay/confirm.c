#include "tests/bench/replay/confirm.h"

#include <math.h>

#include "gate/base/alloc.h"
#include "tests/bench/replay/gate_play.h"
#include "tests/bench/replay/pawl_rule.h"

/* A gate and its confirmation. */
struct gate {
    const struct view *view;
    const struct confirm_spec *spec;
    struct draws draws;
    double *changes_log;
    struct gate_play_row *rows;
};

/* The first row is the changed one: rows are drawn alike, so that any would do. */
static double change_log_of(const struct gate *gate, size_t row)
{
    return row ? 0 : log1p(gate->spec->change);
}

/* Plays the rows whose numbers are given, with layouts of their own. Returns the pairs.
 */
static size_t play(struct gate *gate, const size_t *numbers, size_t count)
{
    struct gate_play play = { .view = gate->view,
                              .margin = gate->spec->margin,
                              .changes_log = gate->changes_log,
                              .rows = count };
    play.seed = draws_next(&gate->draws);
    play.start = (size_t)draws_below(&gate->draws, gate->view->series->count);
    for (size_t i = 0; i < count; i++)
        gate->changes_log[i] = change_log_of(gate, numbers[i]) +
                               gate->spec->layout_sd * draws_normal(&gate->draws);
    return gate_play(&play, gate->rows);
}

/* Keeps the numbers of the rows that regressed. Returns how many. */
static size_t
keep_regressed(const struct gate_play_row *rows, size_t *numbers, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (rows[i].p_regressed <= PAWL_FALSE_ALARM)
            numbers[kept++] = numbers[i];
    }
    return kept;
}

static void tally(const size_t *numbers, size_t count, double *changed, double *unchanged)
{
    bool has_changed = count > 0 && numbers[0] == 0;
    *changed += has_changed;
    *unchanged += count > has_changed;
}

static void replay_gate(struct gate *gate, struct confirm *sums, double *confirmed)
{
    size_t count = gate->spec->rows;
    AUTO_FREE size_t *numbers = xcalloc(count, sizeof *numbers);
    for (size_t i = 0; i < count; i++)
        numbers[i] = i;

    sums->pairs += (double)play(gate, numbers, count);
    sums->ok +=
        gate->rows[0].p_regressed > PAWL_FALSE_ALARM && gate->rows[0].p_ok <= PAWL_MISS;
    count = keep_regressed(gate->rows, numbers, count);
    tally(numbers, count, &sums->called, &sums->cried);
    if (!count)
        return;

    *confirmed += 1;
    sums->more += (double)play(gate, numbers, count);
    count = keep_regressed(gate->rows, numbers, count);
    tally(numbers, count, &sums->held, &sums->kept_on);
}

struct confirm confirm_replay(const struct view *view, const struct confirm_spec *spec)
{
    AUTO_FREE double *changes_log = xcalloc(spec->rows, sizeof *changes_log);
    AUTO_FREE struct gate_play_row *rows = xcalloc(spec->rows, sizeof *rows);
    struct gate gate = {
        .view = view, .spec = spec, .changes_log = changes_log, .rows = rows
    };
    struct confirm sums = { 0 };
    double confirmed = 0;
    double gates = (double)spec->gates;

    for (uint64_t i = 0; i < spec->gates; i++) {
        gate.draws = draws_for("confirm", view->stream, i);
        replay_gate(&gate, &sums, &confirmed);
    }
    return (struct confirm){ .called = sums.called / gates,
                             .held = sums.held / gates,
                             .cried = sums.cried / gates,
                             .kept_on = sums.kept_on / gates,
                             .ok = sums.ok / gates,
                             .pairs = sums.pairs / gates,
                             .more = confirmed > 0 ? sums.more / confirmed : 0 };
}
