#include <math.h>
#include <string.h>

#include "fixture.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/store/session_json.h"
#include "tests/support/check.h"

static void read_again(const struct str *text, struct session *out)
{
    struct error err = { 0 };
    if (session_json_read(text->data, text->length, "f.json", out, &err) < 0)
        fail_msg("%s", err.message);
}

static void what_is_written_reads_the_same(void **state)
{
    static void (*const fills[])(struct session *) = { fixture_session, fixture_check };
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        AUTO_SESSION struct session session = { 0 };
        AUTO_SESSION struct session again = { 0 };
        AUTO_STR struct str first = STR_INIT;
        AUTO_STR struct str second = STR_INIT;
        fills[i](&session);
        session_json_text(&session, &first);
        read_again(&first, &again);
        session_json_text(&again, &second);
        assert_string_equal(first.data, second.data);
    }
}

static void numbers_are_kept_exactly(void **state)
{
    AUTO_SESSION struct session session = { 0 };
    AUTO_SESSION struct session again = { 0 };
    AUTO_STR struct str text = STR_INIT;
    (void)state;
    fixture_check(&session);
    session.head.rows.items[1].median = 1.0 / 3;
    session.head.rows.items[1].low = 0.1 + 0.2;
    session.head.rows.items[1].low = -1e-300;
    session.head.rows.items[1].high = 123456789012345678.0;
    session_json_text(&session, &text);
    read_again(&text, &again);
    assert_close(again.head.rows.items[1].median, 1.0 / 3, 0);
    assert_close(again.head.rows.items[1].low, -1e-300, 0);
    assert_close(again.head.rows.items[1].high, 123456789012345678.0, 0);
    assert_true(again.seed == UINT64_C(18446744073709551557));
    assert_true(again.head.committed_s == 1764190000);
}

static void unknown_numbers_are_left_out_and_read_as_unknown(void **state)
{
    AUTO_SESSION struct session session = { 0 };
    AUTO_SESSION struct session again = { 0 };
    AUTO_STR struct str text = STR_INIT;
    (void)state;
    fixture_check(&session);
    session.head.rows.items[0].low = -(double)INFINITY;
    session.head.rows.items[0].high = (double)INFINITY;
    session.head.rows.items[0].spread = (double)NAN;
    session_json_text(&session, &text);
    assert_lacks(text.data, "null");
    read_again(&text, &again);
    const struct session_row *row = &again.head.rows.items[0];
    assert_true(isinf(row->low) && row->low < 0);
    assert_true(isinf(row->high) && row->high > 0);
    assert_true(isnan(row->spread));
    assert_close(row->change, 0.021, 0);
    assert_true(isinf(row->change_high));
    assert_true(isnan(again.head.rows.items[1].change));
    assert_true(isnan(again.head.rows.items[1].change_low));
}

/* Made to be diffed: keys sorted, a row a line. */
static void a_row_takes_a_line(void **state)
{
    AUTO_SESSION struct session session = { 0 };
    AUTO_STR struct str text = STR_INIT;
    (void)state;
    fixture_session(&session);
    session_json_text(&session, &text);
    assert_contains(text.data,
                    "\n      {\"bench\": \"list[n=1000]\", \"high\": 0.001173, "
                    "\"is_judged\": true, \"low\": 0.0011385, \"median\": 0.00115, "
                    "\"metric\": \"cpu\", \"run_count\": 15, \"spread\": 0.0125}\n");
    assert_contains(text.data,
                    "\n      {\"bench\": \"find\", \"reason\": \"exited with 3\"}\n");
    assert_contains(text.data, "\n  \"schema\": \"pawl-session/1\",\n");
    assert_lacks(text.data, "\"base\"");
}

static void failure_leaves_the_session_as_it_was(void **state)
{
    struct session untouched = { .seed = 7 };
    struct error err = { 0 };
    (void)state;
    assert_int_equal(session_json_read("{}", 2, "f.json", &untouched, &err), -1);
    assert_true(untouched.seed == 7);
    assert_null(untouched.command);
    assert_int_equal(err.code, ERROR_USAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_reads_the_same),
        cmocka_unit_test(numbers_are_kept_exactly),
        cmocka_unit_test(unknown_numbers_are_left_out_and_read_as_unknown),
        cmocka_unit_test(a_row_takes_a_line),
        cmocka_unit_test(failure_leaves_the_session_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
