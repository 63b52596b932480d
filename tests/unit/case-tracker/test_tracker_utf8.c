#include <string.h>

#include "gate/base/error.h"
#include "runners/case-tracker/case.h"
#include "runners/case-tracker/utf8.h"
#include "tests/support/check.h"

static void check(const char *text, bool is_valid)
{
    if (utf8_is_valid(text, strlen(text)) != is_valid)
        fail_msg("'%s' should be %s", text, is_valid ? "valid" : "invalid");
}

static void well_formed_texts_are_valid(void **state)
{
    (void)state;
    check("", true);
    check("plain", true);
    check("\xc2\x80 \xdf\xbf", true);
    check("\xe0\xa0\x80 \xed\x9f\xbf \xef\xbf\xbf", true);
    check("\xf0\x90\x80\x80 \xf4\x8f\xbf\xbf", true);
}

static void overlong_cut_surrogate_and_too_large_forms_are_not(void **state)
{
    (void)state;
    check("\x80", false);
    check("\xc0\x80", false);
    check("\xc1\xbf", false);
    check("a\xc3", false);
    check("\xe0\x9f\xbf", false);
    check("\xed\xa0\x80", false);
    check("\xe2\x82", false);
    check("\xf0\x8f\xbf\xbf", false);
    check("\xf4\x90\x80\x80", false);
    check("\xf5\x80\x80\x80", false);
    check("\xe2\x28\xa1", false);
    check("\xe2\x82\x28", false);
    check("\xf0\x9f\x98\x28", false);
}

static void check_title_error(const char *title, const char *message)
{
    struct error err = { 0 };
    assert_int_equal(case_check_title(title, &err), -1);
    assert_string_equal(err.message, message);
}

static void titles_and_notes_are_checked(void **state)
{
    struct error err = { 0 };
    char longest[CASE_TITLE_BYTES_MAX + 2];
    (void)state;
    memset(longest, 'x', sizeof longest);
    longest[sizeof longest - 1] = '\0';

    check_title_error("", "the title is empty");
    check_title_error("a\nb", "the title has a control character (0x0a)");
    check_title_error("a\xff", "the title is not valid UTF-8");
    check_title_error(longest, "the title has 1001 bytes, at most 1000 are allowed");
    assert_int_equal(case_check_title(longest + 1, &err), 0);
    assert_int_equal(case_check_note("two\nlines\tand a tab", &err), 0);
    assert_int_equal(case_check_note("bell \a", &err), -1);
    assert_string_equal(err.message, "the note has a control character (0x07)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(well_formed_texts_are_valid),
        cmocka_unit_test(overlong_cut_surrogate_and_too_large_forms_are_not),
        cmocka_unit_test(titles_and_notes_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
