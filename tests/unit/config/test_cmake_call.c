#include "gate/base/alloc.h"
#include "gate/config/cmake_call.h"
#include "tests/support/check.h"

/* The calls of a text, as "name(word|word) name()". */
static char *calls_of(const char *text)
{
    struct str all = STR_INIT;
    AUTO_CMAKE_CALL struct cmake_call call = CMAKE_CALL_INIT;
    while (cmake_call_next(&text, &call)) {
        AUTO_FREE char *words = strvec_join(&call.words, "|");
        str_addf(&all, "%s%s(%s)", all.length ? " " : "", call.name.data,
                 call.words.count ? words : "");
    }
    return str_detach(&all);
}

static void assert_calls(const char *text, const char *want)
{
    AUTO_FREE char *got = calls_of(text);
    assert_string_equal(got, want);
}

static void calls_are_taken_one_by_one(void **state)
{
    (void)state;
    assert_calls("project(x C)\nADD_Executable (list\n  a.c;b.c)\nenable_testing()\n",
                 "project(x|C) add_executable(list|a.c|b.c) enable_testing()");
}

static void comments_are_no_calls(void **state)
{
    (void)state;
    assert_calls("# a(b)\nset(x # y)\n 1)\n#[[ c(d)\n e(f) ]] g(#[=[ ]] ]=]h)\n",
                 "set(x|1) g(h)");
}

static void quotes_and_brackets_hold_a_word_together(void **state)
{
    (void)state;
    assert_calls("a(\"b c) \\\"d\\\"\" [[e ) f]] [=[g]]h]=] i\\ j)",
                 "a(b c) \"d\"|e ) f|g]]h|i j)");
}

static void parentheses_nest(void **state)
{
    (void)state;
    assert_calls("if(A AND (B OR C))\nset(d e)\nendif()",
                 "if(A|AND|B|OR|C) set(d|e) endif()");
}

static void what_is_never_closed_ends_with_the_text(void **state)
{
    (void)state;
    assert_calls("a(b", "a(b)");
    assert_calls("a(\"b", "a(b)");
    assert_calls("a(b\\", "a(b\\)");
    assert_calls("a([[b", "a(b)");
    assert_calls("#[[ a(b)", "");
    assert_calls("a", "");
    assert_calls(")(", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calls_are_taken_one_by_one),
        cmocka_unit_test(comments_are_no_calls),
        cmocka_unit_test(quotes_and_brackets_hold_a_word_together),
        cmocka_unit_test(parentheses_nest),
        cmocka_unit_test(what_is_never_closed_ends_with_the_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
