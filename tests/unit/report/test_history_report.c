#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/report/history_chart.h"
#include "gate/report/history_report.h"
#include "tests/support/check.h"
#include "tests/unit/history/fixture.h"
#include "tests/unit/report/golden.h"

static const struct history_screen plain = { .width = 100 };

static void collect_step(struct made_history *made, struct history *history)
{
    made_step(made);
    made->request.anchor = "v1.0";
    made->request.anchor_commit = made->commits.items[3];
    made_collect(made, history);
}

static void check_terminal(const struct history *history,
                           const struct history_screen *screen,
                           const char *golden)
{
    AUTO_STR struct str out = STR_INIT;
    history_terminal(history, &history->rows.items[0], screen, &out);
    assert_golden(golden, out.data);
}

static void a_row_is_drawn_with_its_change_and_its_creep(void **state)
{
    const struct history_screen color = { .width = 80, .use_color = true };
    struct made_history made = { 0 };
    AUTO_HISTORY struct history history = { 0 };

    (void)state;
    collect_step(&made, &history);
    check_terminal(&history, &plain, "history_step.txt");
    check_terminal(&history, &color, "history_step_color.txt");
    made_clear(&made);
}

static void a_picture_says_the_same(void **state)
{
    struct made_history made = { 0 };
    AUTO_HISTORY struct history history = { 0 };
    AUTO_STR struct str out = STR_INIT;

    (void)state;
    collect_step(&made, &history);
    history_svg(&history, &history.rows.items[0], &out);
    assert_golden("history_step.svg", out.data);
    made_clear(&made);
}

static void json_has_points_and_changes(void **state)
{
    struct made_history made = { 0 };
    AUTO_HISTORY struct history history = { 0 };
    AUTO_STR struct str out = STR_INIT;

    (void)state;
    collect_step(&made, &history);
    const struct history_row *row = &history.rows.items[0];
    const struct history_selection selection = { &history, &row, 1 };
    history_json_text(&selection, &out);
    assert_golden("history_step.json", out.data);
    made_clear(&made);
}

/* Three rows: one that got slower, one more so whose larger values are better, one as it
 * was. */
static void add_three(struct made_history *made)
{
    for (size_t commit = 0; commit < 24; commit++) {
        double wobble = 1 + 0.004 * (double)(commit % 5);
        struct session_side *side = made_add(made, commit, 0.001 * wobble);
        double slower = commit < 12 ? 1 : 1.05;
        double faster = commit < 8 ? 1 : 1.3;
        made_row(side, "index[n=100000]", METRIC_WALL, 0.2 * wobble * slower);
        made_row(side, "load", METRIC_THROUGHPUT, 1e6 * wobble * faster)->unit =
            xstrdup("cases");
    }
    made_finish(made, 30);
}

static void rows_are_listed_with_the_largest_change_first(void **state)
{
    struct made_history made = { 0 };
    AUTO_HISTORY struct history history = { 0 };
    const struct history_row *rows[3];
    const struct history_screen color = { .width = 60, .use_color = true };
    AUTO_STR struct str out = STR_INIT;

    (void)state;
    add_three(&made);
    made_collect(&made, &history);
    assert_int_equal(history.rows.count, 3);
    for (size_t i = 0; i < 3; i++)
        rows[i] = &history.rows.items[i];
    const struct history_selection selection = { &history, rows, 3 };
    history_list(&selection, &plain, &out);
    history_list(&selection, &color, &out);
    assert_golden("history_list.txt", out.data);
    made_clear(&made);
}

static void few_sessions_are_no_trend(void **state)
{
    struct made_history made = { 0 };
    AUTO_STR struct str out = STR_INIT;

    (void)state;
    made_add(&made, 7, 0.25)->rows.items[0].low = -(double)INFINITY;
    made_finish(&made, 7);
    for (int i = 0; i < 2; i++) {
        AUTO_HISTORY struct history history = { 0 };
        made_collect(&made, &history);
        history_terminal(&history, &history.rows.items[0], &plain, &out);
        history_svg(&history, &history.rows.items[0], &out);
        made_clear(&made);
        for (size_t commit = 0; commit < 7; commit++)
            made_add(&made, commit, 0.25);
        made_add(&made, 9, 0.25); /* elsewhere */
        made_finish(&made, 8);
    }
    made_clear(&made);
    assert_contains(out.data, "One commit is no trend yet.");
    assert_contains(out.data, "No change can be shown before 10 commits have sessions.");
    assert_contains(out.data,
                    "1 measurement of commits outside of this history left out");
    assert_lacks(out.data, "nan");
    assert_lacks(out.data, "inf");
}

/* What comes out of a store may be a stranger's. */
static void hostile_names_are_shown_and_not_obeyed(void **state)
{
    struct made_history made = { 0 };
    AUTO_HISTORY struct history history = { 0 };
    AUTO_STR struct str text = STR_INIT;
    AUTO_STR struct str svg = STR_INIT;

    (void)state;
    struct session_side *side = made_add(&made, 0, 0.25);
    made_row(side, "x\033[2J</text><script>\n::error::", METRIC_CPU, 1);
    free(side->subject);
    side->subject = xstrdup("\033]0;owned\007 ##[error] \"]]><a>");
    session_side_sort(side);
    made_finish(&made, 0);
    made_collect(&made, &history);
    for (size_t i = 0; i < 2; i++) {
        history_terminal(&history, &history.rows.items[i], &plain, &text);
        history_svg(&history, &history.rows.items[i], &svg);
    }
    assert_lacks(text.data, "\033");
    assert_lacks(text.data, "\n::");
    assert_lacks(text.data, "##[");
    assert_lacks(svg.data, "\033");
    assert_lacks(svg.data, "<script>");
    assert_lacks(svg.data, "<a>");
    made_clear(&made);
}

static void widest_line_is_within(const char *text, size_t width)
{
    while (*text) {
        size_t length = strcspn(text, "\n");
        AUTO_FREE char *line = xstrndup(text, length);
        if (text_width(line) > width)
            fail_msg("%zu columns, not %zu: %s", text_width(line), width, line);
        text += length + (text[length] == '\n');
    }
}

static void charts_fit_any_width(void **state)
{
    static const size_t widths[] = { 40, 41, 60, 100, 250 };
    static const size_t counts[] = { 1, 2, 3, 30, 60, 61, 500 };

    (void)state;
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        struct made_history made = { 0 };
        AUTO_HISTORY struct history history = { 0 };
        for (size_t commit = 0; commit < counts[i]; commit++)
            made_add(&made, commit, 0.25 + (double)(commit * 7 % 11));
        made_finish(&made, counts[i]);
        made_collect(&made, &history);
        for (size_t w = 0; w < sizeof widths / sizeof widths[0]; w++) {
            AUTO_STR struct str out = STR_INIT;
            chart_add(&history.rows.items[0], widths[w], &out);
            widest_line_is_within(out.data, widths[w]);
            assert_contains(out.data, "•");
        }
        made_clear(&made);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_is_drawn_with_its_change_and_its_creep),
        cmocka_unit_test(a_picture_says_the_same),
        cmocka_unit_test(json_has_points_and_changes),
        cmocka_unit_test(rows_are_listed_with_the_largest_change_first),
        cmocka_unit_test(few_sessions_are_no_trend),
        cmocka_unit_test(hostile_names_are_shown_and_not_obeyed),
        cmocka_unit_test(charts_fit_any_width),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
