#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/build/inputs.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"

/* Compares a/ and b/ of the sandbox; what is said of a difference must hold this text. */
static void check_inputs(struct sandbox *sandbox, bool want, const char *said)
{
    AUTO_STR struct str why = STR_INIT;
    struct error err = { 0 };
    bool are_equal = !want;

    assert_int_equal(inputs_compare(sandbox_file(sandbox, "a"),
                                    sandbox_file(sandbox, "b"), &are_equal, &why, &err),
                     0);
    assert_int_equal(are_equal, want);
    if (want)
        assert_string_equal(why.data, "");
    else
        assert_contains(why.data, said);
}

static void make_both(struct sandbox *sandbox)
{
    sandbox_must(sandbox,
                 "for side in a b; do mkdir -p $side/deep; echo 1 >$side/x.json; "
                 "echo 2 >$side/deep/y; ln -s ../x.json $side/deep/link; done");
}

static void same_names_and_bytes_are_equal(void **state)
{
    make_both(*state);
    check_inputs(*state, true, "");
}

static void nothing_prepared_is_equal(void **state)
{
    sandbox_must(*state, "mkdir a b");
    check_inputs(*state, true, "");
}

static void other_bytes_are_named(void **state)
{
    make_both(*state);
    sandbox_must(*state, "echo 3 >b/deep/y");
    check_inputs(*state, false, "'deep/y' differs");
}

static void a_file_of_one_side_is_named(void **state)
{
    make_both(*state);
    sandbox_must(*state, "echo 3 >a/more");
    check_inputs(*state, false, "'more' is base's alone");
}

static void a_file_that_only_head_has_is_noticed(void **state)
{
    make_both(*state);
    sandbox_must(*state, "echo 3 >b/more");
    check_inputs(*state, false, "holds files that base did not prepare");
}

static void a_link_to_elsewhere_is_another_input(void **state)
{
    make_both(*state);
    sandbox_must(*state, "ln -sfn ../x b/deep/link");
    check_inputs(*state, false, "'deep/link' points elsewhere");
}

static void a_directory_is_no_file(void **state)
{
    make_both(*state);
    sandbox_must(*state, "rm b/x.json; mkdir b/x.json");
    check_inputs(*state, false, "'x.json' is base's alone");
}

static void a_missing_directory_is_an_error(void **state)
{
    struct sandbox *sandbox = *state;
    AUTO_STR struct str why = STR_INIT;
    struct error err = { 0 };
    bool are_equal = true;

    assert_int_equal(inputs_compare(sandbox_file(sandbox, "none"), sandbox->path,
                                    &are_equal, &why, &err),
                     -1);
    assert_contains(err.message, "cannot open the directory");
}

#define T(name) cmocka_unit_test_setup_teardown(name, sandbox_setup, sandbox_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(same_names_and_bytes_are_equal),
        T(nothing_prepared_is_equal),
        T(other_bytes_are_named),
        T(a_file_of_one_side_is_named),
        T(a_file_that_only_head_has_is_noticed),
        T(a_link_to_elsewhere_is_another_input),
        T(a_directory_is_no_file),
        T(a_missing_directory_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
