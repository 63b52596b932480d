#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "runners/case-tracker/case_list.h"
#include "runners/case-tracker/duplicates.h"
#include "runners/case-tracker/title.h"
#include "tests/support/check.h"

static void titles_are_compared_without_case_blanks_and_punctuation(void **state)
{
    static const char *const table[][2] = {
        { "Printer stops", "printer stops" },
        { "  a -- B!c  ", "a b c" },
        { "(ref 12)", "ref 12" },
        { "M\xc3\xbcller", "m\xc3\xbcller" },
        { "a\xc3\x84", "a\xc3\x84" },
        { "?!", "?!" },
        { "x", "x" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        AUTO_STR struct str text = STR_INIT;
        title_add_normal(&text, table[i][0]);
        assert_string_equal(text.data, table[i][1]);
    }
}

/* Longer than the normaliser's buffer, with a gap at every place near its end. */
static void long_titles_are_normalised_whole(void **state)
{
    (void)state;
    for (size_t gap = 250; gap < 260; gap++) {
        char title[400];
        AUTO_STR struct str text = STR_INIT;
        memset(title, 'A', sizeof title);
        title[gap] = '-';
        title[399] = '\0';
        title_add_normal(&text, title);
        assert_int_equal(text.length, 399);
        assert_int_equal(text.data[gap], ' ');
        assert_int_equal(text.data[gap - 1], 'a');
        assert_int_equal(strlen(text.data), 399);
    }
}

static void normalising_appends_to_what_is_there(void **state)
{
    AUTO_STR struct str text = STR_INIT;
    (void)state;
    str_add(&text, "x");
    title_add_normal(&text, "-A");
    assert_string_equal(text.data, "xa");
}

static void fill(struct case_list *cases, const char *const *titles, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct case_record record = { .number = i + 1, .title = titles[i] };
        case_list_append(cases, &record);
    }
}

static void groups_stand_in_the_order_of_their_first_case(void **state)
{
    static const char *const titles[] = { "one", "Two", "three", "two!", "ONE", "two" };
    AUTO_CASES struct case_list cases = { 0 };
    AUTO_DUPLICATES struct duplicates duplicates = { 0 };
    AUTO_STR struct str text = STR_INIT;
    AUTO_STR struct str json = STR_INIT;
    (void)state;

    fill(&cases, titles, 6);
    AUTO_FREE size_t *first = duplicates_first(&cases);
    duplicates_group(&duplicates, first, cases.count);
    duplicates_add_text(&text, &duplicates, &cases);
    duplicates_add_json(&json, &duplicates, &cases);

    assert_string_equal(text.data, "one: CASE-000001, CASE-000005\n"
                                   "Two: CASE-000002, CASE-000004, CASE-000006\n");
    assert_string_equal(
        json.data,
        "[\n{\"title\":\"one\",\"ids\":[\"CASE-000001\",\"CASE-000005\"]},\n"
        "{\"title\":\"Two\",\"ids\":[\"CASE-000002\",\"CASE-000004\",\"CASE-000006\"]}\n]"
        "\n");
}

static void no_cases_have_no_duplicates(void **state)
{
    const struct case_list none = { 0 };
    AUTO_DUPLICATES struct duplicates duplicates = { 0 };
    AUTO_STR struct str json = STR_INIT;
    (void)state;
    AUTO_FREE size_t *first = duplicates_first(&none);
    duplicates_group(&duplicates, first, 0);
    duplicates_add_json(&json, &duplicates, &none);
    assert_string_equal(json.data, "[]\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(titles_are_compared_without_case_blanks_and_punctuation),
        cmocka_unit_test(long_titles_are_normalised_whole),
        cmocka_unit_test(normalising_appends_to_what_is_there),
        cmocka_unit_test(groups_stand_in_the_order_of_their_first_case),
        cmocka_unit_test(no_cases_have_no_duplicates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
