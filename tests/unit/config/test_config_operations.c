/* "samples" and "work", and the margins and goals that need them. */
#include <math.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/config/bench.h"
#include "gate/config/changes.h"
#include "tests/unit/config/full_config.h"

#define CONFIG(top, keys)                                                              \
    "{\"version\": 1, " top "\"suites\": [{\"name\": \"s\", \"benchmarks\": [\n{" keys \
    ", \"name\": \"b\", \"run\": \"a\", \"sizes\": {\"n\": [10, 2.5], \"m\": [\"x\"]}}]}]}"
#define BENCH(keys) CONFIG("", keys)
#define B           "suites[0].benchmarks[0]"

static const struct benchmark *benchmark_of(const struct config *config)
{
    return &config->suites[0].benchmarks[0];
}

static void samples_are_on_stdout_or_in_a_file(void **state)
{
    static const struct {
        const char *text;
        const char *samples;
    } table[] = {
        { BENCH("\"samples\": \"stdout\""), "stdout" },
        { BENCH("\"samples\": \"{work}/times-{n}.txt\""), "{work}/times-{n}.txt" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct config *config = parse_good(table[i].text);
        assert_string_equal(benchmark_of(config)->samples, table[i].samples);
        config_free(config);
    }
}

static void work_is_a_number_a_parameter_or_printed(void **state)
{
    static const struct {
        const char *text;
        enum work_kind kind;
        double amount[2]; /* of the bench with n=10 and of that with n=2.5; -1: NAN */
        const char *unit;
    } table[] = {
        { BENCH("\"work\": \"100000 cases\""), WORK_GIVEN, { 1e5, 1e5 }, "cases" },
        { BENCH("\"work\": \"2.5  MB read\""), WORK_GIVEN, { 2.5, 2.5 }, "MB read" },
        { BENCH("\"work\": \"7\""), WORK_GIVEN, { 7, 7 }, "" },
        { BENCH("\"work\": \"{n} cases\""), WORK_PARAMETER, { 10, 2.5 }, "cases" },
        { BENCH("\"work\": \"{n}\""), WORK_PARAMETER, { 10, 2.5 }, "" },
        { BENCH("\"work\": \"printed cases\""), WORK_PRINTED, { -1, -1 }, "cases" },
        { BENCH("\"work\": \"printed\""), WORK_PRINTED, { -1, -1 }, "" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct config *config = parse_good(table[i].text);
        AUTO_BENCHES struct benches benches = { 0 };
        benches_of(config, &benches);
        assert_int_equal(benchmark_of(config)->work.kind, table[i].kind);
        assert_string_equal(benchmark_of(config)->work.unit, table[i].unit);
        for (size_t b = 0; b < 2; b++) {
            double amount = bench_work(&benches.items[b]);
            if (table[i].amount[b] < 0)
                assert_true(isnan(amount));
            else
                assert_close(amount, table[i].amount[b], 0);
        }
        config_free(config);
    }
}

static void without_them_nothing_is_told(void **state)
{
    struct config *config = parse_good(BENCH("\"growth\": \"O(n)\""));
    AUTO_BENCHES struct benches benches = { 0 };
    (void)state;
    benches_of(config, &benches);
    assert_null(benchmark_of(config)->samples);
    assert_int_equal(benchmark_of(config)->work.kind, WORK_UNKNOWN);
    assert_true(isnan(bench_work(&benches.items[0])));
    config_free(config);
}

static bool gates(const struct config *config, enum metric metric)
{
    return benchmark_of(config)->margins[metric].is_gated;
}

static void percentiles_are_judged_only_where_there_are_samples(void **state)
{
    struct config *with = parse_good(BENCH("\"samples\": \"stdout\""));
    struct config *without = parse_good(BENCH("\"work\": \"3\""));
    (void)state;
    assert_close(benchmark_of(with)->margins[METRIC_P50].share, 0.05, 1e-12);
    assert_close(benchmark_of(with)->margins[METRIC_P95].share, 0.10, 1e-12);
    assert_close(benchmark_of(with)->margins[METRIC_P99].share, 0.20, 1e-12);
    assert_true(gates(with, METRIC_P50) && gates(with, METRIC_P99));
    assert_false(gates(with, METRIC_MAX));
    assert_false(gates(without, METRIC_P50) || gates(without, METRIC_P95) ||
                 gates(without, METRIC_P99));
    config_free(with);
    config_free(without);
}

static void common_margins_hold_where_a_benchmark_can_tell(void **state)
{
#define COMMON "\"margins\": {\"p99\": \"7%\", \"throughput\": \"3%\"}, "
    struct config *samples = parse_good(CONFIG(COMMON, "\"samples\": \"stdout\""));
    struct config *work = parse_good(CONFIG(COMMON, "\"work\": \"{n}\""));
    (void)state;
    assert_close(benchmark_of(samples)->margins[METRIC_P99].share, 0.07, 1e-12);
    assert_false(gates(samples, METRIC_THROUGHPUT));
    assert_close(benchmark_of(work)->margins[METRIC_THROUGHPUT].share, 0.03, 1e-12);
    assert_false(gates(work, METRIC_P99));
    config_free(samples);
    config_free(work);
}

static void goals_may_name_what_is_told(void **state)
{
    struct config *config =
        parse_good(BENCH("\"samples\": \"stdout\", \"work\": \"5\", "
                         "\"goals\": [{\"p99\": \"20ms\", \"throughput\": 1000}]"));
    const struct goal *goal = &benchmark_of(config)->goals[0];
    (void)state;
    assert_int_equal(goal->limits[0].metric, METRIC_P99);
    assert_close(goal->limits[0].bound, 0.02, 1e-12);
    assert_int_equal(goal->limits[1].metric, METRIC_THROUGHPUT);
    assert_close(goal->limits[1].bound, 1000, 0);
    config_free(config);
}

static void what_makes_no_sense_is_refused(void **state)
{
#define NO_PLACE                                                             \
    ".samples' must be \"stdout\", or the path of a file in {work} such as " \
    "\"{work}/times.txt\", not "
#define NO_WORK                                                                        \
    ".work' must be a number above 0, a parameter in braces or \"printed\", and what " \
    "of: \"100000 cases\", \"{n} cases\", \"printed cases\", not "
    static const struct {
        const char *text;
        const char *message;
    } table[] = {
        { BENCH("\"samples\": \"times.txt\""), NO_PLACE "\"times.txt\"" },
        { BENCH("\"samples\": \"/tmp/times\""), NO_PLACE "\"/tmp/times\"" },
        { BENCH("\"samples\": \"{work}/../x\""), NO_PLACE "\"{work}/../x\"" },
        { BENCH("\"samples\": \"{work}/\""), NO_PLACE "\"{work}/\"" },
        { BENCH("\"samples\": true"), NO_PLACE "true" },
        { BENCH("\"samples\": \"{work}/{k}\""),
          ".samples' has an unknown placeholder {k} (known: {m}, {n}, {work}, {tree})" },
        { BENCH("\"samples\": \"stdout\", \"same_output\": true"),
          ".samples' can't be \"stdout\" where \"same_output\" is asked for: no two runs "
          "take the same times" },
        { BENCH("\"work\": 5"), NO_WORK "5" },
        { BENCH("\"work\": \"\""), NO_WORK "\"\"" },
        { BENCH("\"work\": \"0 cases\""), NO_WORK "\"0 cases\"" },
        { BENCH("\"work\": \"-1\""), NO_WORK "\"-1\"" },
        { BENCH("\"work\": \"1e6 cases\""), NO_WORK "\"1e6 cases\"" },
        { BENCH("\"work\": \"many cases\""), NO_WORK "\"many cases\"" },
        { BENCH("\"work\": \"{n}0 cases\""), NO_WORK "\"{n}0 cases\"" },
        { BENCH("\"work\": \"{n cases\""), NO_WORK "\"{n cases\"" },
        { BENCH("\"work\": \"1 {n}\""), NO_WORK "\"1 {n}\"" },
        { BENCH("\"work\": \"{k} cases\""), ".work' has an unknown parameter {k}" },
        { BENCH("\"work\": \"{m} cases\""),
          ".work' has the parameter {m}, whose value 'x' is no number above 0" },
        { BENCH("\"margins\": {\"p99\": \"5%\"}"),
          ".margins.p99' can't be known: the benchmark has no \"samples\"" },
        { BENCH("\"margins\": {\"throughput\": \"5%\"}, \"samples\": \"stdout\""),
          ".margins.throughput' can't be known: the benchmark has no \"work\"" },
        { BENCH("\"goals\": [{\"max\": \"1s\"}], \"work\": \"5\""),
          ".goals[0].max' can't be known: the benchmark has no \"samples\"" },
        { BENCH("\"goals\": [{\"throughput_p95\": 5}]"),
          ".goals[0].throughput_p95' can't be known: the benchmark has no \"work\"" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct error err = { 0 };
        AUTO_FREE char *want = str_format("'" B "%s", table[i].message);
        if (config_parse(table[i].text, "pawl.json", &err))
            fail_msg("%s: was read", table[i].text);
        assert_contains(err.message, "in 'pawl.json', line 2, column ");
        assert_string_equal(strstr(err.message, "'" B), want);
    }
}

static void a_margin_of_none_needs_nothing(void **state)
{
    struct config *config = parse_good(BENCH("\"margins\": {\"p99\": \"none\"}"));
    (void)state;
    assert_false(gates(config, METRIC_P99));
    config_free(config);
}

static void assert_changes(const char *base_text, const char *head_text, const char *want)
{
    struct config *base = parse_good(base_text);
    struct config *head = parse_good(head_text);
    struct strvec changes = { 0 };
    config_gate_changes(base, head, &changes);
    char *got = strvec_join(&changes, "|");
    assert_string_equal(got, want);
    free(got);
    strvec_clear(&changes);
    config_free(base);
    config_free(head);
}

static void what_head_changes_in_them_is_told(void **state)
{
    (void)state;
    assert_changes(BENCH("\"samples\": \"stdout\", \"work\": \"5 cases\""),
                   BENCH("\"samples\": \"stdout\", \"work\": \"{n} cases\""),
                   "work of 'b': 5 cases on base, {n} cases on head");
    assert_changes(BENCH("\"work\": \"printed\""), BENCH("\"samples\": \"stdout\""),
                   "samples of 'b': none on base, stdout on head|"
                   "work of 'b': printed on base, not stated on head|"
                   "margin of p50 for 'b': not judged on base, 5 % on head|"
                   "margin of p95 for 'b': not judged on base, 10 % on head|"
                   "margin of p99 for 'b': not judged on base, 20 % on head");
}

static void a_lower_throughput_is_a_looser_goal(void **state)
{
#define GOALS(base) BENCH("\"work\": \"5\", \"goals\": " base)
    (void)state;
    assert_changes(GOALS("[{\"throughput\": 100}, {\"throughput\": 200}]"),
                   GOALS("[{\"throughput\": 150}]"),
                   "goal for throughput of 'b': at least 200 /s on base, at least 150 /s "
                   "on head");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(samples_are_on_stdout_or_in_a_file),
        cmocka_unit_test(work_is_a_number_a_parameter_or_printed),
        cmocka_unit_test(without_them_nothing_is_told),
        cmocka_unit_test(percentiles_are_judged_only_where_there_are_samples),
        cmocka_unit_test(common_margins_hold_where_a_benchmark_can_tell),
        cmocka_unit_test(goals_may_name_what_is_told),
        cmocka_unit_test(what_makes_no_sense_is_refused),
        cmocka_unit_test(a_margin_of_none_needs_nothing),
        cmocka_unit_test(what_head_changes_in_them_is_told),
        cmocka_unit_test(a_lower_throughput_is_a_looser_goal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
