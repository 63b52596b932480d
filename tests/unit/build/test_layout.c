#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "gate/build/layout.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"

static void layout_is_a_function_of_seed_and_number(void **state)
{
    AUTO_LAYOUT struct layout first = { 0 };
    AUTO_LAYOUT struct layout again = { 0 };
    AUTO_LAYOUT struct layout next = { 0 };
    AUTO_LAYOUT struct layout reseeded = { 0 };
    (void)state;

    layout_draw(7, 0, &first);
    layout_draw(7, 0, &again);
    layout_draw(7, 1, &next);
    layout_draw(8, 0, &reseeded);

    assert_string_equal(first.compile, again.compile);
    assert_string_equal(first.link, again.link);
    assert_string_equal(first.rust, again.rust);
    assert_string_not_equal(first.compile, next.compile);
    assert_string_not_equal(first.compile, reseeded.compile);
}

/* How many of 200 layouts have the text in their flags. */
static size_t count_with(const char *text)
{
    size_t count = 0;
    for (size_t number = 0; number < 200; number++) {
        AUTO_LAYOUT struct layout layout = { 0 };
        layout_draw(1, number, &layout);
        count += strstr(layout.compile, text) || strstr(layout.link, text);
    }
    return count;
}

/* Fair draws leave these limits once in ten million. */
static void every_choice_is_drawn(void **state)
{
    static const char *const quarters[] = {
        "-falign-functions=1 ",  "-falign-functions=16 ", "-falign-functions=32 ",
        "-falign-functions=64 ", "-falign-loops=1 ",      "-falign-loops=16 ",
        "-falign-loops=32 ",     "-falign-loops=64 ",
    };
    (void)state;
    for (size_t i = 0; i < sizeof quarters / sizeof quarters[0]; i++)
        assert_in_range(count_with(quarters[i]), 20, 84);
    assert_in_range(count_with("-Wl,--sort-section=name"), 63, 137);
    assert_int_equal(count_with("-Wl,--sort-section=name"),
                     count_with("-ffunction-sections"));
    assert_in_range(count_with("-entry=0,0"), 0, 20);
    assert_in_range(count_with("-entry=3,3") + count_with("-entry=63,63"), 1, 40);
}

static void flags_are_added_to_what_the_recipe_has(void **state)
{
    struct layout layout = { .compile = (char[]){ "-f1 -f2" },
                             .link = (char[]){ "-Wl,x" },
                             .rust = (char[]){ "-C r" } };
    AUTO_STRVEC struct strvec environment = { 0 };
    (void)state;
    strvec_push(&environment, "CFLAGS=-O2");
    strvec_push(&environment, "CFLAGS_X=1");
    strvec_push(&environment, "LDFLAGS=");

    layout_add_to(&layout, "/nowhere", &environment);
    AUTO_FREE char *got = strvec_join(&environment, "|");

    assert_string_equal(got, "CFLAGS=-O2 -f1 -f2|CFLAGS_X=1|LDFLAGS=-Wl,x|"
                             "PAWL_LAYOUT_CFLAGS=-f1 -f2|PAWL_LAYOUT_LDFLAGS=-Wl,x|"
                             "PAWL_LAYOUT_RUSTFLAGS=-C r|CXXFLAGS=-f1 -f2|"
                             "RUSTFLAGS=-C r");
}

static void nothing_for_the_linker_leaves_its_flags_alone(void **state)
{
    struct layout layout = { .compile = (char[]){ "-f" },
                             .link = (char[]){ "" },
                             .rust = (char[]){ "-C r" } };
    AUTO_STRVEC struct strvec environment = { 0 };
    (void)state;

    layout_add_to(&layout, "/nowhere", &environment);
    AUTO_FREE char *got = strvec_join(&environment, "|");

    assert_contains(got, "|PAWL_LAYOUT_LDFLAGS=|");
    assert_lacks(got, "|LDFLAGS");
}

/* A tree of two programs and a shared object, built with the flags. */
static void build(struct sandbox *sandbox, const char *tree, const struct layout *layout)
{
    sandbox_must(sandbox,
                 "mkdir %s && cd %s && echo 'int f(int x); int g(int x) { return x + 1; }"
                 "int main(int n, char **v) { (void)v; return f(n) - g(n); }' >m.c && "
                 "echo 'int f(int x) { return x * 3; }' >f.c && "
                 "cc -O2 -Wall -Wextra -Werror %s -shared -fPIC f.c -o libf.so %s && "
                 "cc -O2 -Wall -Wextra -Werror %s m.c f.c -o prog %s && "
                 "cp /bin/true plain && echo %s >flags.txt",
                 tree, tree, layout->compile, layout->link, layout->compile, layout->link,
                 tree);
}

static void compiler_takes_the_flags_and_they_move_the_code(void **state)
{
    struct sandbox *sandbox = *state;
    for (size_t number = 0; number < 4; number++) {
        AUTO_LAYOUT struct layout layout = { 0 };
        AUTO_FREE char *tree = str_format("tree%zu", number);
        layout_draw(3, number, &layout);
        build(sandbox, tree, &layout);
        sandbox_must(sandbox, "nm %s/prog >nm && ! cmp -s nm last; mv nm last", tree);
    }
}

#define MOVED "-falign-functions=64 -fpatchable-function-entry=9,9"

/* Whether the tree "two" differs from "one" in what the command runs. */
static bool reaches(struct sandbox *sandbox, const char *command, const char *binary)
{
    AUTO_FREE char *one = str_format("%s", sandbox_file(sandbox, "one"));
    AUTO_STRVEC struct strvec argv = { 0 };
    AUTO_STRVEC struct strvec binaries = { 0 };
    struct layout_bench bench = { &argv, &binaries };
    struct error err = { 0 };
    bool answer = false;
    strvec_push(&argv, command);
    if (binary)
        strvec_push(&binaries, binary);

    int asked = layout_reaches(one, sandbox_file(sandbox, "two"), &bench, &answer, &err);

    assert_string_equal(err.message, "");
    assert_int_equal(asked, 0);
    return answer;
}

/* The trees "one", built as usual, and "two", with the flags. */
static void build_two(struct sandbox *sandbox, const char *flags)
{
    AUTO_FREE char *text = str_format("%s", flags);
    struct layout none = { .compile = (char[]){ "" }, .link = (char[]){ "" } };
    struct layout layout = { .compile = text, .link = (char[]){ "" } };
    build(sandbox, "one", &none);
    build(sandbox, "two", &layout);
}

static void build_that_got_no_flags_is_not_reached(void **state)
{
    struct sandbox *sandbox = *state;
    build_two(sandbox, "");

    assert_false(reaches(sandbox, "/bin/sh", NULL));
    assert_false(reaches(sandbox, "./prog", NULL));
    assert_false(reaches(sandbox, "/bin/sh", "prog"));
}

static void what_the_bench_runs_counts(void **state)
{
    struct sandbox *sandbox = *state;
    build_two(sandbox, MOVED);
    sandbox_must(sandbox, "cp one/libf.so two; ln -s prog one/link; ln -s prog two/link");
    AUTO_FREE char *absolute = str_format("%s", sandbox_file(sandbox, "one/prog"));

    assert_true(reaches(sandbox, "./prog", NULL));
    assert_true(reaches(sandbox, absolute, NULL));
    assert_true(reaches(sandbox, "../one/prog", NULL));
    assert_true(reaches(sandbox, "./link", NULL));
    assert_true(reaches(sandbox, "/bin/sh", "prog"));
    assert_false(reaches(sandbox, "./plain", NULL));
    assert_false(reaches(sandbox, "./prog", "plain"));
}

static void any_program_counts_where_it_is_not_known_which_is_run(void **state)
{
    struct sandbox *sandbox = *state;
    build_two(sandbox, MOVED);
    sandbox_must(sandbox, "cp one/libf.so two");

    assert_true(reaches(sandbox, "/bin/sh", NULL));
    assert_true(reaches(sandbox, "prog", NULL));
    assert_true(reaches(sandbox, "./flags.txt", NULL));
}

static void shared_objects_count_for_every_bench(void **state)
{
    struct sandbox *sandbox = *state;
    build_two(sandbox, MOVED);
    sandbox_must(sandbox, "cp one/prog two");

    assert_true(reaches(sandbox, "./plain", NULL));
}

static void missing_tree_is_an_error(void **state)
{
    AUTO_STRVEC struct strvec none = { 0 };
    struct layout_bench bench = { &none, &none };
    struct error err = { 0 };
    bool answer = true;

    assert_int_equal(
        layout_reaches(sandbox_file(*state, "none"), "/tmp", &bench, &answer, &err), -1);
    assert_contains(err.message, "none");
}

#define T(name) cmocka_unit_test_setup_teardown(name, sandbox_setup, sandbox_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(layout_is_a_function_of_seed_and_number),
        cmocka_unit_test(every_choice_is_drawn),
        cmocka_unit_test(flags_are_added_to_what_the_recipe_has),
        cmocka_unit_test(nothing_for_the_linker_leaves_its_flags_alone),
        T(compiler_takes_the_flags_and_they_move_the_code),
        T(build_that_got_no_flags_is_not_reached),
        T(what_the_bench_runs_counts),
        T(any_program_counts_where_it_is_not_known_which_is_run),
        T(shared_objects_count_for_every_bench),
        T(missing_tree_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
