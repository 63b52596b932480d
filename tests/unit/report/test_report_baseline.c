/* Head against stored sessions in every report. */
#include <stdlib.h>

#include "gate/base/json.h"
#include "gate/base/str.h"
#include "gate/report/report.h"
#include "golden.h"
#include "sample_baseline.h"
#include "tests/support/check.h"

static void reports_say_what_head_was_held_against(void **state)
{
    (void)state;
    assert_renders(sample_baseline, "markdown", "report_baseline.md");
    assert_renders(sample_baseline, "terminal", "report_baseline.txt");
}

static void other_machines_are_warned_of_in_every_format(void **state)
{
    static const char *const formats[] = { "junit", "tsv" };
    (void)state;
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        char *text = render(sample_across, formats[i]);
        assert_contains(text, "warning: compared across machines, whose figures need not "
                              "be comparable at all: kernel_major: 6 here, 5 there; "
                              "compiler: gcc 12 here, gcc 13 there");
        free(text);
    }
    char *markdown = render(sample_across, "markdown");
    char *terminal = render(sample_across, "terminal");
    assert_contains(markdown, "held against stored sessions, of other machines too.");
    assert_contains(terminal, "of other machines too.");
    free(markdown);
    free(terminal);
    char *plain = render(sample_baseline, "junit");
    assert_lacks(plain, "warning");
    free(plain);
}

static void read_back_it_is_written_the_same(void **state)
{
    struct result result = { 0 };
    (void)state;
    assert_reads_back(sample_across, &result);
    assert_int_equal(result.baseline->sessions.count, 7);
    assert_int_equal(result.baseline->rows.items[1].sessions.count, 5);
    result_clear(&result);
}

static void foreign_text_commands_nobody(void **state)
{
    (void)state;
    assert_reports_command_nobody(sample_baseline_hostile);
    char *markdown = render(sample_baseline_hostile, "markdown");
    char *xml = render(sample_baseline_hostile, "junit");
    assert_lacks(markdown, "<script>");
    assert_lacks(xml, "<script>");
    free(markdown);
    free(xml);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reports_say_what_head_was_held_against),
        cmocka_unit_test(other_machines_are_warned_of_in_every_format),
        cmocka_unit_test(read_back_it_is_written_the_same),
        cmocka_unit_test(foreign_text_commands_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
