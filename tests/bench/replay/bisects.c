#include "tests/bench/replay/bisects.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "gate/experiment/bisect.h"
#include "gate/experiment/experiment.h"
#include "tests/bench/replay/draws.h"

#define MARGIN    0.02
#define MAX_PAIRS 135
#define MICRO     1000 /* whole numbers of nanoseconds must not round what is fine */

struct play {
    const struct view *view;
    uint64_t replay;
    size_t at; /* the run that comes next */
    struct lineage lineage;
    double levels[BISECTS_COMMITS]; /* logs */
    double steps[BISECTS_COMMITS];  /* of each commit, logs */
    size_t broken_left;
    size_t comparisons; /* one that is measured longer is one */
    struct comparison {
        size_t number; /* from 1; 0: not measured yet */
        size_t start;  /* the run that its first pair begins with */
        size_t pairs;
    } all[BISECTS_COMMITS][3];
    size_t pairs;
};

static void place_steps(const struct bisects_spec *spec, struct play *play)
{
    struct draws draws = draws_for("culprit", play->view->stream, play->replay);
    for (size_t i = 0; i < BISECTS_STEPS && fabs(spec->steps[i]) > 0; i++) {
        size_t commit = draws_below(&draws, BISECTS_COMMITS);
        while (fabs(play->steps[commit]) > 0)
            commit = draws_below(&draws, BISECTS_COMMITS);
        play->steps[commit] = log1p(spec->steps[i]);
    }
    double level = 0;
    for (size_t i = 0; i < BISECTS_COMMITS; i++) {
        level += play->steps[i] + log1p(spec->slope) / BISECTS_COMMITS;
        play->levels[i] = level;
    }
}

static void open_play(const struct view *view,
                      const struct bisects_spec *spec,
                      uint64_t replay,
                      struct play *play)
{
    *play = (struct play){ .view = view,
                           .replay = replay,
                           .at = deal_start(view, 2000, replay),
                           .broken_left = spec->broken };
    for (size_t i = 0; i < BISECTS_COMMITS; i++)
        lineage_add(&play->lineage, (const size_t[]){ i - 1 }, i ? 1 : 0);
    place_steps(spec, play);
}

static double change_of(const struct play *play, const struct bisect_order *asked)
{
    double level = play->levels[asked->commit];
    bool is_culprit = asked->kind == BISECT_CULPRIT && asked->commit > 0;
    return is_culprit ? level - play->levels[asked->commit - 1] : level;
}

static void
run_side(const struct play *play, size_t start, double change, struct order *order)
{
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        bool is_second = (side == SIDE_HEAD) != order->pair.head_ran_first;
        double run = view_run(play->view, start, 2 * order->pair.position + is_second);
        double value = run * (side == SIDE_HEAD ? exp(change) : 1) * MICRO;
        order->pair.sides[side] = (struct process_result){ .end = PROCESS_EXITED,
                                                           .wall_ns = (int64_t)value,
                                                           .user_ns = (int64_t)value };
    }
}

/* Each comparison has coins and runs of its own; one that is measured longer goes on with
 * them. */
static struct comparison *find_comparison(struct play *play,
                                          const struct bisect_order *asked)
{
    struct comparison *comparison = &play->all[asked->commit][asked->kind];
    if (!comparison->number) {
        comparison->number = ++play->comparisons;
        comparison->start = play->at;
    }
    return comparison;
}

static uint64_t seed_of(const struct play *play, const struct comparison *comparison)
{
    struct draws seed = draws_for("seed", play->view->stream, play->replay);
    for (size_t i = 1; i < comparison->number; i++)
        (void)draws_next(&seed);
    return draws_next(&seed);
}

static void keep_count(struct play *play, struct comparison *comparison, size_t pairs)
{
    if (pairs <= comparison->pairs)
        return;
    play->pairs += pairs - comparison->pairs;
    comparison->pairs = pairs;
    play->at = comparison->start + 2 * pairs;
}

static void
compare(struct play *play, struct bisect *bisect, const struct bisect_order *asked)
{
    struct experiment experiment;
    struct order order;
    struct comparison *comparison = find_comparison(play, asked);
    const struct experiment_options options = { .seed = seed_of(play, comparison),
                                                .false_alarm = asked->error,
                                                .miss = asked->error,
                                                .budget_ns = INT64_MAX,
                                                .max_pairs = asked->max_pairs,
                                                .warmup_pairs = 1 };
    experiment_init(&experiment, &options);
    experiment_add(&experiment, "row", asked->margins);
    while (experiment_next(&experiment, 0, &order)) {
        run_side(play, comparison->start, change_of(play, asked), &order);
        experiment_record(&experiment, order.trial, &order.pair);
    }
    experiment_finish(&experiment);
    keep_count(play, comparison, experiment.pairs_run);
    bisect_take(bisect, asked, &experiment.trials.items[0]);
    experiment_clear(&experiment);
}

static void play_through(struct play *play, struct bisect *bisect)
{
    struct margin margins[METRIC_COUNT] = { [METRIC_CPU] = { .is_gated = true,
                                                             .share = MARGIN } };
    struct bisect_order order;
    bisect_init(bisect, &play->lineage, margins, MAX_PAIRS);
    while (bisect_next(bisect, &order)) {
        if (order.kind == BISECT_PROBE && play->broken_left &&
            !(fabs(play->steps[order.commit]) > 0) &&
            !(fabs(play->steps[order.commit + 1]) > 0)) {
            play->broken_left--;
            bisect_take(bisect, &order, NULL);
        } else
            compare(play, bisect, &order);
    }
}

static double largest_step(const struct play *play)
{
    double largest = 0;
    for (size_t i = 0; i < BISECTS_COMMITS; i++)
        largest = fmax(largest, play->steps[i]);
    return largest;
}

static void
judge_found(const struct play *play, const struct bisect *bisect, struct bisects *sum)
{
    double step = play->steps[bisect->suspect];
    sum->found++;
    sum->stated += bisect_probability(bisect);
    sum->right += step > 0;
    sum->wrong += !(step > 0);
    sum->largest += step > 0 && step >= largest_step(play);
}

static void
judge_range(const struct play *play, const struct bisect *bisect, struct bisects *sum)
{
    bool named[BISECTS_COMMITS] = { false };
    bool has_step = false;
    suspects_name(&bisect->suspects, named);
    for (size_t i = 0; i < BISECTS_COMMITS; i++)
        has_step = has_step || (named[i] && play->steps[i] > 0);
    sum->range++;
    sum->range_right += has_step;
}

static void
add_up(const struct play *play, const struct bisect *bisect, struct bisects *sum)
{
    sum->pairs += (double)play->pairs;
    if (bisect->state == BISECT_SAME || bisect->state == BISECT_BETTER) {
        sum->same++;
        return;
    }
    sum->comparisons += (double)play->comparisons;
    sum->most = fmax(sum->most, (double)play->comparisons);
    if (bisect->state == BISECT_FOUND)
        judge_found(play, bisect, sum);
    else if (bisect->state == BISECT_RANGE)
        judge_range(play, bisect, sum);
    else
        sum->gave_up++;
}

struct bisects bisects_replay(const struct view *view, const struct bisects_spec *spec)
{
    struct bisects sum = { 0 };
    for (size_t i = 0; i < spec->replays; i++) {
        struct play play;
        struct bisect bisect;
        open_play(view, spec, i, &play);
        play_through(&play, &bisect);
        add_up(&play, &bisect, &sum);
        bisect_clear(&bisect);
        lineage_clear(&play.lineage);
    }
    double count = (double)spec->replays;
    double searched = fmax(count - sum.same, 1);
    return (struct bisects){ .found = sum.found / count,
                             .right = sum.right / count,
                             .largest = sum.largest / count,
                             .wrong = sum.wrong / count,
                             .range = sum.range / count,
                             .range_right = sum.range_right / count,
                             .gave_up = sum.gave_up / count,
                             .same = sum.same / count,
                             .stated = sum.stated / fmax(sum.found, 1),
                             .comparisons = sum.comparisons / searched,
                             .most = sum.most,
                             .pairs = sum.pairs / count };
}

void bisects_print(const char *title, const struct view *view, size_t replays)
{
    const struct bisects_spec specs[] = {
        { "nothing", { 0 }, 0, 0, replays },
        { "one step of 2 %", { 0.02 }, 0, 0, replays },
        { "one step of 3 %", { 0.03 }, 0, 0, replays },
        { "one step of 3 %, two commits broken", { 0.03 }, 0, 2, replays },
        { "one step of 5 %", { 0.05 }, 0, 0, replays },
        { "one step of 5 %, two commits broken", { 0.05 }, 0, 2, replays },
        { "one step of 20 %", { 0.2 }, 0, 0, replays },
        { "steps of 3 % and 2 %", { 0.03, 0.02 }, 0, 0, replays },
        { "two steps of 2.5 %", { 0.025, 0.025 }, 0, 0, replays },
        { "steps of 3, 2 and 1 %", { 0.03, 0.02, 0.01 }, 0, 0, replays },
        { "five steps of 2 %", { 0.02, 0.02, 0.02, 0.02, 0.02 }, 0, 0, replays },
        { "+4 % and later -2 % or before", { 0.04, -0.015 }, 0, 0, replays },
        { "a slope of 5 % over all", { 0 }, 0.05, 0, replays },
    };
    printf(
        "\n%s: bisection over 64 commits, margin 2 %%, at most 135 pairs at first, %zu "
        "replays\n\n"
        "| between good and bad | names one: right | the largest | wrong | stated "
        "probability | names several: a step among them | none | gave up | no "
        "difference | comparisons (most) | pairs |\n"
        "|---|---|---|---|---|---|---|---|---|---|---|\n",
        title, replays);
    for (size_t i = 0; i < sizeof specs / sizeof *specs; i++) {
        struct bisects found = bisects_replay(view, &specs[i]);
        printf(
            "| %s | %.4f | %.4f | %.4f | %.4f | %.4f | %.4f | %.4f | %.4f | %.1f (%.0f) "
            "| %.0f |\n",
            specs[i].name, found.right, found.largest, found.wrong, found.stated,
            found.range_right, found.range - found.range_right, found.gave_up, found.same,
            found.comparisons, found.most, found.pairs);
        fflush(stdout);
    }
}
