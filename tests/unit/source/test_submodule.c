#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/file.h"
#include "gate/base/str.h"
#include "gate/source/revision.h"
#include "gate/source/snapshot.h"
#include "gate/source/worktree.h"
#include "tests/unit/source/fixture.h"

/* "project" has the submodule libs/engine (named engine), which has core in turn. */
static void make_project(struct sandbox *sandbox, char id[REPOSITORY_ID_SIZE])
{
    repository_make(sandbox, "core");
    repository_commit_file(sandbox, "core", "core.c", "core\n", NULL);
    repository_make(sandbox, "engine");
    repository_commit_file(sandbox, "engine", "engine.c", "engine\n", NULL);
    repository_git(sandbox, "engine", "tag engine-1");
    repository_git(sandbox, "engine", "submodule add -q \"$PWD\"/../core core");
    repository_commit_all(sandbox, "engine", "use core", NULL);
    repository_make(sandbox, "project");
    repository_git(sandbox, "project",
                   "submodule add -q --name engine \"$PWD\"/../engine libs/engine");
    repository_git(sandbox, "project", "submodule -q update --init --recursive");
    repository_commit_file(sandbox, "project", "main.c", "main\n", id);
}

static void check_refused(struct sandbox *sandbox,
                          const char *directory,
                          const char *commit,
                          const char *want)
{
    struct error err = { 0 };
    AUTO_SOURCE struct source *source = fixture_open(sandbox, directory);
    const char *out = sandbox_file(sandbox, "out");
    assert_int_equal(source_add_worktree(source, commit, out, &err), -1);
    assert_int_equal(err.code, ERROR_GIT);
    assert_contains(err.message, want);
    assert_false(file_exists(out));
    assert_int_equal(fixture_count_entries(sandbox), 0);
}

static void nested_submodules_are_filled_from_the_users_clones(void **state)
{
    struct sandbox *sandbox = *state;
    char id[REPOSITORY_ID_SIZE];
    make_project(sandbox, id);
    sandbox_must(sandbox, "rm -rf core engine project/libs");
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");

    fixture_check_out(sandbox, source, id, "out");

    fixture_assert_file(sandbox, "out/main.c", "main\n");
    fixture_assert_file(sandbox, "out/libs/engine/engine.c", "engine\n");
    fixture_assert_file(sandbox, "out/libs/engine/core/core.c", "core\n");
}

static void git_sees_the_submodules_as_clean_repositories(void **state)
{
    struct sandbox *sandbox = *state;
    char id[REPOSITORY_ID_SIZE];
    make_project(sandbox, id);
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");

    fixture_check_out(sandbox, source, id, "out");

    AUTO_FREE char *status = repository_ask(sandbox, "out", "status --porcelain");
    AUTO_FREE char *version =
        repository_ask(sandbox, "out/libs/engine", "describe --tags --dirty");
    assert_string_equal(status, "");
    assert_contains(version, "engine-1-1-g");
    assert_lacks(version, "dirty");
}

static void removal_forgets_the_submodules_as_well(void **state)
{
    struct sandbox *sandbox = *state;
    struct error err = { 0 };
    char id[REPOSITORY_ID_SIZE];
    make_project(sandbox, id);
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");
    fixture_check_out(sandbox, source, id, "out");
    assert_int_equal(fixture_count_entries(sandbox), 3);

    fixture_must(source_remove_worktree(source, sandbox_file(sandbox, "out"), &err),
                 &err);

    assert_int_equal(fixture_count_entries(sandbox), 0);
}

static void an_export_has_no_git_in_its_submodules(void **state)
{
    struct sandbox *sandbox = *state;
    struct error err = { 0 };
    char id[REPOSITORY_ID_SIZE];
    make_project(sandbox, id);
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");

    fixture_must(source_export(source, id, sandbox_file(sandbox, "out"), &err), &err);

    fixture_assert_file(sandbox, "out/libs/engine/core/core.c", "core\n");
    sandbox_must(sandbox, "test -z \"$(find out -name .git)\"");
    assert_int_equal(fixture_count_entries(sandbox), 0);
}

static void a_submodule_that_was_never_cloned_names_the_command(void **state)
{
    struct sandbox *sandbox = *state;
    char id[REPOSITORY_ID_SIZE];
    make_project(sandbox, id);
    repository_git(sandbox, ".", "clone -q project plain");
    repository_git(sandbox, ".", "clone -q --bare project plain.git");

    check_refused(
        sandbox, "plain", id,
        "submodule 'libs/engine' is not cloned: run git submodule update --init "
        "--recursive");
    check_refused(sandbox, "plain.git", id, "submodule 'libs/engine' is not cloned");
}

static void a_nested_one_that_was_never_cloned_is_named_with_its_parent(void **state)
{
    struct sandbox *sandbox = *state;
    char id[REPOSITORY_ID_SIZE];
    make_project(sandbox, id);
    repository_git(sandbox, ".", "clone -q project plain");
    repository_git(sandbox, "plain", "submodule -q update --init");

    check_refused(sandbox, "plain", id,
                  "submodule 'libs/engine': submodule 'core' is not cloned");
}

static void a_commit_that_the_clone_lacks_names_the_fetch(void **state)
{
    struct sandbox *sandbox = *state;
    char id[REPOSITORY_ID_SIZE];
    char newer[REPOSITORY_ID_SIZE];
    make_project(sandbox, id);
    repository_commit_file(sandbox, "engine", "engine.c", "newer\n", newer);
    repository_git(sandbox, "project", "update-index --cacheinfo 160000,%s,libs/engine",
                   newer);
    repository_git(sandbox, "project", "commit -q -m newer");
    repository_id(sandbox, "project", "HEAD", id);
    AUTO_FREE char *want = str_format("submodule 'libs/engine' is cloned, but without "
                                      "commit %.10s, which is wanted here: run git -C "
                                      "'libs/engine' fetch origin %s",
                                      newer, newer);

    check_refused(sandbox, "project", id, want);
}

static void the_old_place_of_a_clone_is_known(void **state)
{
    struct sandbox *sandbox = *state;
    char id[REPOSITORY_ID_SIZE];
    make_project(sandbox, id);
    sandbox_must(sandbox, "cd project && rm libs/engine/.git && "
                          "mv .git/modules/engine libs/engine/.git && "
                          "git -C libs/engine config --unset core.worktree 2>&1 || "
                          "git config -f libs/engine/.git/config --unset core.worktree");
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");

    fixture_check_out(sandbox, source, id, "out");

    fixture_assert_file(sandbox, "out/libs/engine/engine.c", "engine\n");
}

static void the_submodules_of_a_linked_worktree_are_found(void **state)
{
    struct sandbox *sandbox = *state;
    char id[REPOSITORY_ID_SIZE];
    make_project(sandbox, id);
    repository_git(sandbox, ".", "clone -q project plain");
    repository_git(sandbox, "plain", "worktree add -q ../linked");
    repository_git(sandbox, "linked", "submodule -q update --init --recursive");
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "linked");

    fixture_check_out(sandbox, source, id, "out");

    fixture_assert_file(sandbox, "out/libs/engine/core/core.c", "core\n");
}

static void one_that_is_switched_off_stays_empty(void **state)
{
    struct sandbox *sandbox = *state;
    char id[REPOSITORY_ID_SIZE];
    make_project(sandbox, id);
    repository_git(sandbox, ".", "clone -q project plain");
    repository_git(sandbox, "plain", "config submodule.engine.update none");
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "plain");

    fixture_check_out(sandbox, source, id, "out");

    sandbox_must(sandbox, "rmdir out/libs/engine");
}

static void a_link_that_gitmodules_does_not_name_stays_empty(void **state)
{
    struct sandbox *sandbox = *state;
    char id[REPOSITORY_ID_SIZE];
    make_project(sandbox, id);
    repository_git(sandbox, "project", "rm -q --cached .gitmodules");
    sandbox_must(sandbox, "rm project/.gitmodules");
    repository_git(sandbox, "project", "commit -q -m stray");
    repository_id(sandbox, "project", "HEAD", id);
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");

    fixture_check_out(sandbox, source, id, "out");

    sandbox_must(sandbox, "rmdir out/libs/engine");
}

/* The name says where the clone is sought: it must not lead to any repository of the
 * machine. */
static void a_name_that_leads_out_of_modules_is_not_followed(void **state)
{
    struct sandbox *sandbox = *state;
    char id[REPOSITORY_ID_SIZE];
    make_project(sandbox, id);
    repository_git(sandbox, ".", "clone -q project plain");
    repository_git(sandbox, "plain",
                   "config -f .gitmodules --rename-section submodule.engine "
                   "submodule.../../../engine/.git");
    repository_commit_all(sandbox, "plain", "evil", id);

    AUTO_SOURCE struct source *source = fixture_open(sandbox, "plain");
    struct error err = { 0 };
    int result = source_add_worktree(source, id, sandbox_file(sandbox, "out"), &err);

    assert_false(file_exists(sandbox_file(sandbox, "out/libs/engine/engine.c")));
    assert_true(result == 0 || err.code == ERROR_GIT);
}

static void a_snapshot_takes_the_changes_in_submodules(void **state)
{
    struct sandbox *sandbox = *state;
    struct error err = { 0 };
    struct revision snapshot = { 0 };
    bool is_dirty = false;
    char id[REPOSITORY_ID_SIZE];
    make_project(sandbox, id);
    sandbox_write(sandbox, "project/libs/engine/core/core.c", "changed\n");
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");

    fixture_must(source_snapshot(source, &snapshot, &is_dirty, &err), &err);
    fixture_check_out(sandbox, source, snapshot.commit, "out");

    assert_true(is_dirty);
    fixture_assert_file(sandbox, "out/libs/engine/core/core.c", "changed\n");
    fixture_assert_file(sandbox, "out/main.c", "main\n");
}

static void clean_submodules_make_no_snapshot(void **state)
{
    struct sandbox *sandbox = *state;
    struct error err = { 0 };
    struct revision snapshot = { 0 };
    bool is_dirty = true;
    char id[REPOSITORY_ID_SIZE];
    make_project(sandbox, id);
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");

    fixture_must(source_snapshot(source, &snapshot, &is_dirty, &err), &err);

    assert_false(is_dirty);
    assert_string_equal(snapshot.commit, id);
}

static int leave_workspace(void **state)
{
    unsetenv("GITHUB_ACTIONS");
    unsetenv("GITHUB_WORKSPACE");
    return sandbox_teardown(state);
}

/* Of which only a runner's is anybody's to change. */
static void a_runners_clone_gets_the_commit_that_it_lacks(void **state)
{
    struct sandbox *sandbox = *state;
    char id[REPOSITORY_ID_SIZE];
    char newer[REPOSITORY_ID_SIZE];
    make_project(sandbox, id);
    repository_commit_file(sandbox, "engine", "engine.c", "newer\n", newer);
    repository_git(sandbox, "project", "update-index --cacheinfo 160000,%s,libs/engine",
                   newer);
    repository_git(sandbox, "project", "commit -q -m newer");
    repository_id(sandbox, "project", "HEAD", id);
    setenv("GITHUB_ACTIONS", "true", 1);
    setenv("GITHUB_WORKSPACE", sandbox_file(sandbox, "project"), 1);
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");

    fixture_check_out(sandbox, source, id, "out");

    fixture_assert_file(sandbox, "out/libs/engine/engine.c", "newer\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(nested_submodules_are_filled_from_the_users_clones),
        T(git_sees_the_submodules_as_clean_repositories),
        T(removal_forgets_the_submodules_as_well),
        T(an_export_has_no_git_in_its_submodules),
        T(a_submodule_that_was_never_cloned_names_the_command),
        T(a_nested_one_that_was_never_cloned_is_named_with_its_parent),
        T(a_commit_that_the_clone_lacks_names_the_fetch),
        cmocka_unit_test_setup_teardown(a_runners_clone_gets_the_commit_that_it_lacks,
                                        repository_setup, leave_workspace),
        T(the_old_place_of_a_clone_is_known),
        T(the_submodules_of_a_linked_worktree_are_found),
        T(one_that_is_switched_off_stays_empty),
        T(a_link_that_gitmodules_does_not_name_stays_empty),
        T(a_name_that_leads_out_of_modules_is_not_followed),
        T(a_snapshot_takes_the_changes_in_submodules),
        T(clean_submodules_make_no_snapshot),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
