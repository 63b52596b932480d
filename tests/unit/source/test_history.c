#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/source/history.h"
#include "gate/source/top.h"
#include "tests/unit/source/fixture.h"

static void commits_that_a_branch_or_tag_leads_to_are_there(void **state)
{
    struct sandbox *sandbox = *state;
    char first[REPOSITORY_ID_SIZE];
    char tagged[REPOSITORY_ID_SIZE];
    char dropped[REPOSITORY_ID_SIZE];
    bool is_there[5] = { false };
    struct error err = { 0 };
    repository_make(sandbox, "project");
    repository_commit_file(sandbox, "project", "a", "1\n", first);
    repository_commit_file(sandbox, "project", "a", "2\n", tagged);
    repository_git(sandbox, "project", "tag v1");
    repository_git(sandbox, "project", "reset -q --hard HEAD~1");
    repository_commit_file(sandbox, "project", "a", "3\n", dropped);
    repository_git(sandbox, "project", "reset -q --hard HEAD~1");
    const char *const commits[] = { tagged, dropped, first,
                                    "1234567890123456789012345678901234567890", first };

    fixture_must(
        history_find(sandbox_file(sandbox, "project"), commits, 5, is_there, &err), &err);

    assert_true(is_there[0] && is_there[2] && is_there[4]);
    assert_false(is_there[1] || is_there[3]);
}

static void a_shallow_clone_does_not_know(void **state)
{
    struct sandbox *sandbox = *state;
    char head[REPOSITORY_ID_SIZE];
    const char *const commits[] = { head };
    bool is_there = false;
    struct error err = { 0 };
    repository_make(sandbox, "project");
    repository_commit_file(sandbox, "project", "a", "1\n", NULL);
    repository_commit_file(sandbox, "project", "a", "2\n", head);
    repository_git(sandbox, "project", "clone -q --depth 1 file://$PWD ../shallow");

    assert_int_equal(
        history_find(sandbox_file(sandbox, "shallow"), commits, 1, &is_there, &err), -1);

    assert_contains(err.message, "this clone is shallow and does not know");
}

static void the_top_is_where_the_work_tree_begins(void **state)
{
    struct sandbox *sandbox = *state;
    AUTO_FREE char *top = NULL;
    char *none = NULL;
    struct error err = { 0 };
    repository_make(sandbox, "project");
    sandbox_must(sandbox, "mkdir project/deep && git init -q --bare bare.git");

    fixture_must(source_find_top(sandbox_file(sandbox, "project/deep"), &top, &err),
                 &err);
    assert_string_equal(top, sandbox_file(sandbox, "project"));
    fixture_must(source_find_top(sandbox_file(sandbox, "bare.git"), &none, &err), &err);
    assert_null(none);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(commits_that_a_branch_or_tag_leads_to_are_there),
        T(a_shallow_clone_does_not_know),
        T(the_top_is_where_the_work_tree_begins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
