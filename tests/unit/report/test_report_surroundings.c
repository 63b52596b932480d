#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/report/phrase.h"
#include "tests/support/check.h"

/* A result of one bench with these pairs, borrowed. */
static struct result
result_of(struct bench_result *bench, struct pair *pairs, size_t count)
{
    *bench = (struct bench_result){ .pairs = { .items = pairs, .count = count } };
    return (struct result){ .benches = { .items = bench, .count = 1 } };
}

static void assert_discards(struct pair *pairs, size_t count, const char *want)
{
    struct bench_result bench;
    const struct result result = result_of(&bench, pairs, count);
    AUTO_STR struct str out = STR_INIT;
    phrase_add_discards(&out, &result);
    assert_string_equal(out.data, want);
}

static void pairs_thrown_away_are_counted_by_reason(void **state)
{
    struct pair pairs[] = {
        { .is_warmup = true, .discard = DISCARD_SUSPEND },
        { .discard = DISCARD_NONE },
        { .discard = DISCARD_OTHERS },
        { .discard = DISCARD_STEAL },
        { .discard = DISCARD_OTHERS },
        { .discard = DISCARD_THROTTLE },
        { .discard = DISCARD_SUSPEND },
    };
    (void)state;
    assert_discards(pairs, 2, "");
    assert_discards(
        pairs, 3,
        "1 of 2 pairs was thrown away: 1 as other programs used more than half "
        "of the CPUs");
    assert_discards(
        pairs, 7,
        "5 of 6 pairs were thrown away: 1 as the hypervisor took CPU time from "
        "this machine, 1 as the machine slept meanwhile, 1 as the CPU was too "
        "hot and slowed down, 2 as other programs used more than half of the "
        "CPUs");
}

static void assert_surroundings(struct pair *pairs, size_t count, const char *want)
{
    struct bench_result bench;
    const struct result result = result_of(&bench, pairs, count);
    AUTO_STR struct str out = STR_INIT;
    phrase_add_surroundings(&out, &result);
    assert_string_equal(out.data, want);
}

static void what_was_not_watched_is_not_told(void **state)
{
    struct pair pair = { 0 };
    (void)state;
    assert_surroundings(&pair, 1, "");
}

static void missing_figures_are_told_as_missing(void **state)
{
    struct pair pair = { .around = { .span_ns = 10,
                                     .pressure_ns = { -1, -1, -1 },
                                     .load_average = 1.5,
                                     .others_share = ENVIRONMENT_UNKNOWN } };
    (void)state;
    assert_surroundings(&pair, 1,
                        "load average 1.50 to 1.50; no pressure figures (/proc/pressure) "
                        "on this machine");
}

/* CPU pressure: (30 + 5) / (100 + 300); I/O is told by the second alone: 3 / 300. */
static void figures_are_summed_over_all_pairs(void **state)
{
    struct pair pairs[] = {
        { .around = { .span_ns = 100,
                      .pressure_ns = { 30, -1, -1 },
                      .load_average = 1.5,
                      .throttle_count = 2,
                      .lowest_hz = INT64_C(2500000000),
                      .highest_hz = INT64_C(3400000000),
                      .others_share = 0.25 } },
        { .around = { .span_ns = 300,
                      .pressure_ns = { 5, 3, -1 },
                      .load_average = 0.5,
                      .lowest_hz = INT64_C(2200000000),
                      .highest_hz = INT64_C(2300000000),
                      .others_share = 0.75 } },
    };
    (void)state;
    assert_surroundings(
        pairs, 2,
        "load average 0.50 to 1.50; other programs used 50 % of the CPUs, at "
        "most 75 %; some task, of ours or not, waited for a CPU 9 %, for I/O "
        "1 % of the time; the CPU ran at 2.20 to 3.40 GHz; it was too hot and "
        "slowed down 2 times");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_thrown_away_are_counted_by_reason),
        cmocka_unit_test(what_was_not_watched_is_not_told),
        cmocka_unit_test(missing_figures_are_told_as_missing),
        cmocka_unit_test(figures_are_summed_over_all_pairs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
