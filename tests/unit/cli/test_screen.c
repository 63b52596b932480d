#include "gate/base/error.h"
#include "gate/cli/screen.h"
#include "tests/support/check.h"

/* no-color.org: NO_COLOR that is not empty. bixense.com/clicolors: CLICOLOR_FORCE that is
 * set and not "0". */
static void
colours_follow_the_command_line_then_the_variables_then_the_terminal(void **state)
{
    static const struct {
        struct color_facts facts;
        bool want;
    } cases[] = {
        { { COLOR_AUTO, true, "xterm", NULL, NULL }, true },
        { { COLOR_AUTO, true, NULL, NULL, NULL }, true },
        { { COLOR_AUTO, true, "dumb", NULL, NULL }, false },
        { { COLOR_AUTO, false, "xterm", NULL, NULL }, false },
        { { COLOR_AUTO, true, "xterm", "1", NULL }, false },
        { { COLOR_AUTO, true, "xterm", "0", NULL }, false },
        { { COLOR_AUTO, true, "xterm", "", NULL }, true },
        { { COLOR_AUTO, false, "xterm", NULL, "1" }, true },
        { { COLOR_AUTO, false, "dumb", NULL, "1" }, true },
        { { COLOR_AUTO, false, "xterm", NULL, "0" }, false },
        { { COLOR_AUTO, false, "xterm", NULL, "" }, false },
        { { COLOR_AUTO, true, "xterm", "1", "1" }, false },
        { { COLOR_ALWAYS, false, "dumb", "1", NULL }, true },
        { { COLOR_NEVER, true, "xterm", NULL, "1" }, false },
    };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(color_is_wanted(&cases[i].facts), cases[i].want);
}

static void another_choice_of_colours_is_refused(void **state)
{
    struct error err = { 0 };
    (void)state;

    assert_int_equal(screen_choose_color("red", &err), -1);

    assert_string_equal(err.message,
                        "--color must be 'auto', 'always' or 'never', not 'red'");
    assert_int_equal(err.code, ERROR_USAGE);
}

static void what_is_no_terminal_has_the_usual_width(void **state)
{
    (void)state;
    assert_int_equal(screen_columns(-1, 77), 77);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            colours_follow_the_command_line_then_the_variables_then_the_terminal),
        cmocka_unit_test(another_choice_of_colours_is_refused),
        cmocka_unit_test(what_is_no_terminal_has_the_usual_width),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
