#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/log.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"

/* What the body prints on stderr; free() it. */
static char *printed_by(struct sandbox *sandbox, void (*body)(void))
{
    const char *path = sandbox_file(sandbox, "err");
    int kept = dup(2);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    dup2(fd, 2);
    body();
    dup2(kept, 2);
    close(fd);
    close(kept);
    log_set_level(LOG_NORMAL);
    return sandbox_read(sandbox, "err");
}

static void one_of_each(void)
{
    log_step("step %d", 1);
    log_detail("detail");
    log_warning("warning");
    log_error("error");
}

static void quietly(void)
{
    log_set_level(LOG_QUIET);
    one_of_each();
}

static void verbosely(void)
{
    log_set_level(LOG_VERBOSE);
    one_of_each();
}

static void hostile(void)
{
    log_step("::error::forged");
    log_error("tail:\n::set-output x\n\x1b[2J##[error]");
    log_step(" \t::error::behind blanks\n\xe3\x80\x80::error::behind a wide one");
    log_step("std::sort is no command");
}

static void normal_level_prints_steps_warnings_and_errors(void **state)
{
    AUTO_FREE char *text = printed_by(*state, one_of_each);

    assert_string_equal(text, "step 1\npawl: warning: warning\npawl: error\n");
}

static void quiet_level_prints_errors_alone(void **state)
{
    AUTO_FREE char *text = printed_by(*state, quietly);

    assert_string_equal(text, "pawl: error\n");
}

static void verbose_level_prints_details_too(void **state)
{
    AUTO_FREE char *text = printed_by(*state, verbosely);

    assert_contains(text, "detail\n");
}

static void printed_text_can_not_steer_a_terminal_or_ci(void **state)
{
    AUTO_FREE char *text = printed_by(*state, hostile);

    assert_lacks(text, "\x1b");
    assert_lacks(text, "::error");
    assert_lacks(text, "::set-output");
    assert_lacks(text, "##[");
    assert_contains(text, "std::sort is no command\n");
}

#define T(name) cmocka_unit_test_setup_teardown(name, sandbox_setup, sandbox_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(normal_level_prints_steps_warnings_and_errors),
        T(quiet_level_prints_errors_alone),
        T(verbose_level_prints_details_too),
        T(printed_text_can_not_steer_a_terminal_or_ci),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
