/* What a child finds as its input, and where its output goes. */
#include <sys/stat.h>

#include "gate/base/alloc.h"
#include "runners/process.h"
#include "tests/support/check.h"
#include "tests/unit/runners/running.h"

static void stdin_is_empty_by_default(void **state)
{
    run_script(*state, "readlink /proc/self/fd/0 && cat && echo end");

    assert_out(*state, "/dev/null\nend\n");
}

static void stdin_is_read_from_its_file(void **state)
{
    struct running *running = *state;
    sandbox_write(running->sandbox, "in", "text\n");
    running->spec.stdin_path = sandbox_file(running->sandbox, "in");

    run_script(running, "cat");

    assert_out(running, "text\n");
}

/* A pipe nobody writes to is empty, and does not hold anybody up. */
static void stdin_from_a_pipe_without_writer_is_empty(void **state)
{
    struct running *running = *state;
    running->spec.stdin_path = sandbox_file(running->sandbox, "pipe");
    assert_int_equal(mkfifo(running->spec.stdin_path, 0600), 0);

    run_script(running, "cat && echo end");

    assert_out(running, "end\n");
}

static void output_is_appended(void **state)
{
    run_script(*state, "echo one");
    run_script(*state, "echo two");

    assert_out(*state, "one\ntwo\n");
}

static void output_without_a_file_is_dropped(void **state)
{
    struct running *running = *state;
    running->spec.stdout_path = NULL;

    run_script(running, "exec 3>&1; readlink /proc/self/fd/3 >there");

    AUTO_FREE char *there = sandbox_read(running->sandbox, "there");
    assert_string_equal(there, "/dev/null\n");
}

static void output_and_errors_can_share_a_file(void **state)
{
    struct running *running = *state;
    running->spec.stderr_path = running->spec.stdout_path;

    run_script(running, "echo one; echo two >&2; echo three");

    assert_out(running, "one\ntwo\nthree\n");
}

static void errors_go_to_their_own_file(void **state)
{
    struct running *running = *state;
    running->spec.stderr_path = sandbox_file(running->sandbox, "errors");

    run_script(running, "echo one; echo two >&2");

    AUTO_FREE char *errors = sandbox_read(running->sandbox, "errors");
    assert_out(running, "one\n");
    assert_string_equal(errors, "two\n");
}

/* 3 is ls's own, for the directory. */
static void only_three_files_are_open(void **state)
{
    struct running *running = *state;
    static const char *const words[] = { "ls", "/proc/self/fd", NULL };

    run_words(running, words);

    assert_out(running, "0\n1\n2\n3\n");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, running_setup, running_teardown)
    const struct CMUnitTest tests[] = {
        TEST(stdin_is_empty_by_default),
        TEST(stdin_is_read_from_its_file),
        TEST(stdin_from_a_pipe_without_writer_is_empty),
        TEST(output_is_appended),
        TEST(output_without_a_file_is_dropped),
        TEST(output_and_errors_can_share_a_file),
        TEST(errors_go_to_their_own_file),
        TEST(only_three_files_are_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
