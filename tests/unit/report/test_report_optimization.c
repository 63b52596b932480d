/* The report on an optimization, and the prose that it is made with. */
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/report/optimization.h"
#include "golden.h"
#include "sample.h"
#include "sample_explain.h"
#include "tests/support/check.h"

static char text_path[] = "runners/case-tracker/list.c";
static char binary_path[] = "tests/a|b <script>.bin";
static struct optimization_file sample_files[] = {
    { .path = text_path, .added = 41, .removed = 7, .has_lines = true },
    { .path = binary_path },
};
static const struct optimization_files files = { .items = sample_files, .count = 2 };

static char *make(void (*fill)(struct result *), const struct optimization *optimization)
{
    struct result result = { 0 };
    struct str out = STR_INIT;
    fill(&result);
    report_optimization(&result, optimization, &out);
    result_clear(&result);
    return str_detach(&out);
}

static void must_read(const char *text, struct optimization_notes *notes)
{
    struct error err = { 0 };
    if (optimization_notes_read(text, notes, &err) < 0)
        fail_msg("%s", err.message);
}

static void without_prose_it_says_what_to_write(void **state)
{
    const struct optimization optimization = { .files = &files };
    (void)state;
    char *text = make(sample_explain, &optimization);
    assert_golden("optimization_explain.md", text);
    free(text);
}

static const char prose[] = "# Lists are *read* once\n"
                            "\n"
                            "## Problem\n"
                            "\n"
                            "Lists took long:\n"
                            "\n"
                            "```\n"
                            "## no heading\n"
                            "```\n"
                            "\n"
                            "## Decision\n"
                            "Kept.\n";

static void prose_stands_in_its_sections(void **state)
{
    struct optimization_notes notes = { 0 };
    (void)state;
    must_read(prose, &notes);
    assert_string_equal(notes.title, "Lists are *read* once");
    assert_string_equal(notes.prose[PROSE_PROBLEM],
                        "Lists took long:\n\n```\n## no heading\n```");
    assert_null(notes.prose[PROSE_GOAL]);
    assert_string_equal(notes.prose[PROSE_DECISION], "Kept.");

    const struct optimization optimization = { .notes = &notes, .files = &files };
    char *text = make(sample_improved, &optimization);
    assert_golden("optimization_improved.md", text);
    free(text);
    optimization_notes_clear(&notes);
}

static void a_report_is_the_notes_of_the_next(void **state)
{
    struct optimization_notes notes = { 0 };
    struct optimization_notes again = { 0 };
    (void)state;
    must_read(prose, &notes);
    const struct optimization first = { .notes = &notes, .files = &files };
    char *text = make(sample_improved, &first);

    must_read(text, &again);
    const struct optimization second = { .notes = &again, .files = &files };
    char *same = make(sample_improved, &second);

    assert_string_equal(same, text);
    assert_null(again.prose[PROSE_GOAL]);
    free(text);
    free(same);
    optimization_notes_clear(&notes);
    optimization_notes_clear(&again);
}

static void check_refused(const char *text, const char *message)
{
    struct optimization_notes notes = { 0 };
    struct error err = { 0 };
    assert_int_equal(optimization_notes_read(text, &notes, &err), -1);
    assert_string_equal(err.message, message);
    assert_null(notes.title);
    assert_int_equal(err.code, ERROR_USAGE);
}

static void notes_that_would_be_lost_are_refused(void **state)
{
    (void)state;
    check_refused(
        "# T\n\n## Reslut\n",
        "line 3: a report has no section 'Reslut'; those in prose are 'Problem', "
        "'Goal', 'Baseline', 'Hypothesis', 'Change', 'Correctness', "
        "'Trade-offs', 'Decision'");
    check_refused("## Goal\na\n## Goal\nb\n", "line 3: a second section 'Goal'");
    check_refused("# T\nIt was slow.\n",
                  "line 2: text before the first section; sections begin with headings "
                  "such as 'Problem'");
    check_refused("## Goal\n```\n## Problem\n",
                  "a block of code (```) that does not end");
}

static void what_was_not_measured_is_no_optimization(void **state)
{
    struct result result = { 0 };
    struct error err = { 0 };
    (void)state;
    sample_identical(&result);
    assert_int_equal(optimization_check(&result, &err), -1);
    assert_contains(err.message, "no judged row was measured on both sides");
    result_clear(&result);
    error_clear(&err);
    sample_pass(&result);
    assert_int_equal(optimization_check(&result, &err), 0);
    result_clear(&result);
}

static void make_dirty(struct result *result)
{
    sample_improved(result);
    result->head.is_dirty = true;
}

static void uncommitted_work_and_unknown_lines_are_said(void **state)
{
    const struct optimization optimization = { .files_missing =
                                                   "no repository at '<b>'" };
    (void)state;
    char *text = make(make_dirty, &optimization);
    assert_contains(text, "**with uncommitted changes**");
    assert_contains(text,
                    "Which lines changed is not known: no repository at '\\<b\\>'.");
    free(text);
}

static void foreign_text_commands_nobody(void **state)
{
    const struct optimization optimization = { .title = "<script> @octocat\n## Problem",
                                               .files = &files };
    (void)state;
    char *text = make(sample_hostile, &optimization);
    assert_contains(text, "# \\<script\\> @\xe2\x81\xa0"
                          "octocat \\#\\# Problem\n");
    assert_commands_nobody(text);
    struct optimization_notes notes = { 0 };
    must_read(text, &notes); /* no foreign line is a heading of ours */
    for (size_t i = 0; i < PROSE_COUNT; i++)
        assert_null(notes.prose[i]);
    optimization_notes_clear(&notes);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_prose_it_says_what_to_write),
        cmocka_unit_test(prose_stands_in_its_sections),
        cmocka_unit_test(a_report_is_the_notes_of_the_next),
        cmocka_unit_test(notes_that_would_be_lost_are_refused),
        cmocka_unit_test(what_was_not_measured_is_no_optimization),
        cmocka_unit_test(uncommitted_work_and_unknown_lines_are_said),
        cmocka_unit_test(foreign_text_commands_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
