#include <expat.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/report/html_assets.h"
#include "gate/report/report.h"
#include "golden.h"
#include "sample.h"
#include "sample_baseline.h"
#include "sample_creep.h"
#include "sample_explain.h"
#include "sample_growth.h"
#include "tests/support/check.h"
#include "tests/support/hostile.h"

/* What an XML parser saw of a page. */
struct seen {
    size_t scripts;
    size_t foreign; /* elements that no page has, and links that lead out of it */
    struct str text;
};

static bool is_ours(const char *name)
{
    static const char *const never[] = {
        "img", "object", "embed", "form", "base", "link"
    };
    for (size_t i = 0; i < sizeof never / sizeof never[0]; i++)
        if (str_equal(name, never[i]))
            return false;
    return true;
}

static void XMLCALL see_element(void *data,
                                const XML_Char *name,
                                const XML_Char **attributes)
{
    struct seen *seen = data;
    seen->scripts += str_equal(name, "script");
    seen->foreign += !is_ours(name);
    for (size_t i = 0; attributes[i]; i += 2) {
        bool is_link = str_equal(attributes[i], "href");
        seen->foreign += is_link && attributes[i + 1][0] != '#';
        seen->foreign += str_starts_with(attributes[i], "on");
    }
}

static void XMLCALL see_text(void *data, const XML_Char *text, int length)
{
    str_add_bytes(&((struct seen *)data)->text, text, (size_t)length);
}

/* Fails unless the page is well-formed. seen->text is the caller's. */
static void parse(const char *page, struct seen *seen)
{
    XML_Parser parser = XML_ParserCreate("UTF-8");
    XML_SetUserData(parser, seen);
    XML_SetElementHandler(parser, see_element, NULL);
    XML_SetCharacterDataHandler(parser, see_text);
    if (XML_Parse(parser, page, (int)strlen(page), 1) != XML_STATUS_OK)
        fail_msg("line %lu, column %lu: %s", XML_GetCurrentLineNumber(parser),
                 XML_GetCurrentColumnNumber(parser),
                 XML_ErrorString(XML_GetErrorCode(parser)));
    XML_ParserFree(parser);
}

static void pages_are_well_formed(void **state)
{
    static void (*const samples[])(struct result *) = {
        sample_pass,       sample_regression,      sample_inconclusive,
        sample_improved,   sample_confirm,         sample_layouts,
        sample_sensitive,  sample_control,         sample_trouble,
        sample_distrusted, sample_identical,       sample_hostile,
        sample_growth,     sample_growth_ok,       sample_growth_hostile,
        sample_explain,    sample_explain_hostile, sample_creep,
        sample_baseline,
    };
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        struct seen seen = { .text = STR_INIT };
        char *page = render(samples[i], "html");
        parse(page, &seen);
        assert_int_equal(seen.scripts, 3);
        assert_int_equal(seen.foreign, 0);
        str_clear(&seen.text);
        free(page);
    }
}

static void an_empty_result_is_a_page(void **state)
{
    struct result result = { 0 };
    struct str page = STR_INIT;
    struct seen seen = { .text = STR_INIT };
    (void)state;
    report_html(&result, &page);
    parse(page.data, &seen);

    assert_contains(page.data, "<h1>");
    str_clear(&seen.text);
    str_clear(&page);
}

/* The style, the script and its hash have tests of their own, in a browser. */
static void cut(struct str *out, const char *page)
{
    const char *style = strstr(page, "<style>");
    const char *body = strstr(page, "</style>");
    const char *script = strstr(page, "<script>");
    const char *hash = strstr(page, "sha256-");
    const char *rest = strchr(hash, '\'');
    assert_true(style && body && script);
    str_add_bytes(out, page, (size_t)(hash - page));
    str_add(out, "sha256-...");
    str_add_bytes(out, rest, (size_t)(style - rest));
    str_add(out, "<style>...");
    str_add_bytes(out, body, (size_t)(script - body));
    str_add(out, "<script>...</script>\n</body>\n</html>\n");
}

static void assert_page(void (*fill)(struct result *), const char *name)
{
    struct str shown = STR_INIT;
    char *page = render(fill, "html");
    cut(&shown, page);
    assert_golden(name, shown.data);
    str_clear(&shown);
    free(page);
}

static void pages_read_as_agreed(void **state)
{
    (void)state;
    assert_page(sample_trouble, "report_trouble.html");
    assert_page(sample_growth, "report_growth.html");
}

static void the_same_result_gives_the_same_bytes(void **state)
{
    (void)state;
    char *one = render(sample_explain, "html");
    char *other = render(sample_explain, "html");

    assert_string_equal(one, other);
    free(one);
    free(other);
}

/* As the parser reads it back; the cut of long names takes the rest off. */
static void foreign_text_is_shown_and_not_obeyed(void **state)
{
    struct seen seen = { .text = STR_INIT };
    (void)state;
    char *page = render(sample_hostile, "html");
    parse(page, &seen);

    assert_contains(seen.text.data, "| `x` ``y`` <script>alert(1)</script> @octocat");
    assert_lacks(page, "<script>alert");
    assert_lacks(page, "</script>alert");
    assert_commands_nobody(page);
    str_clear(&seen.text);
    free(page);
}

/* Each of the hostile texts in turn, where foreign text of every kind comes from. */
static void hostile_texts_read_back_as_they_are_to_be_seen(void **state)
{
    struct hostile_texts texts = hostile_load();
    (void)state;
    for (size_t i = 0; i < texts.count; i++) {
        struct result result = { 0 };
        struct str page = STR_INIT;
        struct seen seen = { .text = STR_INIT };
        sample_pass(&result);
        sample_set(&result.rows.items[0].bench_id, texts.items[i].text);
        sample_set(&result.head.subject, texts.items[i].text);
        strvec_push(&result.warnings, texts.items[i].text);
        report_html(&result, &page);
        parse(page.data, &seen);
        assert_int_equal(seen.foreign, 0);
        assert_int_equal(seen.scripts, 3);
        assert_contains(seen.text.data, texts.items[i].shown);
        assert_commands_nobody(page.data);
        str_clear(&seen.text);
        str_clear(&page);
        result_clear(&result);
    }
    hostile_clear(&texts);
}

/* Nothing in the data may end the element that holds it, or begin a comment. */
static void data_cannot_break_out(void **state)
{
    struct result result = { 0 };
    struct str page = STR_INIT;
    (void)state;
    sample_pass(&result);
    sample_set(&result.benches.items[0].id, "</script><!--<script>\\\"\u2028]]>");
    for (size_t i = 0; i < 3; i++)
        sample_set(&result.rows.items[i].bench_id, "</script><!--<script>\\\"\u2028]]>");
    report_html(&result, &page);

    const char *data = strstr(page.data, "id=\"data\">");
    const char *end = strstr(data, "</script>\n<script type");
    assert_non_null(end);
    assert_contains(page.data,
                    "\"\\u003c/script\\u003e\\u003c!--\\u003cscript\\u003e\\\\\\\"");
    for (const char *c = data + strlen("id=\"data\">"); c < end; c++)
        assert_true(*c != '<' && *c != '&');
    str_clear(&page);
    result_clear(&result);
}

static void what_is_embedded_cannot_break_out(void **state)
{
    (void)state;
    assert_lacks((const char *)html_script, "</script");
    assert_lacks((const char *)html_script, "<!--");
    assert_lacks((const char *)html_style, "<");
    assert_lacks((const char *)html_style, "&");
    assert_lacks((const char *)html_style, "url(");
    assert_lacks((const char *)html_script, "innerHTML");
    assert_lacks((const char *)html_script, "eval(");
}

enum {
    MANY_ROWS = 5000,
    ROWS_A_BENCH = 5,
    PAIRS = 60
};

/* Five metrics of a thousand benches with sixty pairs each. */
static void fill_many(struct result *result)
{
    static const enum metric metrics[ROWS_A_BENCH] = { METRIC_CPU, METRIC_WALL,
                                                       METRIC_PEAK_RSS, METRIC_USER,
                                                       METRIC_MINOR_FAULTS };
    sample_large(result, 0);
    for (size_t i = 0; i < MANY_ROWS / ROWS_A_BENCH; i++) {
        char *id = str_format("benchmark with a long name %zu[size=%zu]", i, i);
        struct bench_result *bench = sample_add_bench(result, id);
        for (size_t p = 0; p < PAIRS / 3; p++)
            sample_add_pairs(bench);
        for (size_t p = 0; p < bench->pairs.count; p++)
            bench->pairs.items[p].is_warmup = false;
        for (size_t m = 0; m < ROWS_A_BENCH; m++)
            sample_add_row(result, metrics[m], 0.01, 0.0001 * (double)(i % 700), 0.01);
        free(id);
    }
    result->rows.items[MANY_ROWS - 1].verdict = VERDICT_REGRESSED;
}

static void five_thousand_rows_stay_below_5_mb_and_none_is_left_out(void **state)
{
    struct seen seen = { .text = STR_INIT };
    (void)state;
    char *page = render(fill_many, "html");
    parse(page, &seen);

    assert_true(strlen(page) < 5000000);
    assert_contains(page, "\"without_rows\":0}");
    assert_lacks(page, "\"without_pairs\":0}");
    assert_contains(page, "… and 4,950 rows more, left out here for size");
    str_clear(&seen.text);
    free(page);
}

static void pairs_are_kept_for_the_worst_rows(void **state)
{
    (void)state;
    char *page = render(fill_many, "html");

    assert_contains(page, "{\"pairs\":{\n\"0\":[\"p999\",[");
    assert_contains(page, "\"runs\":{\n\"p999\":[[1,0,0.5,0],[3,1,0.75,0],");
    assert_lacks(page, "\"4999\":[\"p");
    free(page);
}

static void fill_too_many(struct result *result)
{
    sample_large(result, 20000);
}

static void rows_that_do_not_fit_are_counted_and_are_not_the_worst(void **state)
{
    (void)state;
    char *page = render(fill_too_many, "html");

    assert_true(strlen(page) < 5000000);
    assert_lacks(page, "\"without_rows\":0}");
    assert_contains(page, "benchmark with a long name 19991[size=19991]"); /* regressed */
    assert_lacks(page, "benchmark with a long name 19990[size=19990]");    /* ok */
    free(page);
}

static void files_stand_with_how_both_sides_use_them(void **state)
{
    (void)state;
    char *page = render(sample_explain, "html");
    assert_contains(page, "<th scope=\"col\">File</th><th scope=\"col\" "
                          "class=\"number\">Opened</th><th scope=\"col\" "
                          "class=\"number\">Reads</th><th scope=\"col\" "
                          "class=\"number\">Writes</th><th scope=\"col\" "
                          "class=\"number\">Time</th></tr></thead>\n<tbody>\n"
                          "<tr><td><code>data/list.txt</code></td><td class=\"number\">1 "
                          "-&gt; 60</td><td class=\"number\">2 -&gt; 120</td>"
                          "<td class=\"number\">0</td><td class=\"number\">100 us "
                          "-&gt; 4.00 ms</td></tr>\n");
    free(page);
}

static void make_sampled(struct result *result)
{
    sample_explain(result);
    result->explanations->benches.items[0].is_sampled = true;
}

static void samples_are_not_called_instructions_and_have_no_calls(void **state)
{
    (void)state;
    char *counted = render(sample_explain, "html");
    char *sampled = render(make_sampled, "html");
    assert_contains(counted, ">Instructions</th>");
    assert_contains(counted, ">Calls</th></tr></thead>\n<tbody>\n<tr><th");
    assert_contains(sampled, ">Samples</th>");
    assert_contains(sampled, "<p class=\"aside\">Samples of base and head, ");
    assert_lacks(sampled, ">Instructions</th>");
    assert_lacks(sampled, ">Calls</th></tr></thead>\n<tbody>\n<tr><th");
    free(counted);
    free(sampled);
}

static void flame_graphs_are_pages_that_may_do_nothing(void **state)
{
    struct result result = { 0 };
    struct str page = STR_INIT;
    struct seen seen = { .text = STR_INIT };
    char svg[] = "<svg viewBox=\"0 0 9 4\">\n100 % #1 & '\xc3\xa9'</svg>";
    (void)state;
    sample_explain(&result);
    sample_set(&result.explanations->benches.items[0].flame, "flame-2.svg");
    struct report_flame flame = { result.explanations->benches.items[0].bench_id, svg };
    const struct report_flames flames = { &flame, 1, 1 };
    report_html_with(&result, &flames, &page);
    parse(page.data, &seen);

    assert_contains(page.data, "enlarged: <code>flame-2.svg</code>, beside this report.");
    assert_contains(page.data, "<iframe sandbox=\"\" title=\"Flame graph");
    assert_contains(page.data, "style=\"aspect-ratio:9/4\" src=\"data:image/svg+xml;"
                               "charset=utf-8,%3Csvg viewBox=%220 0 9 4%22%3E%0A100 %25 "
                               "%231 %26 '%C3%A9'%3C/svg%3E\"></iframe>");
    str_clear(&seen.text);
    str_clear(&page);
    result_clear(&result);
}

static void
unknown_numbers_are_null_in_the_data_and_question_marks_on_the_page(void **state)
{
    struct result result = { 0 };
    struct str page = STR_INIT;
    (void)state;
    sample_pass(&result);
    sample_add_row(&result, METRIC_CPU, (double)NAN, (double)NAN, (double)NAN);
    sample_add_row(&result, METRIC_CPU, 1, 0, (double)INFINITY);
    report_html(&result, &page);

    assert_contains(page.data, ",null,null,null,0.02,null,null,");
    assert_contains(page.data, "<b>? %</b> <span class=\"interval\">(? .. ?)</span>");
    assert_contains(page.data, "M6 6 1 11 6 16Z"); /* it goes on to both sides */
    assert_contains(page.data, "M234 6 239 11 234 16Z");
    assert_lacks(page.data, "nan");
    assert_lacks(page.data, "inf,");
    str_clear(&page);
    result_clear(&result);
}

static void pairs_thrown_away_are_shown_with_why_and_warm_ups_are_not(void **state)
{
    (void)state;
    char *page = render(sample_pass, "html");

    assert_contains(page, "\"runs\":{\n\"p0\":[[3,1,0.75,0],[5,0,1,\"steal\"]]");
    free(page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_are_well_formed),
        cmocka_unit_test(an_empty_result_is_a_page),
        cmocka_unit_test(pages_read_as_agreed),
        cmocka_unit_test(the_same_result_gives_the_same_bytes),
        cmocka_unit_test(foreign_text_is_shown_and_not_obeyed),
        cmocka_unit_test(hostile_texts_read_back_as_they_are_to_be_seen),
        cmocka_unit_test(data_cannot_break_out),
        cmocka_unit_test(what_is_embedded_cannot_break_out),
        cmocka_unit_test(five_thousand_rows_stay_below_5_mb_and_none_is_left_out),
        cmocka_unit_test(pairs_are_kept_for_the_worst_rows),
        cmocka_unit_test(rows_that_do_not_fit_are_counted_and_are_not_the_worst),
        cmocka_unit_test(files_stand_with_how_both_sides_use_them),
        cmocka_unit_test(samples_are_not_called_instructions_and_have_no_calls),
        cmocka_unit_test(flame_graphs_are_pages_that_may_do_nothing),
        cmocka_unit_test(
            unknown_numbers_are_null_in_the_data_and_question_marks_on_the_page),
        cmocka_unit_test(pairs_thrown_away_are_shown_with_why_and_warm_ups_are_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
