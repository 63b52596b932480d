#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "tests/support/check.h"

static void empty_text_is_a_string(void **state)
{
    struct str str = STR_INIT;

    (void)state;
    assert_string_equal(str.data, "");
    str_clear(&str);
    assert_string_equal(str.data, "");
}

static void text_grows_by_every_way_of_adding(void **state)
{
    AUTO_STR struct str str = STR_INIT;

    (void)state;
    str_add(&str, "a");
    str_add_char(&str, 'b');
    str_add_bytes(&str, "cdef", 2);
    str_addf(&str, "%d-%s", 7, "x");

    assert_string_equal(str.data, "abcd7-x");
    assert_int_equal(str.length, 7);
}

static void long_formats_are_not_cut(void **state)
{
    AUTO_STR struct str str = STR_INIT;

    (void)state;
    str_addf(&str, "%01000d", 5);
    str_addf(&str, "%01000d", 6);

    assert_int_equal(str.length, 2000);
    assert_int_equal(str.data[1999], '6');
}

static void truncated_text_can_grow_again(void **state)
{
    AUTO_STR struct str str = STR_INIT;

    (void)state;
    str_add(&str, "hello");
    str_truncate(&str, 9);
    assert_string_equal(str.data, "hello");
    str_truncate(&str, 4);
    str_add(&str, "!");

    assert_string_equal(str.data, "hell!");
    str_reset(&str);
    assert_string_equal(str.data, "");
}

static void detached_text_is_the_callers(void **state)
{
    struct str str = STR_INIT;

    (void)state;
    AUTO_FREE char *empty = str_detach(&str);
    assert_string_equal(empty, "");
    str_add(&str, "mine");
    AUTO_FREE char *text = str_detach(&str);

    assert_string_equal(text, "mine");
    assert_int_equal(str.capacity, 0);
}

static void starts_and_ends_are_found(void **state)
{
    (void)state;

    assert_true(str_starts_with("CASE-1", "CASE-"));
    assert_false(str_starts_with("CAS", "CASE"));
    assert_true(str_ends_with("a.json", ".json"));
    assert_false(str_ends_with("json", ".json"));
}

static void distance_counts_single_edits(void **state)
{
    (void)state;

    assert_int_equal(str_distance("", ""), 0);
    assert_int_equal(str_distance("", "abc"), 3);
    assert_int_equal(str_distance("kitten", "sitting"), 3);
    assert_int_equal(str_distance("budget", "bugdet"), 2);
}

static void nearest_word_is_offered_only_when_near(void **state)
{
    static const char *const words[] = { "build", "budget", "suites" };

    (void)state;
    assert_string_equal(str_nearest("bugdet", words, 3), "budget");
    assert_string_equal(str_nearest("suites", words, 3), "suites");
    assert_string_equal(str_nearest("buid", words, 3), "build");
    assert_null(str_nearest("colour", words, 3));
    assert_null(str_nearest("x", words, 0));
}

static void counted_words_have_their_plural(void **state)
{
    AUTO_STR struct str str = STR_INIT;

    (void)state;
    str_add_counted(&str, 1, "row");
    str_add(&str, ", ");
    str_add_counted(&str, 0, "row");
    str_add(&str, ", ");
    str_add_counted(&str, 2, "bench");

    assert_string_equal(str.data, "1 row, 0 rows, 2 benches");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(empty_text_is_a_string),
        cmocka_unit_test(text_grows_by_every_way_of_adding),
        cmocka_unit_test(long_formats_are_not_cut),
        cmocka_unit_test(truncated_text_can_grow_again),
        cmocka_unit_test(detached_text_is_the_callers),
        cmocka_unit_test(starts_and_ends_are_found),
        cmocka_unit_test(counted_words_have_their_plural),
        cmocka_unit_test(distance_counts_single_edits),
        cmocka_unit_test(nearest_word_is_offered_only_when_near),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
