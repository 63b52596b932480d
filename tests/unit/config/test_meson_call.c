#include "gate/base/alloc.h"
#include "gate/config/meson_call.h"
#include "tests/support/check.h"

static void add_argument(struct str *all, const struct meson_argument *argument)
{
    if (argument->keyword)
        str_addf(all, "%s:", argument->keyword);
    if (argument->kind == MESON_STRING)
        str_addf(all, "'%s'", argument->text);
    else if (argument->kind == MESON_CALL)
        str_addf(all, "%s('%s')", argument->function, argument->text);
    else
        str_add(all, argument->kind == MESON_NAME ? argument->text : "?");
}

/* The calls of a text, as "variable=name(argument|keyword:argument) name()". */
static char *calls_of(const char *text)
{
    struct str all = STR_INIT;
    AUTO_MESON_CALL struct meson_call call = MESON_CALL_INIT;
    while (meson_call_next(&text, &call)) {
        str_addf(&all, "%s%s%s%s(", all.length ? " " : "", call.variable.data,
                 call.variable.length ? "=" : "", call.name.data);
        for (size_t i = 0; i < call.count; i++) {
            str_add(&all, i ? "|" : "");
            add_argument(&all, &call.items[i]);
        }
        str_add(&all, ")");
    }
    return str_detach(&all);
}

static void assert_calls(const char *text, const char *want)
{
    AUTO_FREE char *got = calls_of(text);
    assert_string_equal(got, want);
}

static void calls_are_taken_with_what_they_are_assigned_to(void **state)
{
    (void)state;
    assert_calls("project('x', 'c')\nexe = executable('list',\n  'a.c')\n"
                 "if x == get(y)\nsubdir('z')\nendif\n",
                 "project('x'|'c') exe=executable('list'|'a.c') get(y) subdir('z')");
}

static void a_list_is_as_many_arguments(void **state)
{
    (void)state;
    assert_calls("f(['a', ['b', c]], args : ['1', '2',], timeout: 30, k: [], d)",
                 "f('a'|'b'|c|args:'1'|args:'2'|timeout:30|d)");
}

static void calls_in_arguments_are_arguments(void **state)
{
    (void)state;
    assert_calls("f(g('a', h('b')), deps: dependency('x', required: false)) i()",
                 "f(g('a')|deps:dependency('x')) i()");
}

static void what_is_computed_is_said_to_be(void **state)
{
    (void)state;
    assert_calls("f('a' + 'b', x[0], d.get('e, ('), -1, not y, {'k': [1]}, 'z')",
                 "f(?|?|?|?|?|?|'z')");
}

static void methods_have_a_dot(void **state)
{
    (void)state;
    assert_calls("x = cc.find_library('m')\ny = 1\nf(y)", ".find_library('m') f(y)");
}

static void comments_and_texts_are_no_calls(void **state)
{
    (void)state;
    assert_calls("# a(b)\nx = 'c(d)'\nf('''g 'h'\n(''', # i)\n 'j\\'k')",
                 "f('g 'h'\n('|'j'k')");
}

static void what_is_never_closed_ends_with_the_text(void **state)
{
    (void)state;
    assert_calls("a(b", "a(b)");
    assert_calls("a('b", "a('b')");
    assert_calls("a('''b'", "a('b'')");
    assert_calls("a(['b'", "a('b')");
    assert_calls("a(k:", "a(k:?)");
    assert_calls("a(b('c", "a(b('c'))");
    assert_calls("a", "");
    assert_calls(")(]", "");
}

static void arguments_are_found_by_place_and_by_keyword(void **state)
{
    (void)state;
    AUTO_MESON_CALL struct meson_call call = MESON_CALL_INIT;
    const char *text = "f('a', k: 'b', 'c')";
    assert_true(meson_call_next(&text, &call));
    assert_string_equal(meson_call_at(&call, 1)->text, "c");
    assert_string_equal(meson_call_keyword(&call, "k")->text, "b");
    assert_null(meson_call_at(&call, 2));
    assert_null(meson_call_keyword(&call, "a"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calls_are_taken_with_what_they_are_assigned_to),
        cmocka_unit_test(a_list_is_as_many_arguments),
        cmocka_unit_test(calls_in_arguments_are_arguments),
        cmocka_unit_test(what_is_computed_is_said_to_be),
        cmocka_unit_test(methods_have_a_dot),
        cmocka_unit_test(comments_and_texts_are_no_calls),
        cmocka_unit_test(what_is_never_closed_ends_with_the_text),
        cmocka_unit_test(arguments_are_found_by_place_and_by_keyword),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
