/* The anchor and the creep margins of pawl.json. */
#include "gate/config/changes.h"
#include "tests/unit/config/config_errors.h"

static const struct benchmark *first_benchmark(const struct config *config)
{
    return &config->suites[0].benchmarks[0];
}

static void creep_margin_is_twice_the_margin_where_none_is_given(void **state)
{
    (void)state;
    struct config *config =
        parse_good(TOP("\"margins\": {\"peak_rss\": [\"5%\", \"1MiB\"]}"));

    struct margin margin =
        benchmark_creep_margin(first_benchmark(config), METRIC_PEAK_RSS);

    assert_true(margin.is_gated);
    assert_close(margin.share, 0.10, 1e-12);
    assert_close(margin.floor, 2 << 20, 1e-9);
    config_free(config);
}

static void given_creep_margin_stands_for_itself(void **state)
{
    (void)state;
    struct config *config = parse_good(TOP("\"creep_margins\": {\"cpu\": \"7%\"}"));

    struct margin margin = benchmark_creep_margin(first_benchmark(config), METRIC_CPU);

    assert_true(margin.is_gated);
    assert_close(margin.share, 0.07, 1e-12);
    assert_close(benchmark_creep_margin(first_benchmark(config), METRIC_WALL).share, 0.10,
                 1e-12);
    config_free(config);
}

static void benchmarks_own_creep_margin_comes_first(void **state)
{
    (void)state;
    struct config *config = parse_good(
        "{\"version\": 1, \"creep_margins\": {\"cpu\": \"7%\", \"wall\": \"8%\"}, "
        "\"suites\": [{\"name\": \"s\", \"benchmarks\": [{\"name\": \"b\", \"run\": "
        "\"true\", \"creep_margins\": {\"cpu\": \"3%\"}}]}]}");

    assert_close(benchmark_creep_margin(first_benchmark(config), METRIC_CPU).share, 0.03,
                 1e-12);
    assert_close(benchmark_creep_margin(first_benchmark(config), METRIC_WALL).share, 0.08,
                 1e-12);
    config_free(config);
}

static void row_without_a_margin_has_no_creep_margin_either(void **state)
{
    (void)state;
    struct config *config = parse_good(TOP("\"creep_margins\": {\"wall\": \"none\"}"));

    assert_false(benchmark_creep_margin(first_benchmark(config), METRIC_WALL).is_gated);
    assert_false(benchmark_creep_margin(first_benchmark(config), METRIC_SYSTEM).is_gated);
    config_free(config);
}

static void anchor_is_kept_as_written(void **state)
{
    (void)state;
    struct config *config = parse_good(TOP("\"anchor\": \"v1.0\""));

    assert_string_equal(config->anchor, "v1.0");
    config_free(config);
}

static void wrong_ones_are_named(void **state)
{
    (void)state;
    const struct bad cases[] = {
        { TOP("\"anchor\": 1"), "3, column 3: 'anchor' must be the name of a tag, a "
                                "branch or a commit, not 1" },
        { TOP("\"anchor\": \"\""), "3, column 3: 'anchor' must be the name of a tag, a "
                                   "branch or a commit, not \"\"" },
        { TOP("\"creep_margins\": {\"system\": \"7%\"}"),
          "3, column 21: 'creep_margins.system' is a creep margin of what no benchmark is "
          "judged by: give 'system' a margin too" },
        { BENCH("\"name\": \"b\", \"run\": \"true\", \"creep_margins\": {\"user\": "
                "\"7%\"}"),
          "4, column 51: 'suites[0].benchmarks[0].creep_margins.user' is a creep margin "
          "of what the benchmark is not judged by: give 'user' a margin too" },
    };

    assert_refused(cases);
}

static void assert_changes(const char *base_text, const char *head_text, const char *want)
{
    struct config *base = parse_good(base_text);
    struct config *head = parse_good(head_text);
    struct strvec changes = { 0 };

    config_gate_changes(base, head, &changes);

    char *got = changes.count ? strvec_join(&changes, "\n") : str_format("%s", "");
    assert_string_equal(got, want);
    free(got);
    strvec_clear(&changes);
    config_free(base);
    config_free(head);
}

static void changes_are_told(void **state)
{
    (void)state;
    assert_changes(TOP("\"anchor\": \"v1.0\""),
                   TOP("\"anchor\": \"v2.0\", \"creep_margins\": {\"cpu\": \"9%\"}"),
                   "anchor: v1.0 on base, v2.0 on head\n"
                   "creep margin of cpu: 2 times the margin on base, 9 % on head");
    assert_changes(BENCH("\"name\": \"b\", \"run\": \"true\""),
                   BENCH("\"name\": \"b\", \"run\": \"true\", \"creep_margins\": "
                         "{\"cpu\": \"9%\"}"),
                   "creep margin of cpu for 'b': 2 times the margin on base, 9 % on "
                   "head");
}

static void limits_of_stored_sessions_are_read_and_told(void **state)
{
    (void)state;
    struct config *config =
        parse_good(TOP("\"stale\": {\"commits\": 7, \"age\": \"2d\"}"));
    assert_int_equal(config->stale.commits, 7);
    assert_int_equal(config->stale.age_s, 2 * 86400);
    config_free(config);
    assert_changes(TOP("\"env\": {}"), TOP("\"stale\": {\"commits\": 7}"),
                   "stored sessions are stale beyond: 50 commits or 30 days on base, 7 "
                   "commits or 30 days on head");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(creep_margin_is_twice_the_margin_where_none_is_given),
        cmocka_unit_test(given_creep_margin_stands_for_itself),
        cmocka_unit_test(benchmarks_own_creep_margin_comes_first),
        cmocka_unit_test(row_without_a_margin_has_no_creep_margin_either),
        cmocka_unit_test(anchor_is_kept_as_written),
        cmocka_unit_test(wrong_ones_are_named),
        cmocka_unit_test(changes_are_told),
        cmocka_unit_test(limits_of_stored_sessions_are_read_and_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
