#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/source/commit_order.h"
#include "tests/support/check.h"
#include "tests/unit/history/fixture.h"

static void a_change_is_found_with_the_commits_around_it(void **state)
{
    struct made_history made = { 0 };
    AUTO_HISTORY struct history history = { 0 };
    char id[41];

    (void)state;
    made_step(&made);
    made_collect(&made, &history);
    assert_int_equal(history.commits.count, 60);
    assert_int_equal(history.session_count, 60);
    assert_int_equal(history.rows.count, 1);
    const struct history_row *row = &history.rows.items[0];
    assert_int_equal(row->points.count, 60);
    assert_int_equal(row->changes.count, 1);
    const struct history_change *change = &row->changes.items[0];
    assert_int_equal(change->point, 30);
    made_commit_id(30, id);
    assert_string_equal(history.commits.items[row->points.items[30].commit].id, id);
    assert_close(change->change, 0.08, 0.01);
    assert_true(change->change_low < 0.08 && change->change_high > 0.08);
    assert_close(change->before, 0.003, 0.00002);
    assert_close(change->after, 0.00324, 0.00002);
    assert_close(history_total_change(row), 0.08, 0.01);
    assert_close(row->spread, 0.01, 0.004);
    assert_ptr_equal(history_largest_change(row), change);
    made_clear(&made);
}

static void commits_stand_in_the_order_of_the_history_not_of_the_sessions(void **state)
{
    struct made_history made = { 0 };
    AUTO_HISTORY struct history history = { 0 };

    (void)state;
    made_add(&made, 2, 0.2);
    made_add(&made, 0, 0.1);
    made_add(&made, 3, 0.3);
    made_finish(&made, 5);
    made_collect(&made, &history);
    assert_int_equal(history.commits.count, 3);
    assert_int_equal(history.commits.items[0].age, 5);
    assert_int_equal(history.commits.items[1].age, 3);
    assert_int_equal(history.commits.items[2].age, 2);
    assert_close(history.rows.items[0].points.items[0].value, 0.1, 0);
    assert_close(history.rows.items[0].points.items[1].value, 0.2, 0);
    assert_close(history.rows.items[0].points.items[2].value, 0.3, 0);
    made_clear(&made);
}

static void several_sessions_of_a_commit_are_one_point_with_their_spread(void **state)
{
    struct made_history made = { 0 };
    AUTO_HISTORY struct history history = { 0 };

    (void)state;
    made_add(&made, 0, 0.12);
    made_add(&made, 0, 0.10);
    made_add(&made, 0, 0.13);
    made_add(&made, 1, 0.5);
    made_finish(&made, 1);
    made_collect(&made, &history);
    const struct history_points *points = &history.rows.items[0].points;
    assert_int_equal(points->count, 2);
    assert_int_equal(points->items[0].session_count, 3);
    assert_close(points->items[0].value, 0.12, 0);
    assert_close(points->items[0].low, 0.10, 0);
    assert_close(points->items[0].high, 0.13, 0);
    assert_int_equal(points->items[1].session_count, 1);
    assert_close(points->items[1].low, 0.49, 1e-12);
    assert_close(points->items[1].high, 0.51, 1e-12);
    made_clear(&made);
}

static void both_sides_of_a_check_count_each_for_its_commit(void **state)
{
    struct made_history made = { 0 };
    AUTO_HISTORY struct history history = { 0 };
    char id[41];

    (void)state;
    made_add(&made, 1, 0.2);
    struct session *session = &made.sessions.items[0];
    session->base = xcalloc(1, sizeof *session->base);
    made_commit_id(0, id);
    session->base->commit = xstrdup(id);
    session->base->subject = xstrdup("");
    made_row(session->base, "list", METRIC_CPU, 0.1);
    made_finish(&made, 1);
    made_collect(&made, &history);
    assert_int_equal(history.session_count, 1);
    assert_int_equal(history.rows.items[0].points.count, 2);
    assert_close(history.rows.items[0].points.items[0].value, 0.1, 0);
    made_clear(&made);
}

static void what_is_elsewhere_or_earlier_is_left_out_and_counted(void **state)
{
    struct made_history made = { 0 };
    AUTO_HISTORY struct history history = { 0 };

    (void)state;
    for (size_t commit = 0; commit < 6; commit++)
        made_add(&made, commit, 0.1);
    made_add(&made, 3, 0.1)->is_dirty = true;
    made_finish(&made, 4); /* the last one is not in the history */
    made.request.oldest = 3;
    made.request.since_s = made.sessions.items[2].head.committed_s;
    made_collect(&made, &history);
    assert_int_equal(history.elsewhere, 1);
    assert_int_equal(history.earlier, 2); /* one by its age, one by its day */
    assert_int_equal(history.commits.count, 3);
    assert_int_equal(history.session_count, 3);
    made_clear(&made);
}

static void
rows_are_told_apart_by_metric_and_described_by_the_latest_session(void **state)
{
    struct made_history made = { 0 };
    AUTO_HISTORY struct history history = { 0 };

    (void)state;
    struct session_side *old = made_add(&made, 0, 0.1);
    made_row(old, "list", METRIC_WALL, 0.2);
    made_row(old, "add", METRIC_THROUGHPUT, 7)->unit = xstrdup("cases");
    struct session_side *new = made_add(&made, 1, 0.1);
    made_row(new, "list", METRIC_WALL, 0.2)->is_judged = false;
    made_row(new, "list", METRIC_PEAK_RSS, (double)NAN);
    made_finish(&made, 1);
    made_collect(&made, &history);
    assert_int_equal(history.rows.count, 3);
    assert_string_equal(history.rows.items[0].bench_id, "add");
    assert_string_equal(history.rows.items[0].unit, "cases");
    assert_int_equal(history.rows.items[0].points.count, 1);
    assert_int_equal(history.rows.items[1].metric, METRIC_WALL);
    assert_false(history.rows.items[1].is_judged);
    assert_int_equal(history.rows.items[2].metric, METRIC_CPU);
    assert_true(history.rows.items[2].is_judged);
    made_clear(&made);
}

static void counts_that_repeat_change_where_they_change(void **state)
{
    struct made_history made = { 0 };
    AUTO_HISTORY struct history history = { 0 };

    (void)state;
    for (size_t commit = 0; commit < 20; commit++) {
        struct session_side *side = made_add(&made, commit, 0.1);
        made_row(side, "list", METRIC_ALLOCATIONS, commit < 12 ? 0 : 1);
    }
    made_finish(&made, 19);
    made_collect(&made, &history);
    const struct history_row *row = &history.rows.items[1];
    assert_int_equal(row->metric, METRIC_ALLOCATIONS);
    assert_int_equal(row->changes.count, 1);
    assert_int_equal(row->changes.items[0].point, 12);
    assert_int_equal(row->changes.items[0].first, 12);
    assert_int_equal(row->changes.items[0].last, 12);
    /* From no allocation to one: one is added to both, as judging does. */
    assert_close(row->changes.items[0].change, 1, 1e-12);
    assert_close(row->points.items[11].level, 0, 0);
    assert_close(row->points.items[12].level, 1, 0);
    made_clear(&made);
}

/* Ten steps of 1 % that no two sessions can tell apart. */
static void creep_is_the_way_from_the_anchors_sessions_to_the_latest(void **state)
{
    struct made_history made = { 0 };
    AUTO_HISTORY struct history history = { 0 };
    char id[41];

    (void)state;
    for (size_t commit = 0; commit < 15; commit++)
        made_add(&made, commit, 0.1 * pow(1.01, commit < 10 ? (double)commit : 10));
    made_finish(&made, 14);
    made_commit_id(0, id);
    made.request.anchor = "v1.0";
    made.request.anchor_commit = id;
    made_collect(&made, &history);
    const struct history_creep *creep = history.rows.items[0].creep;
    assert_non_null(creep);
    assert_string_equal(history.anchor, "v1.0");
    assert_int_equal(creep->point, 0);
    assert_int_equal(creep->latest, 5);
    assert_close(creep->change, pow(1.01, 10) - 1, 1e-9);
    assert_true(creep->change_low < creep->change && creep->change_high > creep->change);
    assert_close(creep->before, 0.1, 0);
    made_clear(&made);
}

static void without_sessions_of_the_anchor_there_is_no_creep(void **state)
{
    struct made_history made = { 0 };
    AUTO_HISTORY struct history history = { 0 };

    (void)state;
    made_add(&made, 0, 0.1);
    made_add(&made, 1, 0.1);
    made_finish(&made, 1);
    made.request.anchor = "v1.0";
    made.request.anchor_commit = "ffffffffffffffffffffffffffffffffffffffff";
    made_collect(&made, &history);
    assert_null(history.rows.items[0].creep);
    made_clear(&made);
}

static void no_sessions_are_an_empty_history(void **state)
{
    struct made_history made = { 0 };
    AUTO_HISTORY struct history history = { 0 };

    (void)state;
    made_finish(&made, 0);
    made_collect(&made, &history);
    assert_int_equal(history.rows.count, 0);
    assert_int_equal(history.commits.count, 0);
    made_clear(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_change_is_found_with_the_commits_around_it),
        cmocka_unit_test(commits_stand_in_the_order_of_the_history_not_of_the_sessions),
        cmocka_unit_test(several_sessions_of_a_commit_are_one_point_with_their_spread),
        cmocka_unit_test(both_sides_of_a_check_count_each_for_its_commit),
        cmocka_unit_test(what_is_elsewhere_or_earlier_is_left_out_and_counted),
        cmocka_unit_test(
            rows_are_told_apart_by_metric_and_described_by_the_latest_session),
        cmocka_unit_test(counts_that_repeat_change_where_they_change),
        cmocka_unit_test(creep_is_the_way_from_the_anchors_sessions_to_the_latest),
        cmocka_unit_test(without_sessions_of_the_anchor_there_is_no_creep),
        cmocka_unit_test(no_sessions_are_an_empty_history),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
