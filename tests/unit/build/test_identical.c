#include <string.h>

#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "gate/build/elf_file.h"
#include "gate/build/identical.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"

/* Two trees "a" and "b" in the sandbox, with a real program each: one and the same, made
 * by the compiler, with the path of its tree in it. */
static int make_trees(void **state)
{
    static const char source[] = "#include <stdio.h>\n"
                                 "int main(void) { puts(__FILE__); return 0; }\n";
    if (sandbox_setup(state) < 0)
        return -1;
    for (const char *tree = "ab"; *tree; tree++) {
        const char name[] = { *tree, '/', 'm', '.', 'c', '\0' };
        sandbox_write(*state, name, source);
        sandbox_must(*state,
                     "cd %c && cc -Wl,--build-id=sha1 -o prog \"$PWD/m.c\" && echo '[]' "
                     ">data.json && mkdir src && echo >src/x.h && echo x >words",
                     *tree);
    }
    return 0;
}

struct question {
    const char *changed; /* one path, or NULL */
    const char *argv[4];
    const char *binary; /* or NULL */
};

/* Asks after the script has run in the sandbox. */
static void check(struct sandbox *sandbox,
                  const char *script,
                  struct question question,
                  bool want,
                  const char *want_why)
{
    AUTO_STRVEC struct strvec changed = { 0 };
    AUTO_STRVEC struct strvec argv = { 0 };
    AUTO_STRVEC struct strvec binaries = { 0 };
    AUTO_IDENTICAL struct identical identical = { 0 };
    AUTO_STR struct str why = STR_INIT;
    struct error err = { 0 };
    sandbox_must(sandbox, "%s", script);
    if (question.changed)
        strvec_push(&changed, question.changed);
    for (size_t i = 0; i < 4 && question.argv[i]; i++)
        strvec_push(&argv, question.argv[i]);
    if (question.binary)
        strvec_push(&binaries, question.binary);

    assert_int_equal(identical_compare(sandbox_file(sandbox, "a"),
                                       sandbox_file(sandbox, "b"), &changed, &identical,
                                       &err),
                     0);
    bool is_identical = identical_bench(&identical, &argv, &binaries, &why);

    assert_string_equal(why.data, want_why);
    assert_int_equal(is_identical, want);
}
#define Q(...) ((struct question){ __VA_ARGS__ })

#define SAME "all programs and data files in the built trees are the same"

static void programs_that_hold_their_path_are_the_same(void **state)
{
    sandbox_must(*state, "! cmp -s a/prog b/prog");
    check(*state, "true", Q(.argv = { "./prog", "10" }), true, SAME);
    check(*state, "true", Q(.argv = { "./prog" }, .changed = "m.c"), true, SAME);
}

static void only_programs_inside_the_tree_count(void **state)
{
    check(*state, "true", Q(.argv = { "prog" }), false,
          "'prog' is not a program inside the built trees");
    check(*state, "true", Q(.argv = { "/bin/sh", "-c", "./prog" }), false,
          "'/bin/sh' is not a program inside the built trees");
    check(*state, "true", Q(.argv = { "./words" }), false,
          "'./words' is not a program inside the built trees");
    check(*state, "true", Q(.argv = { "../b/prog" }), false,
          "'../b/prog' is not a program inside the built trees");
    check(*state, "ln -s /bin/ls a/ls; ln -s /bin/ls b/ls", Q(.argv = { "./ls" }), false,
          "'./ls' is not a program inside the built trees");
}

static void absolute_name_of_either_side_is_inside(void **state)
{
    const char *program = sandbox_file(*state, "b/prog");
    check(*state, "true", Q(.argv = { program }), true, SAME);
}

static void data_that_changed_is_a_difference(void **state)
{
    check(*state, "true", Q(.argv = { "./prog" }, .changed = "data.json"), false,
          "'data.json' was changed and may be read at run time");
    check(*state, "echo '[1]' >b/data.json", Q(.argv = { "./prog" }), false,
          "'data.json' differs between the built trees");
}

static void what_one_tree_lacks_is_a_difference(void **state)
{
    check(*state, "cp b/prog b/second", Q(.argv = { "./prog" }), false,
          "'second' is in head's tree only");
    check(*state, "mv b/second a/second", Q(.argv = { "./prog" }), false,
          "'second' is in base's tree only");
}

static void object_files_and_notes_of_build_tools_do_not_count(void **state)
{
    check(*state,
          "cd b && cc -g -c -o x.o m.c && ar rc libx.a x.o && echo >y.log && mkdir "
          "CMakeFiles && cp prog CMakeFiles/a.out && echo >.git",
          Q(.argv = { "./prog" }), true, SAME);
}

static void files_named_by_the_command_must_be_equal(void **state)
{
    check(*state, "echo changed >>b/src/x.h", Q(.argv = { "./prog", "src/x.h" }), false,
          "'src/x.h' differs between the built trees");
    check(*state, "true", Q(.argv = { "./prog", "--file=./src//x.h" }), false,
          "'src/x.h' differs between the built trees");
    check(*state, "true", Q(.argv = { "./prog", "src" }, .changed = "src/x.h"), false,
          "the command reads 'src', where 'src/x.h' was changed");
    check(*state, "true", Q(.argv = { "./prog", "." }, .changed = "src/x.h"), false,
          "the command reads '.', where 'src/x.h' was changed");
    check(*state, "true", Q(.argv = { "./prog", "words", "" }, .changed = "src/x.h"),
          true, SAME);
}

static void named_binaries_decide_alone(void **state)
{
    check(*state, "echo >>b/data.json", Q(.argv = { "sh", "words" }, .binary = "prog"),
          true, "the binaries that the config names are the same");
    check(*state, "true", Q(.argv = { "sh", "data.json" }, .binary = "prog"), false,
          "'data.json' differs between the built trees");
    check(*state, "echo >>b/prog", Q(.argv = { "sh" }, .binary = "prog"), false,
          "'prog' differs between the built trees");
    check(*state, "true", Q(.argv = { "sh" }, .binary = "gone"), false,
          "'gone' is not a file in both built trees");
}

/* Both programs have debug information, of other lines. */
static void make_debug_programs(struct sandbox *sandbox)
{
    sandbox_must(sandbox,
                 "echo '/* more */' >line && cat line line b/m.c >m.c && mv m.c b");
    sandbox_must(sandbox, "for t in a b; do (cd $t && cc -g -o prog m.c); done");
    sandbox_must(sandbox, "! cmp -s a/prog b/prog && cp a/prog keep");
}

static void debug_information_is_passed_over(void **state)
{
    make_debug_programs(*state);
    check(*state, "true", Q(.argv = { "./prog" }), true, SAME);
}

/* What a program may carry along and read. */
static void bytes_behind_the_last_section_are_compared(void **state)
{
    make_debug_programs(*state);
    check(*state, "echo payload >>a/prog", Q(.argv = { "./prog" }), false,
          "'prog' differs between the built trees");
    check(*state, "cp keep a/prog && echo payload >>b/prog", Q(.argv = { "./prog" }),
          false, "'prog' differs between the built trees");
}

static void code_and_names_beside_debug_information_are_compared(void **state)
{
    make_debug_programs(*state);
    check(*state, "cd b && sed -i 's/return 0/return 1/' m.c && cc -g -o prog m.c",
          Q(.argv = { "./prog" }), false, "'prog' differs between the built trees");
    check(*state,
          "for t in a b; do (cd $t && echo 'int main(void) { return 0; } static int' "
          "\"_$t(void) { return 1; } int (*p)(void) = _$t;\" >m.c && cc -g -o prog m.c); "
          "done",
          Q(.argv = { "./prog" }), false, "'prog' differs between the built trees");
}

static void links_are_the_same_when_they_lead_to_the_same_place(void **state)
{
    check(*state, "ln -s \"$PWD/a/prog\" a/l; ln -s \"$PWD/b/prog\" b/l",
          Q(.argv = { "./l" }), true, SAME);
    check(*state, "ln -sf prog b/l", Q(.argv = { "./prog" }), false,
          "'l' differs between the built trees");
}

static void missing_tree_is_an_error(void **state)
{
    struct identical identical = { 0 };
    const struct strvec none = { 0 };
    struct error err = { 0 };

    assert_int_equal(identical_compare(sandbox_file(*state, "a"),
                                       sandbox_file(*state, "gone"), &none, &identical,
                                       &err),
                     0);
    assert_false(identical.are_trees_equal);
    identical_clear(&identical);
    assert_int_equal(identical_compare(sandbox_file(*state, "gone"),
                                       sandbox_file(*state, "a"), &none, &identical,
                                       &err),
                     -1);
    assert_contains(err.message, "gone");
}

static void kinds_are_told_by_content(void **state)
{
    sandbox_must(*state, "cd a && cc -c m.c && ar rc lib.a m.o && cc -shared -fPIC -o "
                         "lib.so m.c && : >empty && printf '\\177ELF' >short");
    assert_int_equal(file_kind_of(sandbox_file(*state, "a/prog")), FILE_PROGRAM);
    assert_int_equal(file_kind_of(sandbox_file(*state, "a/lib.so")), FILE_PROGRAM);
    assert_int_equal(file_kind_of(sandbox_file(*state, "a/m.o")), FILE_PART);
    assert_int_equal(file_kind_of(sandbox_file(*state, "a/lib.a")), FILE_PART);
    assert_int_equal(file_kind_of(sandbox_file(*state, "a/m.c")), FILE_OTHER);
    assert_int_equal(file_kind_of(sandbox_file(*state, "a/empty")), FILE_OTHER);
    assert_int_equal(file_kind_of(sandbox_file(*state, "a/short")), FILE_OTHER);
    assert_int_equal(file_kind_of(sandbox_file(*state, "a/src")), FILE_MISSING);
    assert_int_equal(file_kind_of(sandbox_file(*state, "a/gone")), FILE_MISSING);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_trees, sandbox_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(programs_that_hold_their_path_are_the_same),
        TEST(only_programs_inside_the_tree_count),
        TEST(absolute_name_of_either_side_is_inside),
        TEST(data_that_changed_is_a_difference),
        TEST(what_one_tree_lacks_is_a_difference),
        TEST(object_files_and_notes_of_build_tools_do_not_count),
        TEST(files_named_by_the_command_must_be_equal),
        TEST(named_binaries_decide_alone),
        TEST(debug_information_is_passed_over),
        TEST(bytes_behind_the_last_section_are_compared),
        TEST(code_and_names_beside_debug_information_are_compared),
        TEST(links_are_the_same_when_they_lead_to_the_same_place),
        TEST(missing_tree_is_an_error),
        TEST(kinds_are_told_by_content),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
