#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "gate/base/json.h"
#include "gate/base/str.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"

static void
assert_place(const char *text, const char *pointer, size_t line, size_t column)
{
    struct error err = { 0 };
    json_t *value = json_read_text(text, "x.json", ERROR_CONFIG, &err);
    assert_string_equal(err.message, "");
    json_decref(value);

    struct json_place place = json_find_place(text, pointer);

    if (place.line != line || place.column != column)
        print_error("%s of %s\n", pointer, text);
    assert_int_equal(place.line, line);
    assert_int_equal(place.column, column);
}

static void a_member_is_placed_at_its_key(void **state)
{
    (void)state;
    assert_place("{\"a\": 1, \"b\": 2}", "/a", 1, 2);
    assert_place("{\"a\": 1, \"b\": 2}", "/b", 1, 10);
    assert_place("{\n  \"a\": 1,\n  \"b\" : 2\n}", "/b", 3, 3);
    assert_place("{\"a\": {\"b\": {\"c\":\n 1}}}", "/a/b/c", 1, 14);
    assert_place("{\"a\" \n : \t\r\n {\"b\": 1}}", "/a/b", 3, 3);
}

static void an_element_is_placed_at_its_first_character(void **state)
{
    (void)state;
    assert_place("[1, \"x\", true, null, -1.5e3, []]", "/0", 1, 2);
    assert_place("[1, \"x\", true, null, -1.5e3, []]", "/1", 1, 5);
    assert_place("[1, \"x\", true, null, -1.5e3, []]", "/4", 1, 22);
    assert_place("[1, \"x\", true, null, -1.5e3, []]", "/5", 1, 30);
    assert_place("[[1, 2], [3,\n [4, 5]]]", "/1/1/1", 2, 6);
    assert_place("{\"a\": [{\"b\": 1}, {\"b\": 2}]}", "/a/1/b", 1, 19);
    assert_place("[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]", "/10", 1, 32);
}

static void the_whole_is_placed_at_its_bracket(void **state)
{
    (void)state;
    assert_place("[1]", "", 1, 1);
    assert_place(" \n\n\t {}", "", 3, 3);
}

static void brackets_and_quotes_in_strings_do_not_count(void **state)
{
    (void)state;
    assert_place("{\"a\": \"}]{[,:\", \"b\": 1}", "/b", 1, 17);
    assert_place("{\"a\": [\"]\", \"\\\"]\", \"\\\\\"], \"b\": 1}", "/b", 1, 27);
    assert_place("{\"}\": {\"{\": 1}, \":\": {\"\\\"\": 2, \",\": 3}}", "/:/,", 1, 32);
    assert_place("[\"a,b\", \"[\", 3]", "/2", 1, 14);
}

static void values_with_the_key_as_text_are_stepped_over(void **state)
{
    (void)state;
    assert_place("{\"a\": \"b\", \"b\": \"a\"}", "/b", 1, 12);
    assert_place("{\"a\": {\"b\": 1}, \"b\": 2}", "/b", 1, 17);
    assert_place("{\"aa\": 1, \"a\": 2}", "/a", 1, 11);
    assert_place("{\"a\": 1, \"aa\": 2}", "/aa", 1, 10);
}

static void keys_are_compared_after_their_escapes(void **state)
{
    (void)state;
    assert_place("{\"x\": 1, \"\\u0061b\": 2}", "/ab", 1, 10);
    assert_place("{\"x\": 1, \"a\\/b\": 2}", "/a~1b", 1, 10);
    assert_place("{\"x\": 1, \"a~b\": 2}", "/a~0b", 1, 10);
    assert_place("{\"x\": 1, \"~1\": 2}", "/~01", 1, 10);
    assert_place("{\"x\": 1, \"\\\"\\n\": 2}", "/\"\n", 1, 10);
    assert_place("{\"x\": 1, \"\": 2}", "/", 1, 10);
    assert_place("{\"x\": 1, \"\": {\"\": 2}}", "//", 1, 15);
    assert_place("{\"x\": 1, \"a/b\": {\"c\": 1}}", "/a~1b/c", 1, 18);
}

static void columns_count_characters_not_bytes(void **state)
{
    (void)state;
    assert_place("{\"gr\xc3\xbc\xc3\x9f\": 1, \"b\": 2}", "/b", 1, 13);
    assert_place("{\"\xe2\x82\xac\": {\"\xf0\x9f\x90\xa2\": 1, \"b\": 2}}",
                 "/\xe2\x82\xac/b", 1, 16);
    assert_place("{\"\xe2\x82\xac\": 1}", "/\xe2\x82\xac", 1, 2);
    assert_place("{\"\\u20ac\": 1, \"b\": 1}", "/\xe2\x82\xac", 1, 2);
}

static void pointers_to_nowhere_give_the_start(void **state)
{
    (void)state;
    assert_place("\n{\"a\": 1}", "/b", 1, 1);
    assert_place("\n{\"a\": 1}", "/a/b", 1, 1);
    assert_place("\n{\"a\": \"x\", \"b\": {\"c\": 1}}", "/a/c", 1, 1);
    assert_place("\n[\"x\", {\"c\": 1}]", "/0/c", 1, 1);
    assert_place("\n[1]", "/1", 1, 1);
    assert_place("\n[1]", "/-", 1, 1);
    assert_place("\n[]", "/0", 1, 1);
    assert_place("\n{}", "/", 1, 1);
}

static void pointers_escape_tilde_and_slash(void **state)
{
    struct str pointer = STR_INIT;
    (void)state;

    json_pointer_add(&pointer, "a");
    json_pointer_add(&pointer, "b/c~d");
    json_pointer_add(&pointer, "");

    assert_string_equal(pointer.data, "/a/b~1c~0d/");
    str_clear(&pointer);
}

static void assert_unreadable(const char *text, const char *message)
{
    struct error err = { 0 };
    assert_null(json_read_text(text, "x.json", ERROR_CONFIG, &err));
    assert_int_equal(err.code, ERROR_CONFIG);
    assert_string_equal(err.message, message);
}

static void what_is_not_json_is_refused_with_its_place(void **state)
{
    (void)state;
    assert_unreadable("{\"a\": 1,\n \"a\": 2}",
                      "in 'x.json', line 2, column 4: duplicate "
                      "object key near '\"a\"'");
    assert_unreadable("[1] 2",
                      "in 'x.json', line 1, column 5: end of file expected near '2'");
    assert_unreadable("[1",
                      "in 'x.json', line 1, column 2: ']' expected near end of file");
    assert_unreadable(
        "[\"\xff\"]",
        "in 'x.json', line 1, column 2: unable to decode byte 0xff near '\"'");
}

static void a_file_is_written_sorted_and_read_back(void **state)
{
    struct error err = { 0 };
    const char *path = sandbox_file(*state, "x.json");
    json_t *value = json_pack("{s:i, s:[f, s]}", "b", 1, "a", 0.5, "x");

    assert_int_equal(json_write_file(path, value, &err), 0);
    char *text = sandbox_read(*state, "x.json");
    json_t *again = json_read_file(path, ERROR_SYSTEM, &err);

    assert_string_equal(text,
                        "{\n  \"a\": [\n    0.5,\n    \"x\"\n  ],\n  \"b\": 1\n}\n");
    assert_true(json_equal(value, again));
    json_decref(value);
    json_decref(again);
    free(text);
}

static void a_file_with_a_nul_byte_is_refused(void **state)
{
    struct error err = { 0 };
    sandbox_must(*state, "printf '{}\\0{}' > nul.json");

    assert_null(json_read_file(sandbox_file(*state, "nul.json"), ERROR_CONFIG, &err));

    assert_contains(err.message, "nul.json': a NUL byte, which JSON does not allow");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_member_is_placed_at_its_key),
        cmocka_unit_test(an_element_is_placed_at_its_first_character),
        cmocka_unit_test(the_whole_is_placed_at_its_bracket),
        cmocka_unit_test(brackets_and_quotes_in_strings_do_not_count),
        cmocka_unit_test(values_with_the_key_as_text_are_stepped_over),
        cmocka_unit_test(keys_are_compared_after_their_escapes),
        cmocka_unit_test(columns_count_characters_not_bytes),
        cmocka_unit_test(pointers_to_nowhere_give_the_start),
        cmocka_unit_test(pointers_escape_tilde_and_slash),
        cmocka_unit_test(what_is_not_json_is_refused_with_its_place),
        cmocka_unit_test_setup_teardown(a_file_is_written_sorted_and_read_back,
                                        sandbox_setup, sandbox_teardown),
        cmocka_unit_test_setup_teardown(a_file_with_a_nul_byte_is_refused, sandbox_setup,
                                        sandbox_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
