#include "gate/base/str.h"
#include "gate/report/report.h"
#include "gate/report/terminal_page.h"
#include "tests/support/check.h"

static void widths_stay_where_the_layout_fits(void **state)
{
    (void)state;
    assert_int_equal(terminal_fit_width(0), 60);
    assert_int_equal(terminal_fit_width(59), 60);
    assert_int_equal(terminal_fit_width(61), 61);
    assert_int_equal(terminal_fit_width(160), 160);
    assert_int_equal(terminal_fit_width(1000), 160);
}

static void check_color(enum verdict verdict, const char *want)
{
    struct terminal_color color = terminal_color_of(verdict, true);
    struct terminal_color plain = terminal_color_of(verdict, false);
    assert_string_equal(color.begin, want);
    assert_string_equal(color.end, *want ? "\033[0m" : "");
    assert_string_equal(plain.begin, "");
    assert_string_equal(plain.end, "");
}

static void what_needs_a_look_is_coloured(void **state)
{
    (void)state;
    check_color(VERDICT_REGRESSED, "\033[31m");
    check_color(VERDICT_FAILED, "\033[31m");
    check_color(VERDICT_INCONCLUSIVE, "\033[33m");
    check_color(VERDICT_IMPROVED, "\033[32m");
    check_color(VERDICT_OK, "");
}

#define ANSWER "No: 3 of 8 rows got worse by more than their margin of 2 %."
#define DETAIL "The machine was quiet."

static void check_answer(bool use_color, const char *detail, const char *want)
{
    AUTO_STR struct str out = STR_INIT;
    const struct report_screen screen = { 70, use_color };
    terminal_add_answer(&screen, VERDICT_REGRESSED, ANSWER, detail, &out);
    assert_string_equal(out.data, want);
}

static void the_answer_fits_the_screen(void **state)
{
    (void)state;
    check_answer(false, "", ANSWER "\n");
    check_answer(false, DETAIL, ANSWER " The\nmachine was quiet.\n");
    check_answer(true, "", "\033[1m\033[31m" ANSWER "\033[0m\n");
    check_answer(true, DETAIL, "\033[1m\033[31m" ANSWER "\033[0m\n" DETAIL "\n");
}

static void a_quiet_answer_is_one_line(void **state)
{
    AUTO_STR struct str plain = STR_INIT;
    AUTO_STR struct str coloured = STR_INIT;
    (void)state;

    terminal_add_answer_line(false, VERDICT_OK, ANSWER ANSWER, DETAIL, &plain);
    terminal_add_answer_line(true, VERDICT_IMPROVED, ANSWER, "", &coloured);

    assert_string_equal(plain.data, ANSWER ANSWER " " DETAIL "\n");
    assert_string_equal(coloured.data, "\033[1m\033[32m" ANSWER "\033[0m\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(widths_stay_where_the_layout_fits),
        cmocka_unit_test(what_needs_a_look_is_coloured),
        cmocka_unit_test(the_answer_fits_the_screen),
        cmocka_unit_test(a_quiet_answer_is_one_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
