#include "gate/base/shell_word.h"
#include "gate/base/str.h"
#include "tests/support/check.h"

static void assert_word(const char *word, const char *want)
{
    AUTO_STR struct str out = STR_INIT;
    shell_word_add(&out, word);
    assert_string_equal(out.data, want);
}

static void plain_words_stay_as_they_are(void **state)
{
    (void)state;
    assert_word("build/bench-list", "build/bench-list");
    assert_word("n=1,2:x+y_z", "n=1,2:x+y_z");
}

static void all_else_is_quoted(void **state)
{
    (void)state;
    assert_word("", "''");
    assert_word("two words", "'two words'");
    assert_word("$(id)", "'$(id)'");
    assert_word("don't", "'don'\\''t'");
    assert_word("a\nb", "'a\nb'");
    assert_word("list[n=1]", "'list[n=1]'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_words_stay_as_they_are),
        cmocka_unit_test(all_else_is_quoted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
