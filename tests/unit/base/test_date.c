#include "gate/base/date.h"
#include "tests/support/check.h"

/* GNU date 9.1: date -u -d 2024-02-29 +%s */
static void days_are_read_as_their_first_second(void **state)
{
    static const struct {
        const char *text;
        int64_t want_s;
    } cases[] = {
        { "1970-01-01", 0 },
        { "2000-02-29", 951782400 },
        { "2024-02-29", 1709164800 },
        { "2026-12-31", 1798675200 },
        { "2027-01-31", 1801353600 },
        { "2100-02-28", 4107456000 },
        { "9999-12-31", 253402214400 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t got_s = -1;
        print_message("%s\n", cases[i].text);
        assert_int_equal(date_parse_day(cases[i].text, &got_s), 0);
        assert_int_equal(got_s, cases[i].want_s);
    }
}

/* Those that have a day's form are invalid dates to GNU date too, but the years before
 * 1970. */
static void what_is_no_day_is_refused_and_leaves_the_result(void **state)
{
    static const char *const bad[] = {
        "2026-02-29",  "2026-02-30", "2100-02-29",  "2026-04-31",
        "2026-06-31",  "2026-09-31", "2026-11-31",  "2026-12-32",
        "2026-00-10",  "2026-13-01", "2026-01-00",  "1969-12-31",
        "0000-01-01",  "",           "2026",        "2026-1-1",
        "26-01-01",    "2026-01-1",  "2026/01/01",  "31.01.2026",
        "20260131",    " 2026-1-31", "2026-01-31 ", "2026-01-31T12:00:00Z",
        "10000-01-01", "-026-01-01", "+026-01-01",
    };
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        int64_t got_s = 7;
        print_message("%s\n", bad[i]);
        assert_int_equal(date_parse_day(bad[i], &got_s), -1);
        assert_int_equal(got_s, 7);
    }
}

/* GNU date 9.1: date -u -d 2026-11-26T21:14:03Z +%s. It knows no leap second; the last
 * one is date -u -d 2017-01-01T00:00:00Z +%s. */
static void times_are_read_as_seconds_since_1970(void **state)
{
    static const struct {
        const char *text;
        int64_t want_s;
    } cases[] = {
        { "1970-01-01T00:00:00Z", 0 },          { "2000-02-29T23:59:59Z", 951868799 },
        { "2026-11-26T21:14:03Z", 1795727643 }, { "9999-12-31T23:59:59Z", 253402300799 },
        { "2016-12-31T23:59:60Z", 1483228800 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t got_s = -1;
        print_message("%s\n", cases[i].text);
        assert_int_equal(date_parse_time(cases[i].text, &got_s), 0);
        assert_int_equal(got_s, cases[i].want_s);
    }
}

static void what_is_no_time_is_refused_and_leaves_the_result(void **state)
{
    static const char *const bad[] = {
        "",
        "2026-11-26",
        "2026-11-26T21:14:00",
        "2026-11-26T21:14:00+01:00",
        "2026-02-31T21:14:00Z",
        "2025-02-29T00:00:00Z",
        "2026-13-26T21:14:00Z",
        "2026-11-26T24:00:00Z",
        "2026-11-26T21:60:00Z",
        "2026-11-26T21:14:60Z",
        "2026-11-26T23:59:61Z",
        "2026-11-26 21:14:00Z",
        "../../-11-26T21:14:0",
        "2026-11-26T21:14:00Z ",
    };
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        int64_t got_s = 7;
        print_message("%s\n", bad[i]);
        assert_int_equal(date_parse_time(bad[i], &got_s), -1);
        assert_int_equal(got_s, 7);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_read_as_their_first_second),
        cmocka_unit_test(what_is_no_day_is_refused_and_leaves_the_result),
        cmocka_unit_test(times_are_read_as_seconds_since_1970),
        cmocka_unit_test(what_is_no_time_is_refused_and_leaves_the_result),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
