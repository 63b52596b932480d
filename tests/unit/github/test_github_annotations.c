#include <stdlib.h>
#include <string.h>

#include "../report/sample.h"
#include "../report/sample_creep.h"
#include "../report/sample_explain.h"
#include "../report/sample_growth.h"
#include "gate/base/str.h"
#include "gate/github/annotations.h"
#include "runner.h"
#include "tests/support/check.h"
#include "tests/support/hostile.h"

/* What the runner makes of the result's annotations, for the caller to clear. */
static struct runner_commands annotations_of(struct result *result, const char *folder)
{
    struct str out = STR_INIT;
    github_add_annotations(&out, result, result->exit == GATE_PASS, folder);
    struct runner_commands commands = runner_read_log(out.data);
    str_clear(&out);
    return commands;
}

static size_t count_of(const struct runner_commands *commands, const char *name)
{
    size_t count = 0;
    for (size_t i = 0; i < commands->count; i++)
        count += str_equal(commands->items[i].name, name);
    return count;
}

static void
check_property(const struct runner_command *command, const char *name, const char *want)
{
    char *value = runner_property(command, name);
    if (want)
        assert_string_equal(value, want);
    else
        assert_null(value);
    free(value);
}

static void a_pass_has_none(void **state)
{
    struct result result = { 0 };
    (void)state;
    sample_pass(&result);
    struct runner_commands commands = annotations_of(&result, "");

    assert_int_equal(commands.count, 0);
    result_clear(&result);
}

static void regressions_are_errors_worst_first(void **state)
{
    struct result result = { 0 };
    (void)state;
    sample_regression(&result);
    struct runner_commands commands = annotations_of(&result, "");

    assert_int_equal(commands.count, 3);
    assert_int_equal(count_of(&commands, "error"), 3);
    check_property(&commands.items[0], "title", "list[n=100000] got slower: cpu +18.2 %");
    check_property(&commands.items[1], "title", "list[n=1000] got slower: cpu +4.9 %");
    check_property(&commands.items[0], "file", NULL);
    assert_string_equal(commands.items[0].message,
                        "cpu +18.2 % (+16.1 .. +20.3), margin 2 %: 1.31 s -> 1.55 s in "
                        "40 pairs");
    runner_commands_clear(&commands);
    result_clear(&result);
}

static void where_the_gate_passes_all_the_same_they_are_warnings(void **state)
{
    struct result result = { 0 };
    (void)state;
    sample_regression(&result);
    result.exit = GATE_PASS;
    struct runner_commands commands = annotations_of(&result, "");

    assert_int_equal(count_of(&commands, "warning"), 3);
    assert_int_equal(count_of(&commands, "error"), 0);
    runner_commands_clear(&commands);
    result_clear(&result);
}

static void rows_of_one_bench_share_an_annotation(void **state)
{
    struct result result = { 0 };
    (void)state;
    sample_regression(&result);
    result.rows.items[4].verdict = VERDICT_REGRESSED;
    struct runner_commands commands = annotations_of(&result, "");

    assert_int_equal(commands.count, 3);
    assert_contains(commands.items[0].message, "40 pairs\npeak_rss -9.0 %");
    runner_commands_clear(&commands);
    result_clear(&result);
}

static void a_place_is_named_only_in_files_of_the_diff(void **state)
{
    struct result result = { 0 };
    (void)state;
    sample_explain(&result);
    struct runner_commands elsewhere = annotations_of(&result, "");
    strvec_push(&result.changed_paths, "src/lookup.c");
    struct runner_commands within = annotations_of(&result, "sub/");
    struct runner_commands outside = annotations_of(&result, NULL);

    check_property(&elsewhere.items[0], "file", NULL);
    check_property(&within.items[0], "file", "sub/src/lookup.c");
    check_property(&within.items[0], "line", "41");
    check_property(&outside.items[0], "file", NULL);
    check_property(&outside.items[0], "line", NULL);
    assert_contains(within.items[0].message,
                    "\n87 % of the added instructions are in 'find_case' "
                    "(src/lookup.c:41), which this change edits. cpu +612 %");
    runner_commands_clear(&outside);
    runner_commands_clear(&within);
    runner_commands_clear(&elsewhere);
    result_clear(&result);
}

static void an_edited_function_is_named_where_no_line_is(void **state)
{
    struct result result = { 0 };
    (void)state;
    sample_explain(&result);
    strvec_push(&result.changed_paths, "src/lookup.c");
    result.explanations->benches.items[0].lines.items[0].is_changed = false;
    result.explanations->benches.items[0].functions.items[0].line = 40;
    struct runner_commands commands = annotations_of(&result, "");

    check_property(&commands.items[0], "line", "40");
    runner_commands_clear(&commands);
    result_clear(&result);
}

static void what_was_not_measured_comes_before_what_regressed(void **state)
{
    struct result result = { 0 };
    (void)state;
    sample_trouble(&result);
    struct runner_commands commands = annotations_of(&result, "");

    assert_int_equal(count_of(&commands, "error"), 3);
    check_property(&commands.items[0], "title", "export failed");
    assert_string_equal(commands.items[0].message,
                        "head was killed by SIGSEGV in pair 3; base succeeded");
    check_property(&commands.items[1], "title", "merge[n=10] is missing");
    check_property(&commands.items[2], "title", "import got slower: cpu +6.1 %");
    runner_commands_clear(&commands);
    result_clear(&result);
}

static void undecided_rows_are_one_warning_that_passes(void **state)
{
    struct result result = { 0 };
    (void)state;
    sample_inconclusive(&result);
    struct runner_commands passing = annotations_of(&result, "");
    result.exit = GATE_INCONCLUSIVE;
    struct runner_commands failing = annotations_of(&result, "");

    assert_int_equal(passing.count, 1);
    assert_string_equal(passing.items[0].name, "warning");
    check_property(&passing.items[0], "title", "3 rows could not be decided");
    assert_contains(passing.items[0].message,
                    "about 160 more pairs (40 s) would decide\n");
    assert_string_equal(failing.items[0].name, "error");
    runner_commands_clear(&failing);
    runner_commands_clear(&passing);
    result_clear(&result);
}

static void growth_goals_creep_and_a_bad_control_are_errors(void **state)
{
    static const struct {
        void (*fill)(struct result *);
        const char *title;
    } cases[] = {
        { sample_growth, "list[n=#]" },
        { sample_creep, "crept since the anchor" },
        { sample_distrusted, "The measurement is not to be trusted" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct result result = { 0 };
        cases[i].fill(&result);
        result.exit = GATE_REGRESSED;
        struct runner_commands commands = annotations_of(&result, "");
        assert_string_equal(commands.items[0].name, "error");
        if (i)
            assert_contains(commands.items[0].properties, cases[i].title);
        else
            assert_contains(commands.items[0].properties, "grows too fast with n");
        runner_commands_clear(&commands);
        result_clear(&result);
    }
}

static void five_thousand_rows_make_eight_errors_and_say_how_many_more(void **state)
{
    struct result result = { 0 };
    (void)state;
    sample_large(&result, 5000);
    result.exit = GATE_REGRESSED;
    struct runner_commands commands = annotations_of(&result, "");

    assert_int_equal(count_of(&commands, "error"), GITHUB_ANNOTATIONS);
    assert_in_range(count_of(&commands, "warning"), 1, GITHUB_ANNOTATIONS);
    assert_int_equal(count_of(&commands, "notice"), 1);
    assert_contains(commands.items[commands.count - 1].message,
                    " more: the summary of this step has them");
    runner_commands_clear(&commands);
    result_clear(&result);
}

static void hostile_names_make_no_other_command(void **state)
{
    struct hostile_texts texts = hostile_load();
    (void)state;
    for (size_t i = 0; i < texts.count; i++) {
        struct result result = { 0 };
        sample_trouble(&result);
        sample_set(&result.rows.items[9].bench_id, texts.items[i].text);
        sample_set(&result.rows.items[12].bench_id, texts.items[i].text);
        sample_set(&result.rows.items[12].reason, texts.items[i].text);
        sample_set(&result.benches.items[4].id, texts.items[i].text);
        sample_set(&result.benches.items[4].reason, texts.items[i].text);
        struct runner_commands commands = annotations_of(&result, "");
        assert_int_equal(commands.count, 3);
        assert_int_equal(count_of(&commands, "error"), 3);
        char *title = str_format("%s failed", texts.items[i].shown);
        check_property(&commands.items[0], "title", title);
        free(title);
        runner_commands_clear(&commands);
        result_clear(&result);
    }
    hostile_clear(&texts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pass_has_none),
        cmocka_unit_test(regressions_are_errors_worst_first),
        cmocka_unit_test(where_the_gate_passes_all_the_same_they_are_warnings),
        cmocka_unit_test(rows_of_one_bench_share_an_annotation),
        cmocka_unit_test(a_place_is_named_only_in_files_of_the_diff),
        cmocka_unit_test(an_edited_function_is_named_where_no_line_is),
        cmocka_unit_test(what_was_not_measured_comes_before_what_regressed),
        cmocka_unit_test(undecided_rows_are_one_warning_that_passes),
        cmocka_unit_test(growth_goals_creep_and_a_bad_control_are_errors),
        cmocka_unit_test(five_thousand_rows_make_eight_errors_and_say_how_many_more),
        cmocka_unit_test(hostile_names_make_no_other_command),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
