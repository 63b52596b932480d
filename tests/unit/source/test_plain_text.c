#include <stdlib.h>

#include "gate/source/plain_text.h"
#include "tests/unit/source/fixture.h"

static void check_copy(const char *text, const char *want)
{
    char copy[16];
    plain_text_copy(copy, sizeof copy, text);
    assert_string_equal(copy, want);
}

static void good_text_stays_as_it_is(void **state)
{
    (void)state;
    check_copy("", "");
    check_copy("plain", "plain");
    check_copy("zoë – 日本", "zoë – 日本");
    check_copy("\xf0\x9f\x90\x8e", "\xf0\x9f\x90\x8e");
    check_copy(NULL, "");
}

static void control_characters_become_blanks(void **state)
{
    (void)state;
    check_copy("a\nb\tc\x1b[0m\x7f", "a b c [0m ");
}

static void what_is_no_utf8_becomes_question_marks(void **state)
{
    (void)state;
    check_copy("zo\xeb!", "zo?!");
    check_copy("\x80", "?");
    check_copy("\xc0\xaf", "??");
    check_copy("\xe0\x80\x80", "???");
    check_copy("\xed\xa0\x80", "???");
    check_copy("\xf4\x90\x80\x80", "????");
    check_copy("\xf5", "?");
    check_copy("\xe2\x82", "??");
}

static void long_text_is_cut_between_characters(void **state)
{
    (void)state;
    check_copy("0123456789abcdefgh", "0123456789abcde");
    check_copy("0123456789abcdë", "0123456789abcd");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(good_text_stays_as_it_is),
        T(control_characters_become_blanks),
        T(what_is_no_utf8_becomes_question_marks),
        T(long_text_is_cut_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
