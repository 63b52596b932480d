#include <math.h>

#include "gate/base/str.h"
#include "gate/experiment/experiment.h"
#include "gate/experiment/waiting.h"
#include "tests/support/check.h"
#include "tests/support/scripted.h"

static const struct margin by_wall[METRIC_COUNT] = { [METRIC_WALL] = { .is_gated = true,
                                                                       .share = 0.05 } };
static const struct margin by_cpu[METRIC_COUNT] = { [METRIC_CPU] = { .is_gated = true,
                                                                     .share = 0.05 } };

static int setup(void **state)
{
    static struct experiment experiment;
    const struct experiment_options options = { .seed = 1,
                                                .false_alarm = 0.01,
                                                .miss = 0.05,
                                                .budget_ns = INT64_MAX,
                                                .max_pairs = 20,
                                                .warmup_pairs = 1 };
    experiment_init(&experiment, &options);
    *state = &experiment;
    return 0;
}

static int teardown(void **state)
{
    experiment_clear(*state);
    return 0;
}

/* Adds a bench with 8 pairs of 100 ms, which waited for the given share of it. */
static void add(struct experiment *experiment,
                const char *id,
                const struct margin *margins,
                double share)
{
    experiment_add(experiment, id, margins);
    struct trial *trial = &experiment->trials.items[experiment->trials.count - 1];
    for (int i = 0; i < 9; i++) {
        struct pair pair = scripted_pair(0.1, 0.1);
        pair.is_warmup = i == 0;
        for (enum side side = 0; side < SIDE_COUNT; side++) {
            pair.sides[side].wall_ns = 100000000;
            if (share >= 0) {
                pair.sides[side].told |= METRIC_BIT(METRIC_RUN_QUEUE_WAIT);
                pair.sides[side].run_queue_wait_ns = (int64_t)(share * 1e8);
            }
        }
        trial_record(trial, &pair, 1, 20);
    }
}

static void assert_said(const struct experiment *experiment, const char *want)
{
    AUTO_STR struct str text = STR_INIT;
    waiting_describe(experiment, &text);
    assert_string_equal(text.data, want);
}

static void share_is_that_of_wall_time(void **state)
{
    struct experiment *experiment = *state;
    add(experiment, "a", by_wall, 0.25);

    assert_close(waiting_share(&experiment->trials.items[0]), 0.25, 1e-9);
}

static void share_is_that_of_the_run_and_not_of_an_operation(void **state)
{
    struct experiment *experiment = *state;
    add(experiment, "micro/Read", by_wall, 0.25);
    struct trial *trial = &experiment->trials.items[0];
    for (size_t i = 0; i < trial->pairs.count; i++)
        for (enum side side = 0; side < SIDE_COUNT; side++)
            readings_set(&trial->pairs.items[i].readings[side], METRIC_WALL, 2e-6);

    assert_close(waiting_share(trial), 0.25, 1e-9);
}

static void unknown_waits_have_no_share(void **state)
{
    struct experiment *experiment = *state;
    add(experiment, "a", by_wall, -1);

    assert_true(isnan(waiting_share(&experiment->trials.items[0])));
    assert_said(experiment, "");
}

static void bench_without_pairs_has_no_share(void **state)
{
    struct experiment *experiment = *state;
    experiment_add(experiment, "a", by_wall);

    assert_true(isnan(waiting_share(&experiment->trials.items[0])));
    assert_said(experiment, "");
}

static void little_waiting_is_not_worth_a_word(void **state)
{
    struct experiment *experiment = *state;
    add(experiment, "a", by_wall, 0.04);

    assert_said(experiment, "");
}

static void waiting_does_not_matter_to_cpu_time(void **state)
{
    struct experiment *experiment = *state;
    add(experiment, "a", by_cpu, 0.5);

    assert_said(experiment, "");
}

static void the_bench_that_waited_most_is_named(void **state)
{
    struct experiment *experiment = *state;
    add(experiment, "a", by_wall, 0.08);
    add(experiment, "b[n=10]", by_wall, 0.25);
    add(experiment, "c", by_wall, 0.01);

    assert_said(experiment, "the machine was busy: runs of 2 benches judged by wall time "
                            "waited for a CPU in more than 5 % of it (most: b[n=10], "
                            "25 %)");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(share_is_that_of_wall_time),
        TEST(share_is_that_of_the_run_and_not_of_an_operation),
        TEST(unknown_waits_have_no_share),
        TEST(bench_without_pairs_has_no_share),
        TEST(little_waiting_is_not_worth_a_word),
        TEST(waiting_does_not_matter_to_cpu_time),
        TEST(the_bench_that_waited_most_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
