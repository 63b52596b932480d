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
    struct error err = { 0 };
    struct result result = { 0 };
    struct str again = STR_INIT;
    (void)state;
    char *text = render(sample_across, "json");
    json_t *json = json_read_text(text, "result", ERROR_USAGE, &err);
    assert_non_null(json);

    if (report_json_read(json, &result, &err) < 0)
        fail_msg("%s", err.message);
    report_json_text(&result, &again);

    assert_string_equal(again.data, text);
    assert_int_equal(result.baseline->sessions.count, 7);
    assert_int_equal(result.baseline->rows.items[1].sessions.count, 5);
    json_decref(json);
    result_clear(&result);
    str_clear(&again);
    free(text);
}

static void foreign_text_commands_nobody(void **state)
{
    static const char *const formats[] = { "markdown", "terminal", "junit", "tsv" };
    (void)state;
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        char *text = render(sample_baseline_hostile, formats[i]);
        assert_lacks(text, "\n::");
        assert_lacks(text, "\033");
        assert_lacks(text, "\r");
        free(text);
    }
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
