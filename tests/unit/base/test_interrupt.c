#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gate/base/error.h"
#include "gate/base/interrupt.h"
#include "tests/support/check.h"

/* Each test runs in a child: handlers and the flag are the process's. */
static int in_child(void (*body)(void))
{
    pid_t child = fork();
    if (child == 0) {
        body();
        _exit(99);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void signal_then_check(void)
{
    struct error err = { 0 };

    interrupt_install();
    if (interrupt_check(&err) != 0)
        _exit(1);
    raise(SIGTERM);
    if (interrupt_signal() != SIGTERM || interrupt_check(&err) != -1)
        _exit(2);
    _exit(err.code == ERROR_INTERRUPTED ? 0 : 3);
}

static void signal_twice(void)
{
    interrupt_install();
    raise(SIGINT);
    raise(SIGINT);
}

static void a_signal_becomes_an_error_at_the_next_check(void **state)
{
    (void)state;
    assert_int_equal(in_child(signal_then_check), 0);
}

static void a_second_signal_ends_the_program(void **state)
{
    (void)state;
    assert_int_equal(in_child(signal_twice), 130);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_signal_becomes_an_error_at_the_next_check),
        cmocka_unit_test(a_second_signal_ends_the_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
