/* Head against stored sessions in every report. */
#include <math.h>
#include <stdlib.h>

#include "gate/base/array.h"
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

/* The markdown on sample_baseline where every stored median of list[n=1000] and head's
 * are value, from so many sessions. */
static char *trend_of(double value, size_t count)
{
    struct result result = { 0 };
    struct str out = STR_INIT;
    sample_baseline(&result);
    struct baseline_row *held = &result.baseline->rows.items[0];
    strvec_clear(&held->sessions);
    held->medians.count = 0;
    for (size_t i = 0; i < count; i++) {
        strvec_push(&held->sessions, result.baseline->sessions.items[i % 7].name);
        *array_push(&held->medians) = value;
    }
    size_t row_count = result.baseline->rows.count;
    result.baseline->rows.count = 1;
    result.rows.items[0].base_median = result.rows.items[0].head_median = value;
    report_markdown(&result, &out);
    result.baseline->rows.count = row_count;
    result_clear(&result);
    return str_detach(&out);
}

static void at_most_twenty_points_are_drawn_the_latest(void **state)
{
    char *text = trend_of(0.0123, 30);
    (void)state;
    assert_contains(text, "\"18\", \"19\", \"head\"]\n");
    assert_contains(text, "| 19 | base itself | ");
    free(text);
}

static void what_does_not_move_has_an_axis_all_the_same(void **state)
{
    char *none = trend_of(0, 5);
    char *same = trend_of(250, 5);
    (void)state;
    assert_contains(none, "y-axis \"ns\" 0.000 --> 1.000\n");
    assert_contains(same, "y-axis \"s\" 235.000 --> 265.000\n");
    free(same);
    free(none);
}

static void what_is_too_little_or_no_number_is_not_drawn(void **state)
{
    char *few = trend_of(0.0123, 1);
    char *unknown = trend_of((double)NAN, 5);
    char *huge = trend_of(1e300, 5);
    (void)state;
    assert_lacks(few, "mermaid");
    assert_lacks(unknown, "mermaid");
    assert_lacks(huge, "mermaid");
    free(huge);
    free(unknown);
    free(few);
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
        cmocka_unit_test(at_most_twenty_points_are_drawn_the_latest),
        cmocka_unit_test(what_does_not_move_has_an_axis_all_the_same),
        cmocka_unit_test(what_is_too_little_or_no_number_is_not_drawn),
        cmocka_unit_test(foreign_text_commands_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
