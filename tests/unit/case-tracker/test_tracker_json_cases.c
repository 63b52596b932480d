#include <string.h>

#include "gate/base/error.h"
#include "gate/base/str.h"
#include "runners/case-tracker/case_index.h"
#include "runners/case-tracker/case_list.h"
#include "runners/case-tracker/json_cases.h"
#include "tests/support/check.h"

#define CASE_1 "{\"id\":\"CASE-000001\",\"title\":\"a\",\"status\":\"DRAFT\"}"

static void check_count(const char *text, size_t count)
{
    AUTO_CASES struct case_list cases = { 0 };
    AUTO_CASE_INDEX struct case_index index = { 0 };
    struct error err = { 0 };
    if (json_cases_read(text, strlen(text), "x", &cases, &index, &err) < 0)
        fail_msg("'%s': %s", text, err.message);
    assert_int_equal(cases.count, count);
}

static void check_error(const char *text, const char *message)
{
    AUTO_CASES struct case_list cases = { 0 };
    AUTO_CASE_INDEX struct case_index index = { 0 };
    struct error err = { 0 };
    assert_int_equal(json_cases_read(text, strlen(text), "x", &cases, &index, &err), -1);
    assert_contains(err.message, message);
}

static void arrays_of_cases_are_read(void **state)
{
    (void)state;
    check_count("[]", 0);
    check_count(" [ ] \n", 0);
    check_count("[" CASE_1 "]", 1);
    check_count("\n[\n " CASE_1 " ,\r\n\t{\"status\":\"CLOSED\",\"notes\":[],"
                "\"title\":\"b\",\"id\":\"CASE-000002\"}\n]\n",
                2);
}

static void values_are_taken_over(void **state)
{
    static const char text[] = "[{\"id\":\"CASE-1000000\",\"title\":\"M\\u00fcller\","
                               "\"status\":\"ESCALATED\",\"notes\":[\"x\",\"y\\n\"]}]";
    AUTO_CASES struct case_list cases = { 0 };
    AUTO_CASE_INDEX struct case_index index = { 0 };
    struct error err = { 0 };
    (void)state;
    assert_int_equal(json_cases_read(text, strlen(text), "x", &cases, &index, &err), 0);
    assert_int_equal(cases.items[0].number, 1000000);
    assert_string_equal(cases.items[0].title, "M\xc3\xbcller");
    assert_int_equal(cases.items[0].status, STATUS_ESCALATED);
    assert_int_equal(cases.items[0].note_count, 2);
    assert_string_equal(cases.items[0].notes[1], "y\n");
    assert_int_equal(case_index_find(&index, &cases, 1000000), 0);
}

static void every_fault_is_named_with_its_place(void **state)
{
    static const char *const table[][2] = {
        { "",
          "in 'x', line 1, column 1: '[' with the cases expected, but the file ends" },
        { "{}", "line 1, column 1: '[' with the cases expected near '{'" },
        { "[", "line 1, column 2: a case expected, but the file ends here" },
        { "[" CASE_1, "',' or ']' expected, but the file ends here" },
        { "[" CASE_1 ",\n", "line 2, column 1: a case expected, but the file ends" },
        { "[\n" CASE_1 " " CASE_1 "]",
          "line 2, column 51: ',' or ']' expected near '{'" },
        { "[]\n[]", "line 2, column 1: the end of the file expected near '['" },
        { "[\n" CASE_1 ",\n{\"id\": tru}]", "line 3, column " },
        { "[\n" CASE_1 ",\n{\"id\": \"CASE-0", "line 3, column " },
        { "[" CASE_1 ",]", "line 1, column 53: " },
        { "[7]", "line 1, column " },
        { "[[]]", "line 1, column 2: a case must be an object" },
        { "[\n {}]", "line 2, column 2: no 'id'" },
        { "[{\"id\":7}]", "'id' is not a string" },
        { "[{\"id\":\"1\"}]", "'1' is not a case id such as CASE-000001" },
        { "[{\"id\":\"CASE-000001\"}]", "no 'title'" },
        { "[{\"id\":\"CASE-000001\",\"title\":\"\"}]", "the title is empty" },
        { "[{\"id\":\"CASE-000001\",\"title\":\"a\"}]", "no 'status'" },
        { "[{\"id\":\"CASE-000001\",\"title\":\"a\",\"status\":\"OPEN\"}]",
          "unknown status 'OPEN', allowed are" },
        { "[{\"id\":\"CASE-000001\",\"title\":\"a\",\"status\":\"DRAFT\",\"x\":1}]",
          "an unknown key, allowed are id, title, status and notes" },
        { "[{\"id\":\"CASE-000001\",\"id\":\"CASE-000001\"}]", "duplicate object key" },
        { "[{\"id\":\"CASE-000001\",\"title\":\"a\",\"status\":\"DRAFT\",\"notes\":\"\"}]",
          "'notes' is not an array" },
        { "[{\"id\":\"CASE-000001\",\"title\":\"a\",\"status\":\"DRAFT\",\"notes\":[1]}]",
          "a note that is not a string" },
        { "[" CASE_1 ",\n" CASE_1 "]", "line 2, column 1: a second case 'CASE-000001'" },
        { "[{\"id\":\"CASE-000001\",\"title\":\"a\\u0000b\"}]", "\\u0000" },
        { "[{\"id\":\"\xff\"}]", "unable to decode byte 0xff" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        check_error(table[i][0], table[i][1]);
}

/* The same cases, of which the second is what case-tracker writes, and the others are
 * not: by a blank, an escape, the order of keys, and a key that is not there. */
static void plain_and_other_cases_are_read_alike(void **state)
{
    static const char *const texts[] = {
        "{\"id\":\"CASE-000007\", \"title\":\"M\xc3\xbcller\",\"status\":\"CLOSED\","
        "\"notes\":[\"x\",\"y z\"]}",
        "{\"id\":\"CASE-000007\",\"title\":\"M\xc3\xbcller\",\"status\":\"CLOSED\","
        "\"notes\":[\"x\",\"y z\"]}",
        "{\"id\":\"CASE-000007\",\"title\":\"M\\u00fcller\",\"status\":\"CLOSED\","
        "\"notes\":[\"x\",\"y z\"]}",
        "{\"title\":\"M\xc3\xbcller\",\"id\":\"CASE-000007\",\"status\":\"CLOSED\","
        "\"notes\":[\"x\",\"y z\"]}",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        AUTO_CASES struct case_list cases = { 0 };
        AUTO_CASE_INDEX struct case_index index = { 0 };
        struct error err = { 0 };
        AUTO_STR struct str text = STR_INIT;
        str_addf(&text, "[" CASE_1 ",%s]", texts[i]);
        assert_int_equal(
            json_cases_read(text.data, text.length, "x", &cases, &index, &err), 0);
        assert_int_equal(cases.count, 2);
        assert_int_equal(case_index_find(&index, &cases, 7), 1);
        assert_string_equal(cases.items[1].title, "M\xc3\xbcller");
        assert_int_equal(cases.items[1].status, STATUS_CLOSED);
        assert_int_equal(cases.items[1].note_count, 2);
        assert_string_equal(cases.items[1].notes[0], "x");
        assert_string_equal(cases.items[1].notes[1], "y z");
    }
}

#define PLAIN(id, title, status, notes)                               \
    "{\"id\":\"" id "\",\"title\":\"" title "\",\"status\":\"" status \
    "\",\"notes\":" notes "}"

static void faults_of_plain_cases_are_named_too(void **state)
{
    static const char *const table[][2] = {
        { PLAIN("1", "a", "DRAFT", "[]"), "'1' is not a case id" },
        { PLAIN("CASE-000002", "", "DRAFT", "[]"), "the title is empty" },
        { PLAIN("CASE-000002", "a\x7f", "DRAFT", "[]"),
          "the title has a control character (0x7f)" },
        { PLAIN("CASE-000002", "a\xff", "DRAFT", "[]"), "unable to decode byte 0xff" },
        { PLAIN("CASE-000002", "a", "OPEN", "[]"), "unknown status 'OPEN'" },
        { PLAIN("CASE-000002", "a", "DRAFT", "[\"\"]"), "the note is empty" },
        { PLAIN("CASE-000001", "a", "DRAFT", "[]"), "a second case 'CASE-000001'" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        AUTO_STR struct str text = STR_INIT;
        str_addf(&text, "[" CASE_1 ",\n%s]", table[i][0]);
        check_error(text.data, table[i][1]);
        check_error(text.data, "in 'x', line 2, column ");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arrays_of_cases_are_read),
        cmocka_unit_test(values_are_taken_over),
        cmocka_unit_test(plain_and_other_cases_are_read_alike),
        cmocka_unit_test(faults_of_plain_cases_are_named_too),
        cmocka_unit_test(every_fault_is_named_with_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
