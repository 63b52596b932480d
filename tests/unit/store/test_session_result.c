#include <math.h>
#include <stdlib.h>

#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/store/session.h"
#include "gate/store/session_result.h"
#include "gate/verdict/estimate.h"
#include "gate/verdict/result.h"
#include "tests/support/check.h"
#include "tests/support/scripted.h"

static struct bench_result *
add_bench(struct result *result, const char *id, enum verdict verdict, const char *reason)
{
    struct bench_result *bench = array_push(&result->benches);
    *bench = (struct bench_result){ .id = xstrdup(id),
                                    .suite = xstrdup("s"),
                                    .command = xstrdup("c"),
                                    .verdict = verdict,
                                    .reason = xstrdup(reason) };
    return bench;
}

static struct row *add_row(struct result *result, const char *id, enum metric metric)
{
    struct row *row = array_push(&result->rows);
    *row = (struct row){ .bench_id = xstrdup(id),
                         .metric = metric,
                         .reason = xstrdup(""),
                         .change = 0.0123456789,
                         .change_low = 0.01,
                         .change_high = (double)INFINITY };
    return row;
}

/* 11 pairs of 1 to 11 ms on base, and twice that on head; a warm-up of 1 s before. */
static void fill_pairs(struct pairs *pairs)
{
    struct pair warmup = scripted_pair(1, 1);
    warmup.is_warmup = true;
    *array_push(pairs) = warmup;
    for (int i = 1; i <= 11; i++)
        *array_push(pairs) = scripted_pair(i * 1e-3, i * 2e-3);
}

static void count_in(struct pairs *pairs, double base, double head)
{
    struct pair pair = scripted_pair(1, 1);
    readings_set(&pair.readings[SIDE_BASE], METRIC_INSTRUCTIONS, base);
    readings_set(&pair.readings[SIDE_HEAD], METRIC_INSTRUCTIONS, head);
    *array_push(pairs) = pair;
}

static void clear(struct result *result, struct session_side *side)
{
    struct session session = { .head = *side };
    session_clear(&session);
    result_clear(result);
}

/* R: median(x); the interval of a median of 11 values is from the 2nd to the 10th,
 * qbinom(c(.025, .975), 11, .5); mad(log(x)) is 0.601143. */
static void rows_have_the_figures_of_their_side(void **state)
{
    struct result result = { 0 };
    struct session_side base = { 0 };
    struct session_side head = { 0 };
    (void)state;
    fill_pairs(&add_bench(&result, "b", VERDICT_OK, "")->pairs);
    add_row(&result, "b", METRIC_CPU)->is_judged = true;
    session_side_take(&result, SIDE_BASE, true, &base);
    session_side_take(&result, SIDE_HEAD, true, &head);

    assert_int_equal(base.rows.count, 1);
    assert_int_equal(base.gaps.count, 0);
    const struct session_row *row = &base.rows.items[0];
    assert_true(row->is_judged);
    assert_int_equal(row->run_count, 11);
    assert_close(row->median, 0.006, 1e-12);
    assert_close(row->low, 0.002, 1e-12);
    assert_close(row->high, 0.010, 1e-12);
    assert_close(row->spread, 0.601143, 1e-6);
    assert_true(isnan(row->change));
    assert_close(head.rows.items[0].median, 0.012, 1e-12);
    assert_close(head.rows.items[0].change, 0.0123457, 1e-15);
    assert_close(head.rows.items[0].change_low, 0.01, 0);
    assert_true(isinf(head.rows.items[0].change_high));

    struct result none = { 0 };
    clear(&none, &base);
    clear(&result, &head);
}

static void run_by_itself_has_no_change(void **state)
{
    struct result result = { 0 };
    struct session_side head = { 0 };
    (void)state;
    fill_pairs(&add_bench(&result, "b", VERDICT_OK, "")->pairs);
    add_row(&result, "b", METRIC_CPU);
    session_side_take(&result, SIDE_HEAD, false, &head);
    assert_true(isnan(head.rows.items[0].change));
    clear(&result, &head);
}

static void counts_that_repeat_have_a_narrow_interval(void **state)
{
    struct result result = { 0 };
    struct session_side head = { 0 };
    (void)state;
    struct bench_result *bench = add_bench(&result, "b", VERDICT_OK, "");
    fill_pairs(&bench->pairs);
    count_in(&bench->counted_pairs, 1000000, 1000000);
    count_in(&bench->counted_pairs, 1000000, 1000002);
    add_row(&result, "b", METRIC_INSTRUCTIONS);
    session_side_take(&result, SIDE_HEAD, false, &head);
    assert_int_equal(head.rows.count, 1);
    assert_int_equal(head.rows.items[0].run_count, 2);
    assert_close(head.rows.items[0].median, 1000001, 0);
    assert_close(head.rows.items[0].low, 1000000, 0);
    assert_close(head.rows.items[0].high, 1000002, 0);
    clear(&result, &head);
}

static void metrics_that_were_not_told_have_no_row(void **state)
{
    struct result result = { 0 };
    struct session_side head = { 0 };
    (void)state;
    fill_pairs(&add_bench(&result, "b", VERDICT_OK, "")->pairs);
    add_row(&result, "b", METRIC_INSTRUCTIONS);
    session_side_take(&result, SIDE_HEAD, false, &head);
    assert_int_equal(head.rows.count, 0);
    assert_int_equal(head.gaps.count, 0);
    clear(&result, &head);
}

static void failed_benches_are_gaps_without_rows(void **state)
{
    struct result result = { 0 };
    struct session_side head = { 0 };
    (void)state;
    fill_pairs(&add_bench(&result, "z", VERDICT_FAILED, "")->pairs);
    struct row *row = add_row(&result, "z", METRIC_CPU);
    row->verdict = VERDICT_FAILED;
    free(row->reason);
    row->reason = xstrdup("head exited with 3:\nno \033[31mfile");
    add_row(&result, "z", METRIC_WALL);
    add_bench(&result, "a", VERDICT_FAILED, "setup failed");
    session_side_take(&result, SIDE_HEAD, false, &head);
    assert_int_equal(head.rows.count, 0);
    assert_int_equal(head.gaps.count, 2);
    assert_string_equal(head.gaps.items[0].bench_id, "a");
    assert_string_equal(head.gaps.items[0].reason, "setup failed");
    assert_string_equal(head.gaps.items[1].reason,
                        "head exited with 3: no \xef\xbf\xbd[31mfile");
    clear(&result, &head);
}

static void counting_that_failed_leaves_the_plain_rows(void **state)
{
    struct result result = { 0 };
    struct session_side head = { 0 };
    struct str text = STR_INIT;
    (void)state;
    fill_pairs(&add_bench(&result, "b", VERDICT_OK, "")->pairs);
    add_row(&result, "b", METRIC_CPU);
    struct row *row = add_row(&result, "b", METRIC_INSTRUCTIONS);
    row->verdict = VERDICT_FAILED;
    free(row->reason);
    row->reason = xstrdup("valgrind is not installed");
    session_side_take(&result, SIDE_HEAD, false, &head);
    assert_int_equal(head.rows.count, 1);
    assert_non_null(session_side_find(&head, "b", METRIC_CPU));
    assert_int_equal(head.gaps.count, 1);
    session_gap_describe(&head, &head.gaps.items[0], 300, &text);
    assert_string_equal(text.data,
                        "b was not measured in full: valgrind is not installed");
    str_clear(&text);
    clear(&result, &head);
}

static void benches_whose_turn_never_came_are_gaps(void **state)
{
    struct result result = { 0 };
    struct session_side head = { 0 };
    (void)state;
    add_bench(&result, "a", VERDICT_INCONCLUSIVE, ESTIMATE_NOT_MEASURED);
    struct pair warmup = scripted_pair(1, 1);
    warmup.is_warmup = true;
    struct bench_result *tried = add_bench(&result, "b", VERDICT_INCONCLUSIVE, "");
    *array_push(&tried->pairs) = warmup;
    session_side_take(&result, SIDE_HEAD, false, &head);
    assert_int_equal(head.gaps.count, 2);
    for (size_t i = 0; i < 2; i++)
        assert_string_equal(head.gaps.items[i].reason,
                            "the time budget was spent before its turn");
    clear(&result, &head);
}

static void bench_of_one_side_is_no_gap_of_the_other(void **state)
{
    struct result result = { 0 };
    struct session_side base = { 0 };
    struct session_side head = { 0 };
    (void)state;
    add_bench(&result, "n", VERDICT_NEW, "base does not have it");
    add_bench(&result, "m", VERDICT_MISSING, "head does not have it");
    session_side_take(&result, SIDE_BASE, true, &base);
    session_side_take(&result, SIDE_HEAD, true, &head);
    assert_int_equal(base.gaps.count, 1);
    assert_string_equal(base.gaps.items[0].bench_id, "m");
    assert_int_equal(head.gaps.count, 1);
    assert_string_equal(head.gaps.items[0].bench_id, "n");
    struct result none = { 0 };
    clear(&none, &base);
    clear(&result, &head);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_have_the_figures_of_their_side),
        cmocka_unit_test(run_by_itself_has_no_change),
        cmocka_unit_test(counts_that_repeat_have_a_narrow_interval),
        cmocka_unit_test(metrics_that_were_not_told_have_no_row),
        cmocka_unit_test(failed_benches_are_gaps_without_rows),
        cmocka_unit_test(counting_that_failed_leaves_the_plain_rows),
        cmocka_unit_test(benches_whose_turn_never_came_are_gaps),
        cmocka_unit_test(bench_of_one_side_is_no_gap_of_the_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
