#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/source/tracked.h"
#include "tests/support/check.h"
#include "tests/support/repository.h"

static void assert_tracked(struct sandbox *sandbox, const char *want)
{
    struct error err = { 0 };
    AUTO_STRVEC struct strvec names = { 0 };
    if (source_list_tracked(sandbox_file(sandbox, "project"), &names, &err) < 0)
        fail_msg("%s", err.message);
    AUTO_FREE char *got = strvec_join(&names, " ");
    assert_string_equal(names.count ? got : "", want);
}

static void files_of_the_index_are_listed_and_no_others(void **state)
{
    struct sandbox *sandbox = *state;

    repository_make(sandbox, "project");
    sandbox_write(sandbox, "project/b", "");
    sandbox_write(sandbox, "project/a/z", "");
    sandbox_write(sandbox, "project/.gitignore", "out\n");
    sandbox_write(sandbox, "project/out/x", "");
    sandbox_must(sandbox, "ln -s /etc/passwd project/link");
    assert_tracked(sandbox, "");
    repository_git(sandbox, "project", "add -A");
    sandbox_write(sandbox, "project/later", "");
    assert_tracked(sandbox, ".gitignore a/z b");
}

static void a_file_in_conflict_is_listed_once(void **state)
{
    struct sandbox *sandbox = *state;

    repository_make(sandbox, "project");
    repository_commit_file(sandbox, "project", "f", "0\n", NULL);
    repository_git(sandbox, "project", "checkout -q -b side");
    repository_commit_file(sandbox, "project", "f", "1\n", NULL);
    repository_git(sandbox, "project", "checkout -q main");
    repository_commit_file(sandbox, "project", "f", "2\n", NULL);
    struct outcome merge = sandbox_run(sandbox, "git -C project merge side");
    assert_int_not_equal(merge.exit_code, 0);
    assert_tracked(sandbox, "f");
    outcome_clear(&merge);
}

static void an_index_that_is_none_is_an_error(void **state)
{
    struct sandbox *sandbox = *state;
    struct error err = { 0 };
    AUTO_STRVEC struct strvec names = { 0 };

    repository_make(sandbox, "project");
    sandbox_write(sandbox, "project/.git/index", "no index");
    assert_int_equal(source_list_tracked(sandbox_file(sandbox, "project"), &names, &err),
                     -1);
    assert_int_equal(err.code, ERROR_GIT);
    assert_contains(err.message, "cannot read the index of '");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(files_of_the_index_are_listed_and_no_others,
                                        repository_setup, sandbox_teardown),
        cmocka_unit_test_setup_teardown(a_file_in_conflict_is_listed_once,
                                        repository_setup, sandbox_teardown),
        cmocka_unit_test_setup_teardown(an_index_that_is_none_is_an_error,
                                        repository_setup, sandbox_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
