#include <string.h>

#include "gate/base/str.h"
#include "gate/build/printable.h"
#include "tests/support/check.h"

static void check(const char *bytes, size_t length, const char *want)
{
    AUTO_STR struct str out = STR_INIT;
    size_t taken = printable_add(&out, bytes, length, "\n", 100);
    assert_string_equal(out.data, want);
    assert_int_equal(taken, length);
}
#define CHECK(bytes, want) check(bytes, sizeof(bytes) - 1, want)

static void plain_text_stays(void **state)
{
    (void)state;
    CHECK("abc 1~", "abc 1~");
    CHECK("caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x90\x8e", "café € 🐎");
    CHECK("", "");
}

static void control_characters_become_question_marks(void **state)
{
    (void)state;
    CHECK("a\x1b[31mb\r\x7f", "a?[31mb??");
    CHECK("a\0b", "a?b");
    CHECK("a\tb\nc", "a?b\nc"); /* only '\n' is kept here */
    CHECK("a\xc2\x9b"
          "b",
          "a?b"); /* U+009B: CSI in one character */
}

static void turning_the_direction_of_writing_is_refused(void **state)
{
    (void)state;
    CHECK("a\xe2\x80\xae"
          "b",
          "a?b"); /* U+202E */
    CHECK("a\xe2\x81\xa6"
          "b",
          "a?b"); /* U+2066 */
}

static void what_is_not_utf8_becomes_question_marks(void **state)
{
    (void)state;
    CHECK("a\xff"
          "b",
          "a?b");
    CHECK("\xc3", "?");                /* cut */
    CHECK("\xc0\xaf", "??");           /* '/' in two bytes */
    CHECK("\xe0\x80\xaf", "???");      /* and in three */
    CHECK("\xed\xa0\x80", "???");      /* a surrogate */
    CHECK("\xf4\x90\x80\x80", "????"); /* past U+10FFFF */
    CHECK("\xc3(", "?(");
}

static void text_is_cut_between_characters(void **state)
{
    AUTO_STR struct str out = STR_INIT;
    const char text[] = "\xc3\xa9\xc3\xa9\xc3\xa9";
    (void)state;

    size_t taken = printable_add(&out, text, strlen(text), "", 2);

    assert_string_equal(out.data, "éé");
    assert_int_equal(taken, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_text_stays),
        cmocka_unit_test(control_characters_become_question_marks),
        cmocka_unit_test(turning_the_direction_of_writing_is_refused),
        cmocka_unit_test(what_is_not_utf8_becomes_question_marks),
        cmocka_unit_test(text_is_cut_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
