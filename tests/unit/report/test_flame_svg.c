/* The bytes of flame graphs. What a browser makes of them is in test_cli_flame.c. */
#include <stdlib.h>
#include <string.h>

#include "gate/base/str.h"
#include "gate/explain/flame_tree.h"
#include "gate/report/flame_still.h"
#include "gate/report/flame_svg.h"
#include "golden.h"
#include "sample_flame.h"
#include "tests/support/check.h"

static size_t count_of(const char *text, const char *part)
{
    size_t count = 0;
    for (const char *at = strstr(text, part); at; at = strstr(at + 1, part))
        count++;
    return count;
}

static void the_picture_is_as_it_was_read(void **state)
{
    (void)state;
    char *svg = sample_flame_svg(sample_flame);
    assert_golden("flame.svg", svg);
    free(svg);
}

/* 15,000 is as wide as the field, 960. */
static void base_and_head_have_one_scale(void **state)
{
    (void)state;
    char *svg = sample_flame_svg(sample_flame);
    assert_contains(svg, "width=\"960.00\" height=\"17\"/><title>the whole run\n"
                         "base 8,900 instructions (100.0 %)");
    assert_contains(svg, "width=\"577.30\" height=\"17\"/><title>the whole run");
    free(svg);
}

static void signs_say_what_colours_do(void **state)
{
    (void)state;
    char *svg = sample_flame_svg(sample_flame);
    assert_contains(svg, "class=\"f p4\" data-i=\"2\" data-p=\"1\" data-n=\"2\" "
                         "data-d=\"+89.9 % \"");
    assert_contains(svg, "class=\"f m3\" data-i=\"5\" data-p=\"1\" data-n=\"5\" "
                         "data-d=\"−18.0 % \"");
    assert_contains(svg, "difference −18.0 % of base's whole run");
    free(svg);
}

static void what_is_left_out_is_said(void **state)
{
    (void)state;
    char *svg = sample_flame_svg(sample_flame);
    assert_contains(svg, "Callgrind counts calls between functions, not stacks");
    assert_contains(svg, "(recursion) is left out");
    assert_contains(svg, "drawn together as 'others' (3 here).");
    assert_contains(svg, "3 others\n");
    free(svg);
}

/* All elements are ours, the one script ends where ours does, and it has no text of the
 * profile. */
static void foreign_names_are_text(void **state)
{
    (void)state;
    char *svg = sample_flame_svg(sample_flame_hostile);
    const char *script = strstr(svg, "<script>");
    assert_int_equal(count_of(svg, "<script>"), 1);
    assert_int_equal(count_of(svg, "</script>"), 1);
    assert_int_equal(count_of(svg, "]]>"), 1);
    assert_int_equal(count_of(svg, "<image"), 0);
    assert_int_equal(count_of(svg, "</svg>"), 1);
    assert_int_equal(count_of(svg, "\x1b"), 0);
    assert_non_null(script);
    assert_lacks(script, "owned");
    assert_lacks(script, "alert");
    assert_contains(svg, "]]&gt;&lt;/script&gt;&lt;script&gt;document");
    assert_contains(svg, "operator&lt;&lt;&amp;lt; second line");
    free(svg);
}

static void samples_are_told_as_such(void **state)
{
    (void)state;
    char *svg = sample_flame_svg(sample_flame_sampled);
    assert_golden("flame_sampled.svg", svg);
    assert_lacks(svg, "instructions");
    assert_lacks(svg, "Callgrind");
    assert_contains(svg, ": 610 -&gt; 1,192 samples, +95.4 %</text>");
    assert_contains(svg, "base 400 samples (65.6 %), itself 300\n");
    free(svg);
}

/* strcmp's 130 - 100 and print's 150 - 200 are less than 3 sqrt(230) and 3 sqrt(350). */
static void what_chance_may_make_has_no_colour_and_no_width(void **state)
{
    (void)state;
    char *svg = sample_flame_svg(sample_flame_sampled);
    assert_contains(svg, "class=\"f p4\" data-i=\"2\"");
    assert_contains(svg, "difference +103.3 % of base's whole run</title>");
    assert_int_equal(count_of(svg, "<title>strcmp\n"), 2);
    assert_contains(svg, "difference +4.9 % of base's whole run, which chance alone may "
                         "make</title>");
    assert_int_equal(count_of(svg, "<title>print\n"), 2);
    free(svg);
}

/* print's 60 - 20 ns is less than 3 sqrt(20,000 * 2,000 + 60,000 * 4,000) = 50,200 ps. */
static void an_operation_is_told_in_time_and_its_chance_with_it(void **state)
{
    (void)state;
    char *svg = sample_flame_svg(sample_flame_operation);
    assert_contains(svg, ": 620 ns -&gt; 1.86 us an operation, +200.0 %</text>");
    assert_contains(svg, "base 600 ns an operation (96.8 %), itself 600 ns\n");
    assert_contains(svg, "difference +193.5 % of base's whole operation</title>");
    assert_contains(svg,
                    "difference +6.5 % of base's whole operation, which chance alone "
                    "may make</title>");
    assert_contains(svg, "scaled to what an operation of the harness took");
    assert_lacks(svg, "the whole run");
    free(svg);
}

static void sample_from_nothing(struct flame_tree *tree)
{
    sample_flame_sampled(tree);
    for (size_t i = 0; i < tree->frames.count; i++)
        tree->frames.items[i].self[0] = tree->frames.items[i].inclusive[0] = 0;
}

static void what_base_was_too_short_for_is_new(void **state)
{
    (void)state;
    char *svg = sample_flame_svg(sample_from_nothing);
    assert_contains(svg, ": 0 -&gt; 1,192 samples, new</text>");
    assert_contains(svg, ">new find_case</text>");
    assert_lacks(svg, "\ndifference");
    free(svg);
}

static void make_wide(struct flame_tree *tree)
{
    sample_flame_wide(tree, 1000);
}

static void a_thousand_functions_take_less_than_a_megabyte(void **state)
{
    (void)state;
    char *svg = sample_flame_svg(make_wide);
    char *again = sample_flame_svg(make_wide);
    assert_int_equal(count_of(svg, "<title>f999\n"), 3);
    assert_true(strlen(svg) < 1000000);
    assert_string_equal(svg, again);
    free(svg);
    free(again);
}

static void make_still(struct flame_tree *tree)
{
    sample_flame_wide(tree, 5);
}

static void no_difference_is_said(void **state)
{
    (void)state;
    char *svg = sample_flame_svg(make_still);
    assert_contains(svg, ">Difference: none</text>");
    assert_lacks(svg, "nan");
    assert_int_equal(count_of(svg, "<title>f4\n"), 2);
    free(svg);
}

static void for_a_page_it_is_made_without_its_script(void **state)
{
    struct flame_tree tree = { 0 };
    struct str svg = STR_INIT;
    const struct flame_title title = { "a", "base", "head", .is_still = true };
    (void)state;
    sample_flame(&tree);
    flame_svg(&tree, &title, &svg);

    assert_lacks(svg.data, "<script");
    assert_contains(svg.data, "<title>");
    str_clear(&svg);
    flame_tree_clear(&tree);
}

static void check_still(void (*fill)(struct flame_tree *))
{
    struct flame_tree tree = { 0 };
    struct str want = STR_INIT;
    struct str got = STR_INIT;
    struct str again = STR_INIT;
    const struct flame_title title = { "a", "base", "head", .is_still = false };
    const struct flame_title still = { "a", "base", "head", .is_still = true };
    struct str svg = STR_INIT;
    fill(&tree);
    flame_svg(&tree, &title, &svg);
    flame_svg(&tree, &still, &want);

    assert_true(flame_still(svg.data, svg.length, &got));
    assert_string_equal(got.data, want.data);
    assert_true(flame_still(got.data, got.length, &again));
    assert_string_equal(again.data, want.data);
    str_clear(&svg);
    str_clear(&want);
    str_clear(&got);
    str_clear(&again);
    flame_tree_clear(&tree);
}

static void of_a_file_it_is_what_it_would_have_been(void **state)
{
    (void)state;
    check_still(sample_flame);
    check_still(sample_flame_hostile);
}

static void it_is_known_of_which_bench_it_is(void **state)
{
    struct flame_tree tree = { 0 };
    struct str svg = STR_INIT;
    const struct flame_title title = { "a<b>&\"\x1b", "base", "head", .is_still = false };
    (void)state;
    sample_flame(&tree);
    flame_svg(&tree, &title, &svg);

    assert_true(flame_is_of(svg.data, title.bench_id));
    assert_false(flame_is_of(svg.data, "a<b>&"));
    assert_false(flame_is_of(svg.data, "find_case"));
    assert_false(flame_is_of(svg.data, ""));
    str_clear(&svg);
    flame_tree_clear(&tree);
}

static void other_files_are_none(void **state)
{
#define OURS                                                         \
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">" \
    "<title id=\"title\">Flame graph of a</title>"
    static const struct {
        const char *bytes;
        size_t length;
    } cases[] = {
        { "", 0 },
        { "<svg></svg>\n", 12 },
        { "\x89PNG\r\n", 6 },
        { OURS, sizeof OURS - 1 },
        { "x" OURS "</svg>\n", sizeof OURS + 7 },
        { OURS "\0</svg>\n", sizeof OURS + 7 },
    };
    struct str still = STR_INIT;
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_false(flame_still(cases[i].bytes, cases[i].length, &still));
    assert_string_equal(still.data, "");
    assert_true(flame_still(OURS "</svg>\n", sizeof OURS + 6, &still));
    str_clear(&still);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_picture_is_as_it_was_read),
        cmocka_unit_test(base_and_head_have_one_scale),
        cmocka_unit_test(signs_say_what_colours_do),
        cmocka_unit_test(what_is_left_out_is_said),
        cmocka_unit_test(samples_are_told_as_such),
        cmocka_unit_test(what_chance_may_make_has_no_colour_and_no_width),
        cmocka_unit_test(an_operation_is_told_in_time_and_its_chance_with_it),
        cmocka_unit_test(what_base_was_too_short_for_is_new),
        cmocka_unit_test(foreign_names_are_text),
        cmocka_unit_test(a_thousand_functions_take_less_than_a_megabyte),
        cmocka_unit_test(no_difference_is_said),
        cmocka_unit_test(for_a_page_it_is_made_without_its_script),
        cmocka_unit_test(of_a_file_it_is_what_it_would_have_been),
        cmocka_unit_test(it_is_known_of_which_bench_it_is),
        cmocka_unit_test(other_files_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
