#include "gate/cli/completion_line.h"
#include "tests/support/check.h"

static void expect(const char *text, const char *const *words, const char *current)
{
    AUTO_COMPLETION_LINE struct completion_line line = { 0 };
    completion_line_read(text, &line);
    size_t count = 0;
    while (words[count])
        count++;
    assert_int_equal(line.words.count, count);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(line.words.items[i], words[i]);
    assert_string_equal(line.current, current);
}

static void words_are_told_apart_as_a_shell_does(void **state)
{
    (void)state;
    expect("pawl ch", (const char *[]){ "pawl", NULL }, "ch");
    expect("  pawl\tcheck  ", (const char *[]){ "pawl", "check", NULL }, "");
    expect("pawl 'a b' \"c d\" e\\ f", (const char *[]){ "pawl", "a b", "c d", NULL },
           "e f");
    expect("", (const char *[]){ NULL }, "");
}

static void the_last_word_may_be_in_the_middle_of_a_quotation(void **state)
{
    (void)state;
    expect("pawl check 'list[n=1", (const char *[]){ "pawl", "check", NULL }, "list[n=1");
    expect("pawl check list\\[n=1", (const char *[]){ "pawl", "check", NULL },
           "list[n=1");
    expect("pawl check a\\", (const char *[]){ "pawl", "check", NULL }, "a\\");
    expect("pawl check \"a 'b", (const char *[]){ "pawl", "check", NULL }, "a 'b");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_told_apart_as_a_shell_does),
        cmocka_unit_test(the_last_word_may_be_in_the_middle_of_a_quotation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
