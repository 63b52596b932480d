#include <stdlib.h>
#include <string.h>

#include "gate/base/clock.h"
#include "tests/support/check.h"

static void time_never_goes_back(void **state)
{
    (void)state;
    int64_t before = clock_now_ns();
    for (int i = 0; i < 1000; i++) {
        int64_t now = clock_now_ns();
        assert_true(now >= before);
        before = now;
    }
    assert_true(before > 0);
}

/* Its form; what it says is the machine's. */
static void calendar_is_told_in_utc(void **state)
{
    (void)state;
    char *now = clock_utc();
    assert_int_equal(strlen(now), strlen("2026-01-31T12:00:00Z"));
    assert_int_equal(now[10], 'T');
    assert_int_equal(now[19], 'Z');
    assert_true(strcmp(now, "2020") > 0);
    free(now);
}

static void what_was_is_told_before_what_is(void **state)
{
    (void)state;
    char *now = clock_utc();
    char *then = clock_utc_before(INT64_C(86400) * 1000000000);
    char *stamp = clock_stamp();
    assert_int_equal(strlen(then), strlen(now));
    assert_true(strcmp(then, now) < 0);
    assert_int_equal(strlen(stamp), strlen("20260131-120000"));
    assert_int_equal(stamp[8], '-');
    free(now);
    free(then);
    free(stamp);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(time_never_goes_back),
        cmocka_unit_test(calendar_is_told_in_utc),
        cmocka_unit_test(what_was_is_told_before_what_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
