/* Why rows changed, in every report that shows it. */
#include <stdlib.h>

#include "gate/base/json.h"
#include "gate/base/str.h"
#include "gate/report/explanation_phrase.h"
#include "gate/report/report.h"
#include "gate/report/terminal_explain.h"
#include "golden.h"
#include "sample_explain.h"
#include "tests/support/check.h"

static void why_is_shown_to_people(void **state)
{
    (void)state;
    assert_renders(sample_explain, "markdown", "report_explain.md");
    assert_renders(sample_explain, "terminal", "report_explain.txt");
    assert_renders(sample_explain, "json", "result_explain.json");
}

static void all_of_one_is_shown_by_itself(void **state)
{
    struct result result = { 0 };
    struct str text = STR_INIT;
    (void)state;
    sample_explain(&result);
    for (size_t i = 0; i < result.explanations->benches.count; i++)
        terminal_add_explanation(&result, &result.explanations->benches.items[i], 100,
                                 &text);
    assert_golden("explain.txt", text.data);
    str_clear(&text);
    result_clear(&result);
}

static void sample_of_operations(struct result *result)
{
    sample_explain(result);
    result->explanations->benches.items[0].is_per_operation = true;
}

/* 715,068 ps and 54,946,976 ps. */
static void costs_of_an_operation_are_times(void **state)
{
    static const char *const formats[] = { "markdown", "terminal" };
    (void)state;
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        char *text = render(sample_of_operations, formats[i]);
        assert_contains(text, "715 ns -> 54.9 us");
        assert_lacks(text, "35.9 k -> 2.00 M"); /* how often strcmp is called */
        free(text);
    }
    char *page = render(sample_of_operations, "html");
    assert_contains(page, "715 ns -&gt; 54.9 us");
    assert_contains(page, "Time an operation of base and head, callgrind 3.19.0");
    free(page);
}

static void read_back_it_is_written_the_same(void **state)
{
    struct result result = { 0 };
    (void)state;
    assert_reads_back(sample_of_operations, &result);
    assert_true(result.explanations->benches.items[0].is_per_operation);
    const struct explanation *wait = explanations_find(result.explanations, "sync");
    assert_non_null(wait);
    assert_int_equal(wait->witness, WITNESS_OFF_CPU);
    assert_int_equal(wait->syscalls.items[0].head_calls, 5);
    const struct explanation *scan =
        explanations_find(result.explanations, "find[n=1000]");
    assert_non_null(scan);
    assert_string_equal(scan->smells.items[0].function, "strcmp");
    assert_true(scan->smells.items[0].is_new);
    result_clear(&result);
}

static void foreign_text_commands_nobody(void **state)
{
    static const char *const formats[] = { "markdown", "terminal" };
    (void)state;
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        char *text = render(sample_explain_hostile, formats[i]);
        assert_commands_nobody(text);
        assert_lacks(text, "\n</details> <script>");
        free(text);
    }
}

static void assert_sentence(const char *text, const char *want)
{
    struct str sentence = STR_INIT;
    explanation_add_sentence(&sentence, text);
    assert_string_equal(sentence.data, want);
    str_clear(&sentence);
}

static void sentences_begin_with_a_capital_but_for_names_of_metrics(void **state)
{
    (void)state;
    assert_sentence("none of it", "None of it.");
    assert_sentence("87 % of it", "87 % of it.");
    assert_sentence("cpu +3.0 %", "cpu +3.0 %.");
    assert_sentence("", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(why_is_shown_to_people),
        cmocka_unit_test(all_of_one_is_shown_by_itself),
        cmocka_unit_test(costs_of_an_operation_are_times),
        cmocka_unit_test(read_back_it_is_written_the_same),
        cmocka_unit_test(foreign_text_commands_nobody),
        cmocka_unit_test(sentences_begin_with_a_capital_but_for_names_of_metrics),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
