#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/str.h"
#include "gate/build/scratch.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"

static void open_scratch(struct sandbox *sandbox, struct scratch *scratch)
{
    struct error err = { 0 };
    if (scratch_open(scratch, sandbox_file(sandbox, "cache"), &err) < 0)
        fail_msg("%s", err.message);
}

static void sides_are_empty_directories_of_equal_length(void **state)
{
    AUTO_SCRATCH struct scratch scratch = SCRATCH_INIT;
    open_scratch(*state, &scratch);

    assert_true(file_is_directory(scratch.base));
    assert_true(file_is_directory(scratch.head));
    assert_int_equal(strlen(scratch.base), strlen(scratch.head));
    assert_string_not_equal(scratch.base, scratch.head);
    assert_true(str_starts_with(scratch.base, scratch.directory));
}

static void nothing_is_left_after_closing(void **state)
{
    struct scratch scratch = SCRATCH_INIT;
    open_scratch(*state, &scratch);
    sandbox_must(*state, "echo x >%s/file && mkdir %s/d && chmod 0 %s/d", scratch.base,
                 scratch.head, scratch.head);

    scratch_close(&scratch);

    sandbox_must(*state, "test -z \"$(ls cache/sessions)\"");
    assert_null(scratch.directory);
}

static void living_sessions_stay_apart(void **state)
{
    AUTO_SCRATCH struct scratch first = SCRATCH_INIT;
    AUTO_SCRATCH struct scratch second = SCRATCH_INIT;
    open_scratch(*state, &first);
    open_scratch(*state, &second);

    assert_string_not_equal(first.directory, second.directory);
    assert_true(file_is_directory(first.base));
}

static void killed_sessions_are_swept(void **state)
{
    AUTO_SCRATCH struct scratch scratch = SCRATCH_INIT;
    int status = -1;
    pid_t child = fork();
    if (child == 0) {
        struct scratch left = SCRATCH_INIT;
        open_scratch(*state, &left);
        _exit(0);
    }
    waitpid(child, &status, 0);
    sandbox_must(*state, "test $(ls cache/sessions | wc -l) = 2");
    sandbox_must(*state, "touch cache/sessions/alone.lock");

    open_scratch(*state, &scratch);

    sandbox_must(*state, "test $(ls cache/sessions | wc -l) = 2");
    assert_true(file_is_directory(scratch.base));
}

static void cache_that_can_not_be_made_is_told(void **state)
{
    struct scratch scratch = SCRATCH_INIT;
    struct error err = { 0 };
    sandbox_write(*state, "cache", "a file");

    assert_int_equal(scratch_open(&scratch, sandbox_file(*state, "cache"), &err), -1);

    assert_int_equal(err.code, ERROR_SYSTEM);
    assert_contains(err.message, "cannot make the directory");
    assert_null(scratch.directory);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, sandbox_setup, sandbox_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(sides_are_empty_directories_of_equal_length),
        TEST(nothing_is_left_after_closing),
        TEST(living_sessions_stay_apart),
        TEST(killed_sessions_are_swept),
        TEST(cache_that_can_not_be_made_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
