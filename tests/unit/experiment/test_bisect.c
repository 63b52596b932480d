/* Whole searches over made-up histories: what each commit costs is written down, and each
 * comparison that is ordered gets pairs that show it. */
#include <math.h>

#include "gate/base/array.h"
#include "gate/experiment/bisect.h"
#include "gate/experiment/experiment.h"
#include "tests/support/check.h"
#include "tests/support/scripted.h"

#define MOST_COMMITS 64
#define MAX_PAIRS    135

/* What each commit costs more than the good end, as a share. */
struct world {
    struct lineage lineage;
    double costs[MOST_COMMITS];
    bool is_broken[MOST_COMMITS];
    double noise_sd;
    uint64_t seed;
    size_t measured; /* comparisons */
    size_t pairs;
    size_t broken; /* that were tried */
    size_t ends;   /* how often the ends were measured */
};

static struct margin two_percent[METRIC_COUNT] = { [METRIC_CPU] = { .is_gated = true,
                                                                    .share = 0.02 } };

/* A line of so many commits, of which those from `culprit` on cost so much more. */
static void make_line(struct world *world, size_t count, size_t culprit, double cost)
{
    for (size_t i = 0; i < count; i++) {
        lineage_add(&world->lineage, (const size_t[]){ i - 1 }, i ? 1 : 0);
        world->costs[i] = i >= culprit ? cost : 0;
    }
    world->noise_sd = 0.01;
    world->seed = 1;
}

static void add_step(struct world *world, size_t commit, double cost)
{
    for (size_t i = commit; i < world->lineage.count; i++)
        world->costs[i] = (1 + world->costs[i]) * (1 + cost) - 1;
}

/* How much slower the head of the comparison is than its base. */
static double change_of(const struct world *world, const struct bisect_order *order)
{
    const struct lineage_commit *head = &world->lineage.items[order->commit];
    double cost = world->costs[order->commit];
    if (order->kind != BISECT_CULPRIT || !head->parent_count)
        return cost;
    return (1 + cost) / (1 + world->costs[head->parents[0]]) - 1;
}

/* The stream of a comparison: measured longer, it goes on with the same pairs. */
static uint64_t stream_of(const struct bisect_order *order)
{
    return order->commit + (order->kind == BISECT_CULPRIT ? 1000 : 0);
}

static void
measure(struct world *world, struct bisect *bisect, const struct bisect_order *asked)
{
    struct experiment experiment;
    struct experiment_options options = scripted_options();
    struct order order;
    const struct script script = { .change = change_of(world, asked),
                                   .noise_sd = world->noise_sd };
    options.false_alarm = options.miss = asked->error;
    options.max_pairs = asked->max_pairs;
    experiment_init(&experiment, &options);
    experiment_add(&experiment, "b", asked->margins);
    while (experiment_next(&experiment, 0, &order)) {
        scripted_run(&script, world->seed, stream_of(asked), &order.pair);
        experiment_record(&experiment, order.trial, &order.pair);
    }
    experiment_finish(&experiment);
    world->measured++;
    world->pairs += experiment.pairs_run;
    bisect_take(bisect, asked, &experiment.trials.items[0]);
    experiment_clear(&experiment);
}

static void search(struct world *world, struct bisect *bisect)
{
    struct bisect_order order;
    bisect_init(bisect, &world->lineage, two_percent, MAX_PAIRS);
    for (size_t turns = 0; bisect_next(bisect, &order); turns++) {
        assert_true(turns < 100);
        world->ends += order.kind == BISECT_ENDS;
        if (world->is_broken[order.commit]) {
            world->broken++;
            bisect_take(bisect, &order, NULL);
        } else
            measure(world, bisect, &order);
    }
}

static void world_clear(struct world *world)
{
    lineage_clear(&world->lineage);
}
#define AUTO_WORLD AUTO(world_clear)

static void a_culprit_is_found_and_confirmed_wherever_it_stands(void **state)
{
    (void)state;
    for (size_t culprit = 0; culprit < 64; culprit += 7) {
        AUTO_WORLD struct world world = { 0 };
        AUTO_BISECT struct bisect bisect;
        make_line(&world, 64, culprit, 0.05);
        world.seed = culprit;

        search(&world, &bisect);

        assert_int_equal(bisect.state, BISECT_FOUND);
        assert_int_equal(bisect.suspect, culprit);
        assert_true(bisect.is_confirmed);
        assert_close(bisect.own.effect, log(1.05), 0.01);
        assert_true(world.measured - (world.ends - 1) <= 9);
        assert_true(bisect_probability(&bisect) > 0.98);
        assert_true(bisect_probability(&bisect) < 1);
    }
}

static void no_difference_stops_it_at_once(void **state)
{
    AUTO_WORLD struct world world = { 0 };
    AUTO_BISECT struct bisect bisect;
    (void)state;
    make_line(&world, 64, 10, 0);

    search(&world, &bisect);

    assert_int_equal(bisect.state, BISECT_SAME);
    assert_int_equal(world.measured, 1);
}

static void a_bad_end_that_is_better_stops_it_at_once(void **state)
{
    AUTO_WORLD struct world world = { 0 };
    AUTO_BISECT struct bisect bisect;
    (void)state;
    make_line(&world, 64, 10, -0.05);

    search(&world, &bisect);

    assert_int_equal(bisect.state, BISECT_BETTER);
    assert_int_equal(world.measured, 1);
}

static void ends_that_noise_hides_are_unclear(void **state)
{
    AUTO_WORLD struct world world = { 0 };
    AUTO_BISECT struct bisect bisect;
    (void)state;
    make_line(&world, 8, 3, 0.01);
    world.noise_sd = 0.05;

    search(&world, &bisect);

    assert_int_equal(bisect.state, BISECT_UNCLEAR);
}

static void ends_that_cannot_be_measured_end_it(void **state)
{
    AUTO_WORLD struct world world = { 0 };
    AUTO_BISECT struct bisect bisect;
    (void)state;
    make_line(&world, 8, 3, 0.05);
    world.is_broken[7] = true;

    search(&world, &bisect);

    assert_int_equal(bisect.state, BISECT_UNTOLD);
}

static void commits_in_the_way_that_cannot_be_measured_are_gone_around(void **state)
{
    AUTO_WORLD struct world world = { 0 };
    AUTO_BISECT struct bisect bisect;
    (void)state;
    make_line(&world, 64, 40, 0.03);
    world.is_broken[31] = world.is_broken[46] = true;

    search(&world, &bisect);

    assert_int_equal(bisect.state, BISECT_FOUND);
    assert_int_equal(bisect.suspect, 40);
    assert_int_equal(world.broken, 2);
    assert_true(world.measured - (world.ends - 1) <= 9);
}

static void beside_one_that_cannot_be_measured_both_are_named(void **state)
{
    AUTO_WORLD struct world world = { 0 };
    AUTO_BISECT struct bisect bisect;
    bool named[64] = { false };
    (void)state;
    make_line(&world, 16, 9, 0.05);
    world.is_broken[8] = true;

    search(&world, &bisect);

    assert_int_equal(bisect.state, BISECT_RANGE);
    assert_int_equal(suspects_name(&bisect.suspects, named), 2);
    assert_true(named[8] && named[9]);
    assert_true(bisect_probability(&bisect) > 0.9);
}

static void of_two_steps_the_larger_is_found(void **state)
{
    (void)state;
    for (size_t larger = 12; larger <= 50; larger += 38) {
        AUTO_WORLD struct world world = { 0 };
        AUTO_BISECT struct bisect bisect;
        make_line(&world, 64, larger, 0.05);
        add_step(&world, 30, 0.025);

        search(&world, &bisect);

        assert_int_equal(bisect.state, BISECT_FOUND);
        assert_int_equal(bisect.suspect, larger);
        assert_true(bisect.is_confirmed);
        assert_close(bisect.own.effect, log(1.05), 0.01);
    }
}

/* What lies between them is at the midpoint: neither as fast as good nor as slow as bad.
 */
static void of_two_equal_steps_one_is_found_by_what_lies_in_between(void **state)
{
    AUTO_WORLD struct world world = { 0 };
    AUTO_BISECT struct bisect bisect;
    bool is_any_between = false;
    (void)state;
    make_line(&world, 64, 20, 0.04);
    add_step(&world, 45, 0.04);

    search(&world, &bisect);
    for (size_t i = 0; i < 64; i++)
        is_any_between = is_any_between || bisect.commits[i].is_in_between;

    assert_int_equal(bisect.state, BISECT_FOUND);
    assert_true(bisect.suspect == 20 || bisect.suspect == 45);
    assert_close(bisect.own.effect, log(1.04), 0.01);
    assert_true(is_any_between);
}

static void a_slope_without_steps_has_no_culprit(void **state)
{
    AUTO_WORLD struct world world = { 0 };
    AUTO_BISECT struct bisect bisect;
    (void)state;
    make_line(&world, 64, 0, 0);
    for (size_t i = 0; i < 64; i++)
        world.costs[i] = 0.06 * (double)(i + 1) / 64;

    search(&world, &bisect);

    assert_true(bisect.state == BISECT_SCATTERED || bisect.state == BISECT_RANGE);
}

/* 0 - 1 - 2 - 3 ------- 8 - 9
 *      \               /
 *       4 - 5 - 6 - 7          */
static void a_culprit_on_a_branch_is_found_there(void **state)
{
    AUTO_WORLD struct world world = { 0 };
    AUTO_BISECT struct bisect bisect;
    (void)state;
    make_line(&world, 4, 64, 0);
    lineage_add(&world.lineage, (const size_t[]){ 1 }, 1);
    for (size_t i = 5; i < 8; i++)
        lineage_add(&world.lineage, (const size_t[]){ i - 1 }, 1);
    lineage_add(&world.lineage, (const size_t[]){ 3, 7 }, 2);
    lineage_add(&world.lineage, (const size_t[]){ 8 }, 1);
    for (size_t i = 6; i < 10; i++)
        world.costs[i] = 0.05;

    search(&world, &bisect);

    assert_int_equal(bisect.state, BISECT_FOUND);
    assert_int_equal(bisect.suspect, 6);
}

static void a_difference_that_is_not_known_well_is_measured_on(void **state)
{
    AUTO_WORLD struct world world = { 0 };
    AUTO_BISECT struct bisect bisect;
    (void)state;
    make_line(&world, 64, 22, 0.05);
    world.noise_sd = 0.05;

    search(&world, &bisect);

    assert_int_equal(world.ends, 2);
    assert_int_equal(bisect.suspect, 22);
    double half_width = (bisect.ends.high - bisect.ends.low) / 2;
    assert_true(half_width <= 0.3 * bisect.ends.effect);
}

/* The commit after one with the same bytes as good is the only one left. */
static void what_runs_the_same_bytes_as_good_is_fast_without_measuring(void **state)
{
    AUTO_WORLD struct world world = { 0 };
    AUTO_BISECT struct bisect bisect;
    struct bisect_order order;
    (void)state;
    make_line(&world, 3, 2, 0.05);
    bisect_init(&bisect, &world.lineage, two_percent, MAX_PAIRS);

    while (bisect_next(&bisect, &order)) {
        if (order.kind == BISECT_PROBE)
            bisect_take_identical(&bisect, &order);
        else
            measure(&world, &bisect, &order);
    }

    assert_int_equal(bisect.state, BISECT_FOUND);
    assert_int_equal(bisect.suspect, 2);
}

static void a_suspect_with_the_bytes_of_its_parent_is_given_up(void **state)
{
    AUTO_WORLD struct world world = { 0 };
    AUTO_BISECT struct bisect bisect;
    struct bisect_order order;
    (void)state;
    make_line(&world, 4, 2, 0.05);
    bisect_init(&bisect, &world.lineage, two_percent, MAX_PAIRS);

    for (size_t turns = 0; bisect_next(&bisect, &order); turns++) {
        assert_true(turns < 100);
        if (order.kind == BISECT_CULPRIT)
            bisect_take_identical(&bisect, &order);
        else
            measure(&world, &bisect, &order);
    }

    assert_true(bisect.state == BISECT_SCATTERED || bisect.state == BISECT_RANGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_culprit_is_found_and_confirmed_wherever_it_stands),
        cmocka_unit_test(no_difference_stops_it_at_once),
        cmocka_unit_test(a_bad_end_that_is_better_stops_it_at_once),
        cmocka_unit_test(ends_that_noise_hides_are_unclear),
        cmocka_unit_test(ends_that_cannot_be_measured_end_it),
        cmocka_unit_test(commits_in_the_way_that_cannot_be_measured_are_gone_around),
        cmocka_unit_test(beside_one_that_cannot_be_measured_both_are_named),
        cmocka_unit_test(of_two_steps_the_larger_is_found),
        cmocka_unit_test(of_two_equal_steps_one_is_found_by_what_lies_in_between),
        cmocka_unit_test(a_slope_without_steps_has_no_culprit),
        cmocka_unit_test(a_culprit_on_a_branch_is_found_there),
        cmocka_unit_test(a_difference_that_is_not_known_well_is_measured_on),
        cmocka_unit_test(what_runs_the_same_bytes_as_good_is_fast_without_measuring),
        cmocka_unit_test(a_suspect_with_the_bytes_of_its_parent_is_given_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
