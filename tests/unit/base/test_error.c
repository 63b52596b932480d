#include <errno.h>
#include <string.h>

#include "gate/base/error.h"
#include "tests/support/check.h"

static void first_cause_is_kept(void **state)
{
    struct error err = { 0 };

    (void)state;
    assert_int_equal(error_set(&err, ERROR_CONFIG, "bad '%s'", "key"), -1);
    error_set(&err, ERROR_SYSTEM, "something else");

    assert_int_equal(err.code, ERROR_CONFIG);
    assert_string_equal(err.message, "bad 'key'");
}

static void nobody_needs_to_listen(void **state)
{
    (void)state;

    assert_int_equal(error_set(NULL, ERROR_USAGE, "unheard"), -1);
    assert_int_equal(error_prefix(NULL, "unheard"), -1);
}

static void text_of_errno_ends_the_message(void **state)
{
    struct error err = { 0 };

    (void)state;
    errno = ENOENT;
    error_errno(&err, "cannot open '%s'", "x");

    assert_int_equal(err.code, ERROR_SYSTEM);
    assert_string_equal(err.message, "cannot open 'x': No such file or directory");
}

static void prefix_goes_in_front(void **state)
{
    struct error err = { 0 };

    (void)state;
    error_set(&err, ERROR_BUILD, "'make' exited with 2");
    error_prefix(&err, "building %s: ", "head");

    assert_string_equal(err.message, "building head: 'make' exited with 2");
    assert_int_equal(err.code, ERROR_BUILD);
}

static void overlong_messages_are_cut_not_overrun(void **state)
{
    struct error err = { 0 };
    char text[4096];

    (void)state;
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    error_set(&err, ERROR_GIT, "%s", text);
    error_prefix(&err, "%s", "front: ");

    assert_int_equal(strlen(err.message), sizeof err.message - 1);
    assert_memory_equal(err.message, "front: x", 8);
}

static void cleared_error_takes_a_new_cause(void **state)
{
    struct error err = { 0 };

    (void)state;
    error_set(&err, ERROR_GIT, "old");
    error_clear(&err);
    error_set(&err, ERROR_USAGE, "new");

    assert_string_equal(err.message, "new");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_cause_is_kept),
        cmocka_unit_test(nobody_needs_to_listen),
        cmocka_unit_test(text_of_errno_ends_the_message),
        cmocka_unit_test(prefix_goes_in_front),
        cmocka_unit_test(overlong_messages_are_cut_not_overrun),
        cmocka_unit_test(cleared_error_takes_a_new_cause),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
