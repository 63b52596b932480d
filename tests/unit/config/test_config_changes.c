#include <string.h>

#include "gate/config/changes.h"
#include "tests/unit/config/full_config.h"

#define BENCH "{\"name\": \"list\", \"run\": \"a {n}\", \"sizes\": {\"n\": [1, 2]}"
#define OTHER "{\"name\": \"other\", \"run\": \"b\"}"
#define TOP(keys, benchmarks) \
    "{\"version\": 1, " keys  \
    "\"suites\": [{\"name\": \"s\", \"benchmarks\": [" benchmarks "]}]}"

static void assert_changes(const char *base_text, const char *head_text, const char *want)
{
    struct config *base = parse_good(base_text);
    struct config *head = parse_good(head_text);
    struct strvec changes = { 0 };

    config_gate_changes(base, head, &changes);

    char *got = strvec_join(&changes, "\n");
    assert_string_equal(got, want);
    free(got);
    strvec_clear(&changes);
    config_free(base);
    config_free(head);
}

static void a_config_does_not_differ_from_itself(void **state)
{
    char *text = read_test_file("data/config/full.json");
    (void)state;
    assert_changes(text, text, "");
    free(text);
}

static void what_is_no_part_of_the_gate_is_not_told(void **state)
{
    (void)state;
    assert_changes(
        TOP("\"build\": {\"run\": [\"x\"]}, \"env\": {\"A\": \"1\"},", BENCH "}"),
        TOP("\"build\": {\"run\": [\"y\"]}, \"pass_env\": [\"B\"],",
            BENCH ", \"timeout\": \"1s\"}"),
        "");
}

static void margins_are_told_once(void **state)
{
    (void)state;
    assert_changes(TOP("", BENCH "}," OTHER),
                   TOP("\"margins\": {\"cpu\": \"10%\"},", BENCH "}," OTHER),
                   "margin of cpu: 2 % on base, 10 % on head");
    assert_changes(
        TOP("", BENCH "}"),
        TOP("\"margins\": {\"peak_rss\": \"none\", \"wall\": [\"0.5%\", \"1ms\"], "
            "\"minor_faults\": 5000},",
            BENCH "}"),
        "margin of wall: 5 % on base, 0.5 % or 1.00 ms on head\n"
        "margin of peak_rss: 5 % or 1.00 MiB on base, not judged on head\n"
        "margin of minor_faults: not judged on base, 5,000 on head");
}

static void a_benchmarks_own_margin_is_told(void **state)
{
    (void)state;
    assert_changes(TOP("", BENCH ", \"margins\": {\"cpu\": \"1%\"}}," OTHER),
                   TOP("", BENCH "}," OTHER),
                   "margin of cpu for 'list': 1 % on base, 2 % on head");
    assert_changes(
        TOP("", BENCH ", \"margins\": {\"cpu\": \"1%\"}}"),
        TOP("\"margins\": {\"cpu\": \"3%\"},", BENCH ", \"margins\": {\"cpu\": \"1%\"}}"),
        "margin of cpu: 2 % on base, 3 % on head");
}

static void error_rates_and_budget_are_told(void **state)
{
    (void)state;
    assert_changes(TOP("", BENCH "}"),
                   TOP("\"errors\": {\"false_alarm\": \"0.1%\", \"miss\": \"20%\"}, "
                       "\"budget\": {\"time\": \"10s\", \"pairs\": 8, \"warmup\": 0}, "
                       "\"layouts\": \"off\",",
                       BENCH "}"),
                   "false-alarm rate: 1 % on base, 0.1 % on head\n"
                   "miss rate: 5 % on base, 20 % on head\n"
                   "measuring time: 5.00 min on base, 10.0 s on head\n"
                   "pairs at most: 135 on base, 8 on head\n"
                   "warm-up pairs: 2 on base, 0 on head\n"
                   "layouts: regressed rows in 5 layouts on base, off on head");
}

static void the_list_of_benches_is_told(void **state)
{
    (void)state;
    assert_changes(TOP("", BENCH "}," OTHER), TOP("", OTHER),
                   "benchmark 'list' is gone on head");
    assert_changes(TOP("", OTHER), TOP("", OTHER "," BENCH "}"),
                   "benchmark 'list' is new on head");
    assert_changes(
        TOP("", BENCH "}"),
        TOP("", "{\"name\": \"list\", \"run\": \"a {n}\", \"sizes\": {\"n\": [2, 3]}}"),
        "bench 'list[n=1]' is gone on head\nbench 'list[n=3]' is new on head");
}

static void demands_on_a_benchmark_are_told(void **state)
{
    (void)state;
    assert_changes(
        TOP("\"verify\": {\"run\": [\"ctest\"]},",
            BENCH ", \"same_output\": true, \"growth\": \"O(n)\", \"setup\": [\"x\"]}"),
        TOP("", "{\"name\": \"list\", \"run\": \"a -q {n}\", \"sizes\": {\"n\": [1, 2]}, "
                "\"shell\": true}"),
        "verify commands: 'ctest' on base, none on head\n"
        "command of 'list': 'a {n}' on base, 'a -q {n}' (shell) on head\n"
        "setup of 'list': 'x' on base, none on head\n"
        "same output of 'list': asked for on base, not asked for on head\n"
        "growth of 'list': O(n) on base, not stated on head");
}

static void what_is_prepared_is_told(void **state)
{
    (void)state;
    assert_changes(
        "{\"version\": 1, \"suites\": [{\"name\": \"s\", \"prepare\": "
        "[\"gen 1000\"], \"benchmarks\": [" OTHER "]}]}",
        "{\"version\": 1, \"suites\": [{\"name\": \"s\", \"prepare\": "
        "[\"gen 10\", {\"run\": \"x\", \"shell\": true}], \"benchmarks\": [" OTHER "]}]}",
        "prepare commands of 's': 'gen 1000' on base, 'gen 10', 'x' (shell) on "
        "head");
}

static void goals_are_told(void **state)
{
    (void)state;
    assert_changes(
        TOP("", BENCH ", \"goals\": [{\"n\": 1, \"wall\": \"500ms\"}]}"),
        TOP("", BENCH ", \"goals\": [{\"n\": 1, \"wall\": \"1s\"}]}"),
        "goal for wall of 'list' at n=1: at most 500 ms on base, at most 1.00 s on head");
    assert_changes(
        TOP("", BENCH ", \"goals\": [{\"n\": 1, \"wall\": \"500ms\"}]}"),
        TOP("", BENCH ", \"goals\": [{\"n\": 2, \"wall\": \"500ms\"}]}"),
        "goal for wall of 'list' at n=1: at most 500 ms on base, none on head\n"
        "goal for wall of 'list' at n=2: none on base, at most 500 ms on head");
    assert_changes(
        TOP("", BENCH ", \"goals\": [{\"wall\": \"1s\"}, {\"peak_rss\": \"1MiB\"}]}"),
        TOP("", BENCH ", \"goals\": [{\"wall_p95\": \"1s\", \"peak_rss\": \"1MiB\"}]}"),
        "goal for wall of 'list': at most 1.00 s on base, none on head\n"
        "goal for wall_p95 of 'list': none on base, at most 1.00 s on head");
}

static void of_two_limits_for_the_same_the_stricter_counts(void **state)
{
    (void)state;
    assert_changes(
        TOP("", BENCH ", \"goals\": [{\"wall\": \"2s\"}, {\"wall\": \"1s\"}]}"),
        TOP("", BENCH ", \"goals\": [{\"wall\": \"1s\"}]}"), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_config_does_not_differ_from_itself),
        cmocka_unit_test(what_is_no_part_of_the_gate_is_not_told),
        cmocka_unit_test(margins_are_told_once),
        cmocka_unit_test(a_benchmarks_own_margin_is_told),
        cmocka_unit_test(error_rates_and_budget_are_told),
        cmocka_unit_test(the_list_of_benches_is_told),
        cmocka_unit_test(demands_on_a_benchmark_are_told),
        cmocka_unit_test(what_is_prepared_is_told),
        cmocka_unit_test(goals_are_told),
        cmocka_unit_test(of_two_limits_for_the_same_the_stricter_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
