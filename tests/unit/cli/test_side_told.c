/* What runs tell of themselves, read back by the runner that started them. */
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/file.h"
#include "gate/base/str.h"
#include "gate/cli/side_told.h"
#include "tests/support/check.h"
#include "tests/unit/cli/side_fixture.h"

/* 990 operations of 1 ms, 9 of 3 ms and one of 8 ms; the resolution is 2^-10. */
#define THOUSAND \
    "{{\\\"samples\\\":[1,3,8],\\\"counts\\\":[990,9,1],\\\"unit\\\":\\\"ms\\\"}}"

static double reading(const struct pair *pair, enum side side, enum metric metric)
{
    return pair_value(pair, side, metric);
}

static bool tells(const struct pair *pair, enum metric metric)
{
    return pair->readings[SIDE_BASE].known & METRIC_BIT(metric);
}

static void assert_percentiles(const struct pair *pair, enum side side)
{
    assert_close(reading(pair, side, METRIC_P50), 1e-3, 1e-6);
    assert_close(reading(pair, side, METRIC_P95), 1e-3, 1e-6);
    assert_close(reading(pair, side, METRIC_P99), 1e-3, 1e-6);
    assert_close(reading(pair, side, METRIC_MAX), 8e-3, 1e-15);
}

static void printed_samples_become_readings_of_each_side(void **state)
{
    struct side_fixture *f = *state;
    struct pair pair = { 0 };

    side_use_bench(f, "\"run\": \"echo '" THOUSAND "'\", \"samples\": \"stdout\"");
    side_run_pair(f, &pair);

    assert_percentiles(&pair, SIDE_BASE);
    assert_percentiles(&pair, SIDE_HEAD);
    assert_null(side_runner_failure(&f->runner));
    assert_int_equal(f->runner.told.operations, 1000);
}

static void samples_are_read_from_a_file_before_the_teardown(void **state)
{
    struct side_fixture *f = *state;
    struct pair pair = { 0 };

    side_use_bench(f,
                   "\"run\": \"echo '" THOUSAND "' >{work}/times; echo not read\", "
                   "\"samples\": \"{work}/times\", \"teardown\": [\"rm {work}/times\"]");
    side_run_pair(f, &pair);

    assert_percentiles(&pair, SIDE_BASE);
    assert_percentiles(&pair, SIDE_HEAD);
}

static void samples_of_the_run_before_are_not_this_ones(void **state)
{
    struct side_fixture *f = *state;
    struct pair pair = { .head_ran_first = true };
    struct pair again = { .head_ran_first = true };

    /* Both sides in one {work}, and the program adds to its file. */
    f->bench.places[SIDE_HEAD].scratch = f->bench.places[SIDE_BASE].scratch;
    side_use_bench(f, "\"run\": \"echo $((1 + $(wc -l <../log)))ms >>{work}/times; "
                      "echo x >>../log\", \"samples\": \"{work}/times\"");
    sandbox_write(f->sandbox, "log", "");
    side_run_pair(f, &pair);
    side_run_pair(f, &again);

    assert_close(reading(&pair, SIDE_HEAD, METRIC_MAX), 1e-3, 1e-12);
    assert_close(reading(&pair, SIDE_BASE, METRIC_MAX), 2e-3, 1e-12);
    assert_close(reading(&again, SIDE_HEAD, METRIC_MAX), 3e-3, 1e-12);
}

static void a_bench_without_them_tells_nothing(void **state)
{
    struct side_fixture *f = *state;
    struct pair pair = { 0 };

    side_use_bench(f, "\"run\": \"echo 12; echo not a sample\"");
    side_run_pair(f, &pair);

    assert_int_equal(pair.readings[SIDE_BASE].known, 0);
    assert_false(file_exists(sandbox_file(f->sandbox, "work-a/stdout")));
}

static double wall_s(const struct pair *pair)
{
    return (double)pair->sides[SIDE_BASE].wall_ns / 1e9;
}

static void stated_work_gives_throughput(void **state)
{
    static const char *const stated[] = {
        "\"run\": \"true\", \"work\": \"5000 cases\"",
        "\"run\": \"true\", \"work\": \"{n} cases\", \"sizes\": { \"n\": [5000] }",
        "\"run\": \"echo '{{\\\"work\\\":5000}}'\", \"work\": \"printed cases\"",
        "\"run\": \"echo '{{\\\"work\\\":2000,\\\"unit\\\":\\\"cases\\\"}}'; echo "
        "'{{\\\"work\\\":3000,\\\"unit\\\":\\\"cases\\\"}}'\", \"work\": \"printed cases\"",
        "\"run\": \"echo 5ms >{work}/t; echo '{{\\\"work\\\":5000}}' >>{work}/t\", "
        "\"work\": \"printed\", \"samples\": \"{work}/t\"",
    };
    struct side_fixture *f = *state;

    for (size_t i = 0; i < sizeof stated / sizeof *stated; i++) {
        struct pair pair = { 0 };
        side_use_bench(f, stated[i]);
        side_run_pair(f, &pair);
        double want = 5000 / wall_s(&pair);
        assert_close(reading(&pair, SIDE_BASE, METRIC_THROUGHPUT), want, want * 1e-12);
        assert_int_equal(tells(&pair, METRIC_P50), i == 4);
        benches_clear(&f->benches);
        config_release(&f->config);
    }
}

static void what_can_not_be_understood_is_a_failure_of_the_side(void **state)
{
    static const struct {
        const char *members;
        const char *failure;
    } cases[] = {
        { "\"run\": \"echo 1; echo 1h\", \"samples\": \"stdout\"",
          "in 'stdout of base', line 2: not a sample: '1h' (allowed: a number of at least "
          "0 alone or with ns, us, ms or s, or an object with 'samples' or 'work')" },
        { "\"run\": \"true\", \"samples\": \"stdout\"",
          "in 'stdout of base': no samples" },
        { "\"run\": \"true\", \"samples\": \"{work}/sub/times\"",
          "in 'times of base': no samples, for there is no such file" },
        { "\"run\": \"echo 1\", \"samples\": \"stdout\", \"work\": \"printed\"",
          "in 'stdout of base': no line such as {\"work\":1000,\"unit\":\"cases\"}" },
        { "\"run\": \"echo '{{\\\"work\\\":1,\\\"unit\\\":\\\"MB\\\"}}'\", \"work\": "
          "\"printed cases\"",
          "in 'stdout of base': the work is in 'MB', and in pawl.json in 'cases'" },
        { "\"run\": \"mkdir {work}/d\", \"samples\": \"{work}/d\", \"teardown\": [\"rmdir "
          "{work}/d\"]",
          "cannot read" },
    };
    struct side_fixture *f = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pair pair = { 0 };
        side_use_bench(f, cases[i].members);
        side_run_pair(f, &pair);
        assert_non_null(side_runner_failure(&f->runner));
        assert_contains(side_runner_failure(&f->runner), cases[i].failure);
        assert_int_equal(pair.readings[SIDE_BASE].known, 0);
        benches_clear(&f->benches);
        config_release(&f->config);
    }
}

static void a_run_that_failed_tells_nothing(void **state)
{
    struct side_fixture *f = *state;
    struct pair pair = { 0 };

    side_use_bench(f, "\"run\": \"echo 12; exit 3\", \"samples\": \"stdout\", \"work\": "
                      "\"7\"");
    side_run_pair(f, &pair);

    assert_int_equal(pair.readings[SIDE_BASE].known, 0);
    assert_null(side_runner_failure(&f->runner));
}

static void check_doubts(const struct side_told *told, const char *want)
{
    struct strvec warnings = { 0 };
    side_told_doubt(told, "b[n=1]", &warnings);
    AUTO_FREE char *all = strvec_join(&warnings, "|");
    assert_string_equal(all, want);
    strvec_clear(&warnings);
}

static void what_makes_percentiles_doubtful_is_said(void **state)
{
    struct side_told told = { .operations = 1000, .iterations = 1, .clock_ns = 10 };
    (void)state;
    readings_set(&told.readings, METRIC_P50, 101e-9);
    check_doubts(&told, "");
    told.operations = 999;
    check_doubts(&told,
                 "b[n=1]: a run times 999 operations, and p99 stands on the slowest "
                 "hundredth of them: 1000 and more would make it steady");
    told.operations = 1000;
    told.iterations = 64;
    check_doubts(&told,
                 "b[n=1]: its samples are means of up to 64 operations each, which "
                 "hide the tail");
    told.iterations = 1;
    told.clock_ns = 11;
    check_doubts(&told,
                 "b[n=1]: a look at the clock takes 11 ns, and stands in each of its "
                 "samples, half of which are at most 101 ns");
    check_doubts(&(struct side_told){ 0 }, "");
}

#define T(name) cmocka_unit_test_setup_teardown(name, side_setup, side_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(printed_samples_become_readings_of_each_side),
        T(samples_are_read_from_a_file_before_the_teardown),
        T(samples_of_the_run_before_are_not_this_ones),
        T(a_bench_without_them_tells_nothing),
        T(stated_work_gives_throughput),
        T(what_can_not_be_understood_is_a_failure_of_the_side),
        T(a_run_that_failed_tells_nothing),
        cmocka_unit_test(what_makes_percentiles_doubtful_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
