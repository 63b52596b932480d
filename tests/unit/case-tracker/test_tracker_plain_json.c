#include <string.h>

#include "runners/case-tracker/plain_json.h"
#include "tests/support/check.h"

typedef size_t plain_read(const char *text, size_t length, struct plain_strings *strings);

/* Reads text and compares
 * the strings with wanted, which has '|' between them. */
static void check(plain_read *read, const char *text, size_t taken, const char *wanted)
{
    struct plain_strings strings = PLAIN_STRINGS_INIT;
    size_t got = read(text, strlen(text), &strings);
    if (got != taken)
        fail_msg("'%s': %zu, not %zu", text, got, taken);
    for (size_t i = 0; taken && i < strings.bytes.length; i++)
        if (!strings.bytes.data[i])
            strings.bytes.data[i] = '|';
    if (taken)
        assert_string_equal(strings.bytes.data, wanted);
    plain_strings_clear(&strings);
}

static void check_none(plain_read *read, const char *text)
{
    check(read, text, 0, "");
}

static void arrays_of_plain_strings_are_read(void **state)
{
    (void)state;
    check(plain_json_array, "[]", 2, "");
    check(plain_json_array, "[\"a\"]", 5, "a|");
    check(plain_json_array, "[\"a\",\"\",\"b c\"] more", 14, "a||b c|");
    check(plain_json_array, "[\"\\\"a\\n\\\\\",\"\\/\\b\\f\\r\\t\"]", 24,
          "\"a\n\\|/\b\f\r\t|");
    check(plain_json_array, "[\"M\xc3\xbcller, and on\"]", 19, "M\xc3\xbcller, and on|");
}

static void whatever_else_is_not(void **state)
{
    static const char *const texts[] = {
        "",
        "[",
        "[\"a\"",
        "[\"a",
        "[\"a\",]",
        "[,\"a\"]",
        "[ ]",
        "[\"a\" ]",
        "[\"a\", \"b\"]",
        "[1]",
        "[\"\\u0041\"]",
        "[\"\\x\"]",
        "[\"\\",
        "[\"\n\"]",
        "{}",
        "\"a\"",
        "[\"0123456\xff\"]",
        "[null]",
        "[[]]",
        "[\"a\"\"b\"]",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        check_none(plain_json_array, texts[i]);
}

static void cases_are_read_as_they_are_written(void **state)
{
    (void)state;
    check(plain_json_case,
          "{\"id\":\"1\",\"title\":\"t\",\"status\":\"s\",\"notes\":[\"x\",\"y\"]},", 53,
          "1|t|s|x|y|");
    check_none(plain_json_case, "{\"id\":\"1\",\"title\":\"t\",\"status\":\"s\"}");
    check_none(plain_json_case,
               "{\"id\":\"1\",\"title\":\"t\",\"status\":\"s\",\"notes\":[],\"x\":1}");
    check_none(plain_json_case,
               "{\"title\":\"t\",\"id\":\"1\",\"status\":\"s\",\"notes\":[]}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arrays_of_plain_strings_are_read),
        cmocka_unit_test(whatever_else_is_not),
        cmocka_unit_test(cases_are_read_as_they_are_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
