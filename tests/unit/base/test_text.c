#include "gate/base/str.h"
#include "gate/base/text.h"
#include "tests/support/check.h"
#include "tests/support/hostile.h"

static void check_clean(const char *text, const char *wanted)
{
    struct str out = STR_INIT;
    text_add_clean(&out, text, 40);
    assert_string_equal(out.data, wanted);
    str_clear(&out);
}

static void line_breaks_become_blanks(void **state)
{
    (void)state;
    check_clean("a\nb\tc\r", "a b c ");
}

/* A CI log skips them in front of a command, as it does plain ones. */
static void blanks_of_other_alphabets_become_plain_ones(void **state)
{
    (void)state;
    check_clean("a\u3000b\u2003c\u1680d", "a b c d");
}

static void controls_and_invisible_characters_are_replaced(void **state)
{
    (void)state;
    check_clean("\033[1m", "\uFFFD[1m");
    check_clean("\x7f", "\uFFFD");
    check_clean("\xc2\x9b", "\uFFFD");
    check_clean("a\u202eb", "a\uFFFDb");
    check_clean("a\u200bb\u2060c\ufeffd", "a\uFFFDb\uFFFDc\uFFFDd");
    check_clean("ü€😀", "ü€😀");
}

static void bytes_that_are_no_utf8_are_replaced_one_by_one(void **state)
{
    (void)state;
    check_clean("a\xff\xfe"
                "b",
                "a\uFFFD\uFFFDb");
    check_clean("\xc0\xaf", "\uFFFD\uFFFD");           /* overlong */
    check_clean("\xed\xa0\x80", "\uFFFD\uFFFD\uFFFD"); /* a surrogate */
    check_clean("\xf4\x90\x80\x80", "\uFFFD\uFFFD\uFFFD\uFFFD");
    check_clean("\xe2\x82", "\uFFFD\uFFFD"); /* ends too early */
}

static void log_commands_are_taken_apart(void **state)
{
    (void)state;
    check_clean("x ##[error]y", "x # #[error]y");
    check_clean("###[error]", "## #[error]");
    check_clean("## [x]", "## [x]");
}

static void long_text_ends_in_an_ellipsis(void **state)
{
    struct str out = STR_INIT;
    (void)state;

    text_add_clean(&out, "üüü", 3);
    text_add_clean(&out, "üüüü", 3);

    assert_string_equal(out.data, "üüüüüü…");
    str_clear(&out);
}

static void missing_text_is_empty(void **state)
{
    (void)state;
    check_clean(NULL, "");
}

static void valid_text_keeps_everything_but_bad_bytes(void **state)
{
    struct str out = STR_INIT;
    (void)state;

    text_add_valid(&out, "a\n\033\xff€");

    assert_string_equal(out.data, "a\n\033\uFFFD€");
    str_clear(&out);
}

static void width_counts_columns(void **state)
{
    (void)state;
    assert_int_equal(text_width(""), 0);
    assert_int_equal(text_width("abc"), 3);
    assert_int_equal(text_width("üb"), 2);
    assert_int_equal(text_width("u\u0308"), 1);
    assert_int_equal(text_width("日本"), 4);
    assert_int_equal(text_width("\xff"), 1);
}

static void check_cut(const char *text, size_t width, const char *wanted)
{
    struct str out = STR_INIT;
    str_add(&out, text);
    text_cut(&out, width);
    assert_string_equal(out.data, wanted);
    str_clear(&out);
}

static void cut_text_keeps_to_its_width(void **state)
{
    (void)state;
    check_cut("abc", 3, "abc");
    check_cut("abcd", 3, "ab…");
    check_cut("日本語", 4, "日…");
    check_cut("abcd", 1, "…");
    check_cut("abcd", 0, "");
}

static void check_wrapped(const char *text, const char *wanted)
{
    struct str out = STR_INIT;
    text_add_wrapped(&out, text, 2, 14);
    assert_string_equal(out.data, wanted);
    str_clear(&out);
}

static void wrapped_lines_break_at_blanks(void **state)
{
    (void)state;
    check_wrapped("", "");
    check_wrapped("one two", "  one two\n");
    check_wrapped("one two three four", "  one two\n  three four\n");
    check_wrapped("one two seven", "  one two\n  seven\n");
    check_wrapped("abcdefghijklmnop", "  abcdefghijkl\n  mnop\n");
}

static void wrapped_lines_never_begin_with_a_command(void **state)
{
    (void)state;
    check_wrapped("one two six ::error::x", "  one two six\n  : :error::x\n");
    check_wrapped("::error::x", "  : :error::x\n");
}

/* tests/data/hostile.json says beside each string what is to be seen of it. */
static void hostile_strings_are_shown_as_their_file_says(void **state)
{
    struct hostile_texts texts = hostile_load();

    (void)state;
    for (size_t i = 0; i < texts.count; i++) {
        struct str out = STR_INIT;
        text_add_clean(&out, texts.items[i].text, 400);
        assert_string_equal(out.data, texts.items[i].shown);
        str_clear(&out);
    }
    hostile_clear(&texts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(line_breaks_become_blanks),
        cmocka_unit_test(blanks_of_other_alphabets_become_plain_ones),
        cmocka_unit_test(controls_and_invisible_characters_are_replaced),
        cmocka_unit_test(bytes_that_are_no_utf8_are_replaced_one_by_one),
        cmocka_unit_test(log_commands_are_taken_apart),
        cmocka_unit_test(hostile_strings_are_shown_as_their_file_says),
        cmocka_unit_test(long_text_ends_in_an_ellipsis),
        cmocka_unit_test(missing_text_is_empty),
        cmocka_unit_test(valid_text_keeps_everything_but_bad_bytes),
        cmocka_unit_test(width_counts_columns),
        cmocka_unit_test(cut_text_keeps_to_its_width),
        cmocka_unit_test(wrapped_lines_break_at_blanks),
        cmocka_unit_test(wrapped_lines_never_begin_with_a_command),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
