/* Growth in every report. */
#include <stdlib.h>
#include <string.h>

#include "gate/base/json.h"
#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/report/headline.h"
#include "gate/report/report.h"
#include "golden.h"
#include "sample_growth.h"
#include "tests/support/check.h"

static void reports_read_as_agreed(void **state)
{
    (void)state;
    assert_renders(sample_growth, "markdown", "report_growth.md");
    assert_renders(sample_growth_ok, "markdown", "report_growth_ok.md");
    assert_renders(sample_growth_hostile, "markdown", "report_growth_hostile.md");
    assert_renders(sample_growth, "terminal", "report_growth.txt");
    assert_renders(sample_growth, "terminal-color", "report_growth_color.txt");
    assert_renders(sample_growth_ok, "terminal", "report_growth_ok.txt");
    assert_renders(sample_growth, "junit", "report_growth.xml");
    assert_renders(sample_growth, "tsv", "report_growth.tsv");
    assert_renders(sample_growth, "json", "result_growth.json");
}

static void read_back_it_is_written_the_same(void **state)
{
    struct result result = { 0 };
    (void)state;
    assert_reads_back(sample_growth, &result);
    assert_int_equal(result.growths.items[0].outcome, GROWTH_FASTER);
    result_clear(&result);
}

static void foreign_text_commands_nobody(void **state)
{
    (void)state;

    assert_reports_command_nobody(sample_growth_hostile);
}

static void no_line_is_wider_than_the_terminal(void **state)
{
    void (*const fills[])(struct result *) = { sample_growth, sample_growth_ok,
                                               sample_growth_hostile };
    (void)state;
    for (size_t i = 0; i < sizeof fills / sizeof fills[0]; i++) {
        char *text = render(fills[i], "terminal");
        char *rest = NULL;
        for (char *line = strtok_r(text, "\n", &rest); line;
             line = strtok_r(NULL, "\n", &rest))
            assert_in_range(text_width(line), 1, 100);
        free(text);
    }
}

static void long_reports_stay_below_their_limit(void **state)
{
    struct result result = { 0 };
    struct str out = STR_INIT;
    (void)state;
    sample_growth_large(&result, 3000);

    report_markdown_within(&result, 60000, &out);

    assert_in_range(out.length, 30000, 60000);
    assert_contains(out.data, "left out here for size; the JSON result has all of them");
    assert_contains(out.data, "### Reproduce");
    str_clear(&out);
    result_clear(&result);
}

static void many_growths_end_in_a_count(void **state)
{
    struct result result = { 0 };
    struct str out = STR_INIT;
    (void)state;
    sample_growth_large(&result, 40);

    report_terminal(&result, false, &out);

    assert_contains(out.data, "  … and 16 more like these\n");
    str_clear(&out);
    result_clear(&result);
}

static void assert_answer(void (*fill)(struct result *), const char *answer)
{
    struct result result = { 0 };
    AUTO_HEADLINE struct headline headline = HEADLINE_INIT;
    fill(&result);
    headline_of(&result, &headline);
    assert_string_equal(headline.answer.data, answer);
    result_clear(&result);
}

static void the_headline_names_growth_as_its_own_kind(void **state)
{
    (void)state;
    assert_answer(sample_growth, "No: 1 of 9 growth curves got too steep.");
    assert_answer(sample_growth_ok, "Yes: nothing got worse by more than its margin");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reports_read_as_agreed),
        cmocka_unit_test(read_back_it_is_written_the_same),
        cmocka_unit_test(foreign_text_commands_nobody),
        cmocka_unit_test(no_line_is_wider_than_the_terminal),
        cmocka_unit_test(long_reports_stay_below_their_limit),
        cmocka_unit_test(many_growths_end_in_a_count),
        cmocka_unit_test(the_headline_names_growth_as_its_own_kind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
