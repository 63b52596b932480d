#include <stdlib.h>

#include <jansson.h>

#include "gate/base/error.h"
#include "gate/base/str.h"
#include "runners/case-tracker/case_format.h"
#include "runners/case-tracker/case_list.h"
#include "runners/case-tracker/generate.h"
#include "runners/case-tracker/sink.h"
#include "tests/support/check.h"

static void json_strings_are_those_that_jansson_writes(void **state)
{
    static const char *const texts[] = {
        "",
        "plain",
        "\"quoted\"",
        "back\\slash",
        "tab\tfeed\nreturn\rback\bform\f",
        "\x01\x1f\x7f",
        "Müller \xf0\x9f\x98\x80",
        "a/b",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        AUTO_STR struct str text = STR_INIT;
        json_add_string(&text, texts[i]);
        json_t *value = json_string(texts[i]);
        char *expected = json_dumps(value, JSON_ENCODE_ANY);
        assert_string_equal(text.data, expected);
        free(expected);
        json_decref(value);
    }
}

static void csv_fields_are_quoted_only_where_needed(void **state)
{
    static const char *const table[][2] = {
        { "plain text", "plain text" },
        { "a,b", "\"a,b\"" },
        { "say \"so\"", "\"say \"\"so\"\"\"" },
        { "two\nlines", "\"two\nlines\"" },
        { "\"", "\"\"\"\"" },
        { "", "" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        AUTO_STR struct str text = STR_INIT;
        csv_add_field(&text, table[i][0]);
        assert_string_equal(text.data, table[i][1]);
    }
}

static void make_cases(struct case_list *cases, uint64_t count)
{
    AUTO_GENERATOR struct generator generator;
    generator_init(&generator, 5);
    for (uint64_t number = 1; number <= count; number++) {
        struct case_record record;
        generator_case(&generator, number, &record);
        case_list_append(cases, &record);
    }
}

static void format_cases(const struct case_format *format,
                         const struct case_list *cases,
                         struct str *text)
{
    struct error err = { 0 };
    struct sink sink;
    sink_init(&sink, -1, "nowhere", SINK_WHOLE);
    assert_int_equal(case_format_write(format, cases, &sink, &err), 0);
    str_add(text, sink.text.data);
    sink_clear(&sink);
}

/* jansson's own layout of the same value is the reference. */
static void pretty_json_is_laid_out_as_jansson_does_it(void **state)
{
    AUTO_CASES struct case_list cases = { 0 };
    AUTO_STR struct str text = STR_INIT;
    (void)state;
    make_cases(&cases, 50);
    format_cases(&case_format_json_pretty, &cases, &text);

    json_t *value = json_loads(text.data, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(value);
    char *expected = json_dumps(value, JSON_INDENT(2));
    str_truncate(&text, text.length - 1);
    assert_string_equal(text.data, expected);
    free(expected);
    json_decref(value);
}

static void compact_and_pretty_json_say_the_same(void **state)
{
    AUTO_CASES struct case_list cases = { 0 };
    AUTO_STR struct str compact = STR_INIT;
    AUTO_STR struct str pretty = STR_INIT;
    (void)state;
    make_cases(&cases, 50);
    format_cases(&case_format_json, &cases, &compact);
    format_cases(&case_format_json_pretty, &cases, &pretty);

    json_t *first = json_loads(compact.data, 0, NULL);
    json_t *second = json_loads(pretty.data, 0, NULL);
    assert_int_equal(json_array_size(first), 50);
    assert_true(json_equal(first, second));
    json_decref(first);
    json_decref(second);
}

static void no_cases_are_still_a_whole_text(void **state)
{
    const struct case_list none = { 0 };
    AUTO_STR struct str text = STR_INIT;
    (void)state;
    format_cases(&case_format_json, &none, &text);
    format_cases(&case_format_json_pretty, &none, &text);
    format_cases(&case_format_csv, &none, &text);
    assert_string_equal(text.data, "[]\n[]\nid,title,status,notes\r\n");
}

static void unknown_format_is_refused(void **state)
{
    struct error err = { 0 };
    (void)state;
    assert_null(case_format_find("xml", &err));
    assert_int_equal(err.code, ERROR_USAGE);
    assert_string_equal(err.message, "unknown format 'xml', allowed are text, json, "
                                     "json-pretty and csv");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_strings_are_those_that_jansson_writes),
        cmocka_unit_test(csv_fields_are_quoted_only_where_needed),
        cmocka_unit_test(pretty_json_is_laid_out_as_jansson_does_it),
        cmocka_unit_test(compact_and_pretty_json_say_the_same),
        cmocka_unit_test(no_cases_are_still_a_whole_text),
        cmocka_unit_test(unknown_format_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
