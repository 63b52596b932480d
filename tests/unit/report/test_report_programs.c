/* The sizes of programs, in every report that tells them. */
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/report/optimization.h"
#include "gate/report/program_phrase.h"
#include "golden.h"
#include "sample.h"
#include "tests/support/check.h"

static const int64_t large[] = { 181204, 1432, 0, 402616 };
static const int64_t larger[] = { 187912, 1432, 0, 402616 };

static void fill_equal(struct result *result)
{
    sample_pass(result);
    sample_add_program(result, "build/case-tracker", large, large);
}

static void fill_differing(struct result *result)
{
    sample_pass(result);
    sample_add_programs(result);
}

/* Names that tell nothing apart once they are shown, and those that try to be markup. */
static void fill_hostile(struct result *result)
{
    sample_pass(result);
    sample_add_program(result, "a\x01z", large, larger);
    sample_add_program(result, "a\x02y", large, larger);
    sample_add_program(result, "a\x02z", large, larger);
    sample_add_program(result, "<blink>|`x`\n::error::\"\\", large, larger);
}

static void fill_many(struct result *result)
{
    sample_pass(result);
    for (int i = 0; i < 60; i++) {
        AUTO_FREE char *name = str_format("build/test-%02d", i);
        sample_add_program(result, name, large, larger);
    }
}

/* What is the same is no news; machines may want it all the same. */
static void equal_programs_are_not_shown_to_people(void **state)
{
    static const char *const formats[] = { "markdown", "terminal", "html" };
    (void)state;
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        AUTO_FREE char *with = render(fill_equal, formats[i]);
        AUTO_FREE char *without = render(sample_pass, formats[i]);
        assert_string_equal(with, without);
    }
    AUTO_FREE char *json = render(fill_equal, "json");
    assert_contains(json,
                    "\"programs\": [\n    {\"base\": {\"bss_bytes\": 0, "
                    "\"data_bytes\": 1432, \"file_bytes\": 402616, \"has_parts\": "
                    "true, \"is_there\": true, \"text_bytes\": 181204}, \"head\": ");
}

static void differing_programs_are_a_folded_table(void **state)
{
    (void)state;
    AUTO_FREE char *markdown = render(fill_differing, "markdown");
    AUTO_FREE char *html = render(fill_differing, "html");
    assert_contains(
        markdown,
        "<details><summary>3 of 4 programs differ in size: text +6,708 bytes in all</summary>");
    assert_contains(markdown, "| program | text | data | bss | file |\n");
    assert_contains(markdown, "| `bench/fill.sh` |  |  |  | 812");
    assert_contains(markdown, "| `build/warm-up`, new | 48,012 | 960 | 16 | 61,280 |\n");
    assert_lacks(markdown, "libcases");
    assert_contains(
        html,
        "<summary>3 of 4 programs differ in size: text +6,708 bytes in all</summary>");
    assert_contains(html,
                    "<td class=\"number\">181,204 -&gt; 187,912 (+6,708, +3.7 %)</td>");
    assert_lacks(html, "libcases");
}

static void code_that_moved_much_has_a_line_in_the_terminal(void **state)
{
    (void)state;
    AUTO_FREE char *text = render(fill_differing, "terminal");
    assert_contains(text,
                    "\n  program build/case-tracker: bytes of text 181,204 -> 187,912 "
                    "(+6,708, +3.7 %)\n");
    assert_lacks(text, "fill.sh");
    assert_lacks(text, "warm-up");
    AUTO_FREE char *many = render(fill_many, "terminal");
    assert_contains(many, "program build/test-09: ");
    assert_lacks(many, "build/test-10");
    assert_contains(many, "… and 50 more programs\n");
}

static void long_lists_are_cut(void **state)
{
    (void)state;
    AUTO_FREE char *markdown = render(fill_many, "markdown");
    AUTO_FREE char *html = render(fill_many, "html");
    assert_contains(markdown, "build/test-49");
    assert_lacks(markdown, "build/test-50");
    assert_contains(markdown, "… and 10 more, in the JSON result.");
    assert_lacks(html, "build/test-50");
    assert_contains(html, "… and 10 programs more");
}

static void collectors_get_all_parts_of_all_programs(void **state)
{
    (void)state;
    AUTO_FREE char *text = render(fill_differing, "openmetrics");
    assert_contains(text, "# TYPE pawl_program_bytes gauge\n"
                          "# UNIT pawl_program_bytes bytes\n");
    assert_contains(text,
                    "pawl_program_bytes{program=\"build/case-tracker\",side=\"base\","
                    "part=\"text\"} 181204\n");
    assert_contains(text, "pawl_program_bytes{program=\"build/libcases.so.1\",side="
                          "\"head\",part=\"bss\"} 16\n");
    assert_contains(text, "pawl_program_bytes{program=\"bench/fill.sh\",side=\"head\","
                          "part=\"file\"} 815\n");
    assert_lacks(text, "program=\"bench/fill.sh\",side=\"head\",part=\"text\"");
    assert_lacks(text, "program=\"build/warm-up\",side=\"base\"");
}

static size_t count_of(const char *text, const char *part)
{
    size_t count = 0;
    for (const char *at = strstr(text, part); at; at = strstr(at + 1, part))
        count++;
    return count;
}

static void names_are_foreign(void **state)
{
    (void)state;
    assert_reports_command_nobody(fill_hostile);
    AUTO_FREE char *html = render(fill_hostile, "html");
    AUTO_FREE char *markdown = render(fill_hostile, "markdown");
    AUTO_FREE char *metrics = render(fill_hostile, "openmetrics");
    assert_contains(html, "&lt;blink&gt;");
    assert_lacks(html, "<blink>");
    assert_contains(markdown, "\\|");
    assert_int_equal(count_of(metrics, "z\",side=\"base\",part=\"text\"}"), 1);
    assert_int_equal(count_of(metrics, ",side=\"base\",part=\"text\"}"), 3);
}

static char *optimization_of(void (*fill)(struct result *))
{
    const struct optimization optimization = { 0 };
    struct result result = { 0 };
    struct str out = STR_INIT;
    fill(&result);
    report_optimization(&result, &optimization, &out);
    result_clear(&result);
    return str_detach(&out);
}

static void optimizations_tell_what_they_cost_in_size(void **state)
{
    (void)state;
    AUTO_FREE char *unknown = optimization_of(sample_pass);
    AUTO_FREE char *equal = optimization_of(fill_equal);
    AUTO_FREE char *many = optimization_of(fill_many);
    assert_contains(unknown, "\nThe result tells no sizes of programs.\n");
    assert_contains(equal, "\nSame size as before: 1 program that the benchmarks run.\n");
    assert_contains(many, "| `build/test-00` | 181,204");
}

static void check_part(const int64_t *base, const int64_t *head, const char *want)
{
    AUTO_STR struct str text = STR_INIT;
    struct result result = { 0 };
    sample_add_program(&result, "p", base, head);
    program_add_part(&text, &result.programs.items[0], PROGRAM_DATA);
    assert_string_equal(text.data, want);
    result_clear(&result);
}

static void a_part_is_one_figure_or_two(void **state)
{
    static const int64_t none[] = { 0, 0, 0, -1 };
    static const int64_t script[] = { 0, 0, 0, 9 };
    static const int64_t zero[] = { 1, 0, 0, 9 };
    static const int64_t some[] = { 1, 2000, 0, 9 };
    static const int64_t more[] = { 1, 2500, 0, 9 };
    (void)state;
    check_part(some, more, "2,000 -> 2,500 (+500, +25.0 %)");
    check_part(more, some, "2,500 -> 2,000 (-500, -20.0 %)");
    check_part(zero, some, "0 -> 2,000 (+2,000)");
    check_part(some, some, "2,000");
    check_part(some, none, "2,000");
    check_part(script, some, "2,000");
    check_part(script, none, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_programs_are_not_shown_to_people),
        cmocka_unit_test(differing_programs_are_a_folded_table),
        cmocka_unit_test(code_that_moved_much_has_a_line_in_the_terminal),
        cmocka_unit_test(long_lists_are_cut),
        cmocka_unit_test(collectors_get_all_parts_of_all_programs),
        cmocka_unit_test(names_are_foreign),
        cmocka_unit_test(optimizations_tell_what_they_cost_in_size),
        cmocka_unit_test(a_part_is_one_figure_or_two),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
