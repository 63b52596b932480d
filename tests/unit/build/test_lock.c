#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/interrupt.h"
#include "gate/base/log.h"
#include "gate/build/lock.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"

static void shared_locks_do_not_exclude_each_other(void **state)
{
    const char *path = sandbox_file(*state, "lock");
    AUTO_LOCK struct lock first = LOCK_INIT;
    AUTO_LOCK struct lock second = LOCK_INIT;

    assert_true(lock_try(&first, path, LOCK_SHARED));
    assert_true(lock_try(&second, path, LOCK_SHARED));
}

static void exclusive_lock_excludes_every_other(void **state)
{
    const char *path = sandbox_file(*state, "lock");
    AUTO_LOCK struct lock first = LOCK_INIT;
    AUTO_LOCK struct lock second = LOCK_INIT;

    assert_true(lock_try(&first, path, LOCK_EXCLUSIVE));
    assert_false(lock_try(&second, path, LOCK_EXCLUSIVE));
    assert_false(lock_try(&second, path, LOCK_SHARED));

    lock_drop(&first);
    assert_true(lock_try(&second, path, LOCK_EXCLUSIVE));
}

static void retired_lock_leaves_no_file(void **state)
{
    const char *path = sandbox_file(*state, "lock");
    struct lock lock = LOCK_INIT;

    assert_true(lock_try(&lock, path, LOCK_EXCLUSIVE));
    lock_retire(&lock);

    assert_false(file_exists(path));
    assert_int_equal(lock.fd, -1);
}

static void missing_directory_is_named(void **state)
{
    struct error err = { 0 };
    struct lock lock = LOCK_INIT;

    assert_int_equal(lock_take(&lock, sandbox_file(*state, "no/lock"), LOCK_SHARED,
                               "does nothing", &err),
                     -1);

    assert_contains(err.message, "cannot lock");
    assert_contains(err.message, "no/lock': No such file or directory");
}

/* In a process of its own, for an interrupt stays with a process. */
static int wait_in_vain(const char *path)
{
    struct error err = { 0 };
    struct lock lock = LOCK_INIT;
    log_set_level(LOG_QUIET);
    interrupt_install();
    raise(SIGTERM);
    return lock_take(&lock, path, LOCK_SHARED, "has it", &err) < 0 &&
                   err.code == ERROR_INTERRUPTED
               ? 0
               : 1;
}

static void interrupt_ends_the_wait(void **state)
{
    const char *path = sandbox_file(*state, "lock");
    AUTO_LOCK struct lock held = LOCK_INIT;
    int status = -1;
    assert_true(lock_try(&held, path, LOCK_EXCLUSIVE));

    pid_t child = fork();
    if (child == 0)
        _exit(wait_in_vain(path));
    waitpid(child, &status, 0);

    assert_int_equal(status, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(shared_locks_do_not_exclude_each_other,
                                        sandbox_setup, sandbox_teardown),
        cmocka_unit_test_setup_teardown(exclusive_lock_excludes_every_other,
                                        sandbox_setup, sandbox_teardown),
        cmocka_unit_test_setup_teardown(retired_lock_leaves_no_file, sandbox_setup,
                                        sandbox_teardown),
        cmocka_unit_test_setup_teardown(missing_directory_is_named, sandbox_setup,
                                        sandbox_teardown),
        cmocka_unit_test_setup_teardown(interrupt_ends_the_wait, sandbox_setup,
                                        sandbox_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
