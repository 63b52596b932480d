#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/cli/selftest_case.h"
#include "tests/support/check.h"

static char cpu_bench[] = "cpu";
static const struct selftest_case loud = { "cpu", METRIC_CPU, 5, true };
static const struct selftest_case silent = { "cpu", METRIC_CPU, 1, false };

/* A gate's result on "cpu": its CPU time, and its memory. */
static void fill(struct row rows[2], enum verdict cpu, enum verdict memory)
{
    rows[0] = (struct row){ .bench_id = cpu_bench,
                            .metric = METRIC_CPU,
                            .is_judged = true,
                            .verdict = cpu,
                            .margin = 0.02,
                            .change = 0.051,
                            .pair_count = 18 };
    rows[1] = (struct row){ .bench_id = cpu_bench,
                            .metric = METRIC_PEAK_RSS,
                            .is_judged = true,
                            .verdict = memory,
                            .pair_count = 18 };
}

static void a_finding_follows_from_verdicts_and_exit_code(void **state)
{
    static const struct {
        const struct selftest_case *what;
        enum verdict cpu;
        enum verdict memory;
        int exit_code;
        enum selftest_finding want;
    } cases[] = {
        { &loud, VERDICT_REGRESSED, VERDICT_OK, 1, SELFTEST_RIGHT },
        { &loud, VERDICT_REGRESSED, VERDICT_INCONCLUSIVE, 1, SELFTEST_RIGHT },
        { &loud, VERDICT_OK, VERDICT_OK, 0, SELFTEST_DEAF },
        { &loud, VERDICT_INCONCLUSIVE, VERDICT_OK, 0, SELFTEST_DEAF },
        { &loud, VERDICT_REGRESSED, VERDICT_OK, 0, SELFTEST_DEAF },
        { &loud, VERDICT_OK, VERDICT_OK, 1, SELFTEST_DEAF },
        { &loud, VERDICT_IMPROVED, VERDICT_OK, 0, SELFTEST_CRYING },
        { &loud, VERDICT_REGRESSED, VERDICT_REGRESSED, 1, SELFTEST_CRYING },
        { &loud, VERDICT_OK, VERDICT_REGRESSED, 1, SELFTEST_CRYING },
        { &loud, VERDICT_FAILED, VERDICT_FAILED, 3, SELFTEST_UNMEASURED },
        { &loud, VERDICT_IDENTICAL, VERDICT_IDENTICAL, 0, SELFTEST_UNMEASURED },
        { &silent, VERDICT_OK, VERDICT_OK, 0, SELFTEST_RIGHT },
        { &silent, VERDICT_INCONCLUSIVE, VERDICT_OK, 0, SELFTEST_RIGHT },
        { &silent, VERDICT_REGRESSED, VERDICT_OK, 1, SELFTEST_CRYING },
        { &silent, VERDICT_OK, VERDICT_REGRESSED, 1, SELFTEST_CRYING },
        { &silent, VERDICT_IMPROVED, VERDICT_OK, 0, SELFTEST_CRYING },
        { &silent, VERDICT_OK, VERDICT_OK, 1, SELFTEST_CRYING },
        { &silent, VERDICT_OK, VERDICT_OK, 3, SELFTEST_UNMEASURED },
        { &silent, VERDICT_IDENTICAL, VERDICT_IDENTICAL, 0, SELFTEST_UNMEASURED },
        { &silent, VERDICT_NONE, VERDICT_OK, 0, SELFTEST_UNMEASURED },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct row rows[2];
        fill(rows, cases[i].cpu, cases[i].memory);
        struct result result = { .rows = { .items = rows, .count = 2 } };
        enum selftest_finding found =
            selftest_case_judge(cases[i].what, cases[i].exit_code, &result);
        if (found != cases[i].want)
            fail_msg("case %zu: found %d, not %d", i, (int)found, (int)cases[i].want);
    }
}

static void silence_without_pairs_or_rows_is_no_measurement(void **state)
{
    struct row rows[2];
    fill(rows, VERDICT_INCONCLUSIVE, VERDICT_OK);
    rows[0].pair_count = 0;
    struct result unmeasured = { .rows = { .items = rows, .count = 2 } };
    struct result empty = { 0 };

    (void)state;
    assert_int_equal(selftest_case_judge(&silent, 0, &unmeasured), SELFTEST_UNMEASURED);
    assert_int_equal(selftest_case_judge(&silent, 0, &empty), SELFTEST_UNMEASURED);
}

static void line_says_what_was_injected_expected_and_said(void **state)
{
    struct row rows[2];
    AUTO_STR struct str line = STR_INIT;
    fill(rows, VERDICT_REGRESSED, VERDICT_REGRESSED);
    struct result result = { .rows = { .items = rows, .count = 2 } };

    selftest_case_add_line(&loud, &result, SELFTEST_CRYING, &line);

    (void)state;
    assert_string_equal(line.data,
                        "cpu +5 %           margin 2 %     expected regressed      said "
                        "regressed (+5.1 %, 18 pairs), peak_rss regressed  "
                        "WRONG: cries\n");
}

static void line_of_a_failure_says_why(void **state)
{
    static char reason[] = "head was killed\nby SIGSEGV";
    struct row rows[2];
    AUTO_STR struct str line = STR_INIT;
    fill(rows, VERDICT_FAILED, VERDICT_FAILED);
    rows[0].reason = reason;
    rows[0].pair_count = 0;
    struct result result = { .rows = { .items = rows, .count = 2 } };

    selftest_case_add_line(&silent, &result, SELFTEST_UNMEASURED, &line);

    (void)state;
    assert_contains(line.data, "cpu +1 % ");
    assert_contains(line.data, "said failed (head was killed?by SIGSEGV, 0 pairs)");
    assert_contains(line.data, "WRONG: not measured");
}

static void injected_work_is_exact_and_of_one_kind(void **state)
{
    const struct selftest_work base = { .turns = 1234500,
                                        .memory_kib = 40960,
                                        .wait_us = 30000 };

    (void)state;
    for (size_t i = 0; i < selftest_case_count; i++) {
        const struct selftest_case *what = &selftest_cases[i];
        struct selftest_work work = selftest_case_work(what, &base);
        int64_t of_base[] = { base.turns, base.memory_kib, base.wait_us };
        int64_t of_head[] = { work.turns, work.memory_kib, work.wait_us };
        int touched = what->metric == METRIC_CPU    ? 0
                      : what->metric == METRIC_WALL ? 2
                                                    : 1;
        for (int kind = 0; kind < 3; kind++) {
            int64_t pct = kind == touched ? what->change_pct : 0;
            assert_int_equal(of_head[kind] * 100, of_base[kind] * (100 + pct));
        }
    }
}

static void every_case_has_a_branch_of_its_own(void **state)
{
    (void)state;
    for (size_t i = 0; i < selftest_case_count; i++) {
        for (size_t k = 0; k < i; k++) {
            AUTO_FREE char *one = selftest_case_branch(&selftest_cases[i]);
            AUTO_FREE char *other = selftest_case_branch(&selftest_cases[k]);
            assert_string_not_equal(one, other);
        }
    }
}

static void cases_are_named_by_bench_branch_and_pattern(void **state)
{
    static const struct selftest_case what = { "cpu", METRIC_CPU, 10, true };

    (void)state;
    assert_true(selftest_case_matches(&what, "cpu"));
    assert_true(selftest_case_matches(&what, "cpu-10"));
    assert_true(selftest_case_matches(&what, "*-10"));
    assert_false(selftest_case_matches(&what, "cpu-1"));
    assert_false(selftest_case_matches(&what, "*-0"));
    assert_false(selftest_case_matches(&what, "memory"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_finding_follows_from_verdicts_and_exit_code),
        cmocka_unit_test(silence_without_pairs_or_rows_is_no_measurement),
        cmocka_unit_test(line_says_what_was_injected_expected_and_said),
        cmocka_unit_test(line_of_a_failure_says_why),
        cmocka_unit_test(injected_work_is_exact_and_of_one_kind),
        cmocka_unit_test(every_case_has_a_branch_of_its_own),
        cmocka_unit_test(cases_are_named_by_bench_branch_and_pattern),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
