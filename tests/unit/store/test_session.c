#include <stdlib.h>

#include "fixture.h"
#include "gate/store/session_time.h"
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

static void times_are_of_one_form(void **state)
{
    static const char *const bad[] = {
        "",
        "2026-11-26",
        "2026-11-26T21:14:00",
        "2026-11-26T21:14:00+01:00",
        "2026-13-26T21:14:00Z",
        "2026-00-26T21:14:00Z",
        "2026-11-32T21:14:00Z",
        "2026-11-26T24:14:00Z",
        "2026-11-26T21:60:00Z",
        "2026-11-26 21:14:00Z",
        "../../-11-26T21:14:0",
        "2026-11-26T21:14:00Z ",
    };
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(session_time_is_valid(bad[i]));
    assert_true(session_time_is_valid("2026-11-26T21:14:00Z"));
    assert_true(session_time_is_valid("2016-12-31T23:59:60Z"));
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
        cmocka_unit_test(times_are_of_one_form),
        cmocka_unit_test(empty_session_can_be_cleared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
