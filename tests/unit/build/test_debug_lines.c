/* Programs of a real compiler, with debug information and without. */
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "gate/build/debug_lines.h"
#include "gate/build/elf_file.h"
#include "gate/build/layout.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"

#define SOURCE                          \
    "#include <stdio.h>\n"              \
    "int main(int argc, char **argv)\n" \
    "{ for (int i = 0; i < argc; i++) puts(argv[i]); puts(__FILE__); return 0; }\n"

/* Directories whose names are equally long, as those of builds are. */
static void build(struct sandbox *sandbox, const char *tree, const char *flags)
{
    AUTO_FREE char *name = str_format("%s/prog.c", tree);
    sandbox_write(sandbox, name, SOURCE);
    sandbox_must(sandbox, "cd %s && cc %s -o prog $PWD/prog.c", tree, flags);
}

static struct strvec words(const char *word)
{
    struct strvec argv = { 0 };
    strvec_push(&argv, word);
    return argv;
}

static bool is_same(struct sandbox *sandbox, const char *program)
{
    AUTO_STRVEC struct strvec argv = words(program);
    AUTO_STRVEC struct strvec none = { 0 };
    const struct layout_bench bench = { &argv, &none };
    struct error err = { 0 };
    bool same = false;
    if (debug_build_is_same(sandbox_file(sandbox, "one"), sandbox_file(sandbox, "two"),
                            &bench, &same, &err) < 0)
        fail_msg("%s", err.message);
    return same;
}

static bool are_missing(struct sandbox *sandbox, const char *tree, const char *program)
{
    AUTO_STRVEC struct strvec argv = words(program);
    AUTO_STRVEC struct strvec none = { 0 };
    const struct layout_bench bench = { &argv, &none };
    struct error err = { 0 };
    bool missing = false;
    if (debug_lines_missing(sandbox_file(sandbox, tree), &bench, &missing, &err) < 0)
        fail_msg("%s", err.message);
    return missing;
}

static void debug_information_does_not_make_another_program(void **state)
{
    struct sandbox *sandbox = *state;
    build(sandbox, "one", "-O2");
    build(sandbox, "two", "-O2 -g");

    assert_true(is_same(sandbox, "./prog"));
    assert_true(is_same(sandbox, "sh"));
    assert_true(are_missing(sandbox, "one", "./prog"));
    assert_false(are_missing(sandbox, "two", "./prog"));
    assert_false(are_missing(sandbox, "two", "sh"));
}

static void lost_flags_do(void **state)
{
    struct sandbox *sandbox = *state;
    build(sandbox, "one", "-O2");
    build(sandbox, "two", "-g");

    assert_false(is_same(sandbox, "./prog"));
}

static void a_program_that_was_not_built_is_another(void **state)
{
    struct sandbox *sandbox = *state;
    build(sandbox, "one", "-O2");
    sandbox_must(sandbox, "mkdir two");

    assert_false(is_same(sandbox, "./prog"));
}

static void shared_objects_count_too(void **state)
{
    struct sandbox *sandbox = *state;
    build(sandbox, "one", "-O2 -g");
    build(sandbox, "two", "-O2 -g");
    sandbox_must(sandbox, "echo 'int f(void) { return 1; }' >f.c && "
                          "cc -shared -fPIC -o one/libf.so f.c && "
                          "cc -shared -fPIC -O2 -g -o two/libf.so f.c");

    assert_true(are_missing(sandbox, "one", "./prog"));
    assert_false(is_same(sandbox, "./prog"));
}

static void what_is_no_program_has_no_lines(void **state)
{
    struct sandbox *sandbox = *state;
    sandbox_write(sandbox, "text", "text\n");
    sandbox_write(sandbox, "empty", "");

    assert_false(file_has_lines(sandbox_file(sandbox, "text")));
    assert_false(file_has_lines(sandbox_file(sandbox, "empty")));
    assert_false(file_has_lines(sandbox_file(sandbox, "none")));
    assert_false(files_run_alike(sandbox_file(sandbox, "text"),
                                 sandbox_file(sandbox, "text"), "/a", "/b"));
}

#define T(name) cmocka_unit_test_setup_teardown(name, sandbox_setup, sandbox_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(debug_information_does_not_make_another_program),
        T(lost_flags_do),
        T(a_program_that_was_not_built_is_another),
        T(shared_objects_count_too),
        T(what_is_no_program_has_no_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
