#include <stdlib.h>

#include "fixture.h"
#include "tests/support/check.h"

static void rows_are_found_by_bench_and_metric(void **state)
{
    AUTO_SESSION struct session session = { 0 };
    (void)state;
    fixture_session(&session);
    const struct session_row *row =
        session_side_find(&session.head, "list[n=1000]", METRIC_CPU);
    assert_non_null(row);
    assert_close(row->median, 0.00115, 0);
    assert_null(session_side_find(&session.head, "list[n=1000]", METRIC_PEAK_RSS));
    assert_null(session_side_find(&session.head, "list", METRIC_CPU));
    assert_null(session_side_find(&(struct session_side){ 0 }, "list", METRIC_CPU));
}

static void sides_are_found_by_their_commit(void **state)
{
    AUTO_SESSION struct session session = { 0 };
    (void)state;
    fixture_check(&session);
    assert_ptr_equal(session_find_side(&session, "abcdef0123456789"), &session.head);
    assert_ptr_equal(session_find_side(&session, session.base->commit), session.base);
    assert_null(session_find_side(&session, "abcdef0123456788"));
    assert_null(session_find_side(&(struct session){ 0 }, "ab"));
}

static void one_bench_can_be_kept(void **state)
{
    AUTO_SESSION struct session session = { 0 };
    (void)state;
    fixture_check(&session);
    session_keep_bench(&session, "list[n=1000]");
    assert_int_equal(session.head.rows.count, 2);
    assert_int_equal(session.head.gaps.count, 0);
    assert_int_equal(session.base->rows.count, 2);
    session_keep_bench(&session, "nothing");
    assert_int_equal(session.head.rows.count, 0);
}

static void empty_session_can_be_cleared(void **state)
{
    struct session session = { 0 };
    struct sessions sessions = { 0 };
    (void)state;
    session_clear(&session);
    sessions_clear(&sessions);
    assert_null(session.name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_found_by_bench_and_metric),
        cmocka_unit_test(sides_are_found_by_their_commit),
        cmocka_unit_test(one_bench_can_be_kept),
        cmocka_unit_test(empty_session_can_be_cleared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
