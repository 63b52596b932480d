/* Runs of harnesses: what they print becomes the readings of a pair. */
#include <stdlib.h>

#include "gate/base/error.h"
#include "tests/support/check.h"
#include "tests/unit/cli/side_fixture.h"

/* The fixture's bench as one of the names that it prints. */
static void use_name(struct side_fixture *f, const char *members, const char *name)
{
    side_use_bench(f, members);
    f->benches.items[0].printed_name = name;
    f->benches.items[0].group = "b";
    f->benches.items[0].metrics = METRIC_BIT(METRIC_WALL);
}

#define LINES "\"format\": \"lines\", "

static void each_side_tells_its_own_figures(void **state)
{
    struct side_fixture *f = *state;
    struct pair pair = { 0 };

    sandbox_must(f->sandbox, "echo 'x 3 ms' >a/printed; echo 'x 4 ms' >b/printed");
    use_name(f, LINES "\"run\": \"cat printed\"", "x");
    side_run_pair(f, &pair);

    assert_int_not_equal(pair.discard, DISCARD_UNREADABLE);
    assert_close(pair_value(&pair, SIDE_BASE, METRIC_WALL), 3e-3, 1e-15);
    assert_close(pair_value(&pair, SIDE_HEAD, METRIC_WALL), 4e-3, 1e-15);
    assert_true(pair_value(&pair, SIDE_HEAD, METRIC_PEAK_RSS) > 0);
    assert_null(side_runner_failure(&f->runner));
}

static void what_a_run_printed_is_gone_with_the_next(void **state)
{
    struct side_fixture *f = *state;
    struct pair pair = { 0 };

    use_name(f, LINES "\"run\": \"echo run >>../runs; echo x $(wc -l <../runs) s\"", "x");
    side_run_pair(f, &pair);
    side_run_pair(f, &pair);

    assert_close(pair_value(&pair, SIDE_BASE, METRIC_WALL), 3, 0);
    assert_close(pair_value(&pair, SIDE_HEAD, METRIC_WALL), 4, 0);
}

static void a_pair_without_the_name_is_unreadable(void **state)
{
    struct side_fixture *f = *state;
    struct pair pair = { 0 };

    sandbox_must(f->sandbox, "echo 'x 3 ms' >a/printed; echo 'y 4 ms' >b/printed");
    use_name(f, LINES "\"run\": \"cat printed\"", "x");
    side_run_pair(f, &pair);

    assert_int_equal(pair.discard, DISCARD_UNREADABLE);
    assert_false(pair_counts(&pair));
    assert_string_equal(side_runner_failure(&f->runner), "head did not print 'x'");
}

/* The pair of the one name is no pair of the other's, whatever became of it. */
static void names_share_the_runs_and_nothing_else(void **state)
{
    struct side_fixture *f = *state;
    struct pair pair = { 0 };

    sandbox_must(f->sandbox, "echo 'y 3 ms' >a/printed; echo 'y 4 ms' >b/printed");
    use_name(f, LINES "\"run\": \"cat printed\"", "x");
    side_run_pair(f, &pair);
    assert_int_equal(pair.discard, DISCARD_UNREADABLE);

    f->benches.items[0].printed_name = "y";
    f->runner.runner.share_pair(&f->runner.runner, 0, &pair);
    assert_int_not_equal(pair.discard, DISCARD_UNREADABLE);
    assert_close(pair_value(&pair, SIDE_HEAD, METRIC_WALL), 4e-3, 1e-15);
    assert_null(side_runner_failure(&f->runner));

    f->benches.items[0].printed_name = "x";
    f->runner.runner.share_pair(&f->runner.runner, 0, &pair);
    assert_int_equal(pair.discard, DISCARD_UNREADABLE);
    assert_true(pair.readings[SIDE_HEAD].known == 0);
}

static void results_are_taken_before_the_teardown(void **state)
{
    struct side_fixture *f = *state;
    struct pair pair = { 0 };

    use_name(f,
             LINES "\"results\": \"{work}/out\", \"run\": \"echo chatter; "
                   "echo x 3 ms >{work}/out\", \"teardown\": [\"rm {work}/out\"]",
             "x");
    side_run_pair(f, &pair);

    assert_int_not_equal(pair.discard, DISCARD_UNREADABLE);
    assert_close(pair_value(&pair, SIDE_BASE, METRIC_WALL), 3e-3, 1e-15);
}

static void results_of_an_earlier_run_are_not_read_again(void **state)
{
    struct side_fixture *f = *state;
    struct pair pair = { 0 };

    sandbox_must(f->sandbox, "echo 'x 3 ms' >work-a/out; cp work-a/out work-b/out");
    use_name(f, LINES "\"results\": \"{work}/out\", \"run\": \"true\"", "x");
    side_run_pair(f, &pair);

    assert_int_equal(pair.discard, DISCARD_UNREADABLE);
    assert_string_equal(side_runner_failure(&f->runner),
                        "head wrote nothing to '{work}/out'");
}

static void a_run_that_failed_is_not_read(void **state)
{
    struct side_fixture *f = *state;
    struct pair pair = { 0 };

    use_name(f, LINES "\"run\": \"echo x 3 ms; exit 4\"", "x");
    side_run_pair(f, &pair);

    assert_int_equal(pair.sides[SIDE_HEAD].exit_code, 4);
    assert_int_not_equal(pair.discard, DISCARD_UNREADABLE);
    assert_true(pair.readings[SIDE_HEAD].known == 0);
    assert_null(side_runner_failure(&f->runner));
}

#define T(name) cmocka_unit_test_setup_teardown(name, side_setup, side_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(each_side_tells_its_own_figures),
        T(what_a_run_printed_is_gone_with_the_next),
        T(a_pair_without_the_name_is_unreadable),
        T(names_share_the_runs_and_nothing_else),
        T(results_are_taken_before_the_teardown),
        T(results_of_an_earlier_run_are_not_read_again),
        T(a_run_that_failed_is_not_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
