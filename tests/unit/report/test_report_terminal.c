#include <stdlib.h>
#include <string.h>

#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/report/report.h"
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
static void check_lines(char *text)
{
    char *rest = NULL;
    for (char *line = strtok_r(text, "\n", &rest); line;
         line = strtok_r(NULL, "\n", &rest)) {
        assert_in_range(text_width(line), 1, 100);
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
        check_lines(text);
        free(text);
    }
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
        cmocka_unit_test(many_rows_end_in_a_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
