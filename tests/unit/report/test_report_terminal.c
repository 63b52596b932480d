#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/report/report.h"
#include "gate/report/terminal_side.h"
#include "golden.h"
#include "sample.h"
#include "tests/support/check.h"

static void reports_read_as_agreed(void **state)
{
    (void)state;
    assert_renders(sample_pass, "terminal", "report_pass.txt");
    assert_renders(sample_regression, "terminal", "report_regression.txt");
    assert_renders(sample_inconclusive, "terminal", "report_inconclusive.txt");
    assert_renders(sample_improved, "terminal", "report_improved.txt");
    assert_renders(sample_trouble, "terminal", "report_trouble.txt");
    assert_renders(sample_identical, "terminal", "report_identical.txt");
    assert_renders(sample_confirm, "terminal", "report_confirm.txt");
    assert_renders(sample_layouts, "terminal", "report_layouts.txt");
    assert_renders(sample_sensitive, "terminal", "report_sensitive.txt");
    assert_renders(sample_control, "terminal", "report_control.txt");
    assert_renders(sample_distrusted, "terminal", "report_distrusted.txt");
    assert_renders(sample_hostile, "terminal", "report_hostile.txt");
    assert_renders(sample_trouble, "terminal-color", "report_trouble_color.txt");
}

/* Lines of a text, each cut off with its line break. */
static void check_lines(char *text, size_t width)
{
    char *rest = NULL;
    for (char *line = strtok_r(text, "\n", &rest); line;
         line = strtok_r(NULL, "\n", &rest)) {
        if (text_width(line) > width)
            print_error("%zu: %s\n", width, line);
        assert_in_range(text_width(line), 1, width);
        assert_false(str_starts_with(line + strspn(line, " "), "::"));
    }
}

static void no_line_is_wider_than_the_page_nor_a_command(void **state)
{
    void (*const fills[])(struct result *) = {
        sample_pass,    sample_regression,   sample_trouble,   sample_improved,
        sample_hostile, sample_inconclusive, sample_identical, sample_confirm,
        sample_control, sample_distrusted,   sample_layouts,   sample_sensitive
    };
    (void)state;
    for (size_t i = 0; i < sizeof fills / sizeof fills[0]; i++) {
        char *text = render(fills[i], "terminal");
        assert_lacks(text, "\033");
        assert_lacks(text, "##[");
        check_lines(text, REPORT_USUAL);
        free(text);
    }
}

static char *render_at(void (*fill)(struct result *), size_t width, bool use_color)
{
    struct result result = { 0 };
    struct str out = STR_INIT;
    const struct report_screen screen = { .width = width, .use_color = use_color };
    fill(&result);
    report_screen(&result, &screen, &out);
    result_clear(&result);
    return str_detach(&out);
}

static void lines_follow_the_width_of_the_screen(void **state)
{
    static const size_t widths[][2] = { { 1, 60 },   { 60, 60 },   { 61, 61 },
                                        { 80, 80 },  { 133, 133 }, { 160, 160 },
                                        { 500, 160 } };
    void (*const fills[])(struct result *) = { sample_regression,  sample_trouble,
                                               sample_hostile,     sample_layouts,
                                               sample_control,     sample_confirm,
                                               sample_inconclusive };
    (void)state;
    for (size_t w = 0; w < sizeof widths / sizeof widths[0]; w++) {
        for (size_t i = 0; i < sizeof fills / sizeof fills[0]; i++) {
            char *text = render_at(fills[i], widths[w][0], false);
            check_lines(text, widths[w][1]);
            free(text);
        }
    }
}

static void wide_screen_keeps_what_a_narrow_one_breaks(void **state)
{
    char *narrow = render_at(sample_hostile, 60, false);
    char *wide = render_at(sample_hostile, 160, false);
    size_t lines[2] = { 0 };
    (void)state;
    for (const char *c = narrow; *c; c++)
        lines[0] += *c == '\n';
    for (const char *c = wide; *c; c++)
        lines[1] += *c == '\n';
    assert_true(lines[0] > lines[1]);
    free(narrow);
    free(wide);
}

static void rule_of_base_is_whole_where_the_line_has_room(void **state)
{
    struct result result = { 0 };
    AUTO_STR struct str out = STR_INIT;
    const char *rule = "parent of HEAD, as there is no other branch to compare with";
    (void)state;
    result.base.commit = xstrdup("4d10871644aaaaaaaaaa");
    result.base.subject = xstrdup("one");

    terminal_add_side("base", &result.base, rule, 100, &out);
    assert_string_equal(out.data,
                        "base 4d10871644 one (parent of HEAD, as there is no other "
                        "branch to compare with)\n");
    str_reset(&out);
    terminal_add_side("base", &result.base, rule, 81, &out);
    assert_string_equal(out.data,
                        "base 4d10871644 one (parent of HEAD, as there is no other "
                        "branch to compare with)\n");
    str_reset(&out);
    terminal_add_side("base", &result.base, rule, 60, &out);
    assert_string_equal(out.data,
                        "base 4d10871644 one (parent of HEAD, as there is no other …)\n");
    result_clear(&result);
}

static void verdict_line_is_one_line(void **state)
{
    struct result result = { 0 };
    struct str plain = STR_INIT;
    struct str colored = STR_INIT;
    (void)state;
    sample_regression(&result);

    report_verdict_line(&result, false, &plain);
    report_verdict_line(&result, true, &colored);

    assert_true(str_starts_with(plain.data, "No: "));
    assert_ptr_equal(strchr(plain.data, '\n'), plain.data + plain.length - 1);
    assert_true(str_starts_with(colored.data, "\033[1m\033[31mNo: "));
    str_clear(&plain);
    str_clear(&colored);
    result_clear(&result);
}

static void many_rows_end_in_a_count(void **state)
{
    struct result result = { 0 };
    struct str out = STR_INIT;
    (void)state;
    sample_large(&result, 200);

    report_terminal(&result, false, &out);

    assert_contains(out.data, "  … and 20 more like these\n");
    assert_contains(out.data, "140 rows ok");
    str_clear(&out);
    result_clear(&result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reports_read_as_agreed),
        cmocka_unit_test(no_line_is_wider_than_the_page_nor_a_command),
        cmocka_unit_test(lines_follow_the_width_of_the_screen),
        cmocka_unit_test(wide_screen_keeps_what_a_narrow_one_breaks),
        cmocka_unit_test(rule_of_base_is_whole_where_the_line_has_room),
        cmocka_unit_test(verdict_line_is_one_line),
        cmocka_unit_test(many_rows_end_in_a_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
