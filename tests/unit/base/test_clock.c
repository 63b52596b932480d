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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(time_never_goes_back),
        cmocka_unit_test(calendar_is_told_in_utc),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
