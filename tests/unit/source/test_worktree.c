#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/file.h"
#include "gate/source/revision.h"
#include "gate/source/worktree.h"
#include "tests/unit/source/fixture.h"

static void make_project(struct sandbox *sandbox, char id[REPOSITORY_ID_SIZE])
{
    repository_make(sandbox, "project");
    sandbox_write(sandbox, "project/src/main.c", "int main(void);\n");
    sandbox_write(sandbox, "project/run.sh", "#!/bin/sh\n");
    sandbox_must(sandbox, "chmod +x project/run.sh; ln -s src/main.c project/link");
    repository_commit_all(sandbox, "project", "first", id);
    repository_git(sandbox, "project", "tag -a v2.1 -m v2.1");
}

static void check_ask(struct sandbox *sandbox, const char *question, const char *want)
{
    AUTO_FREE char *answer = repository_ask(sandbox, "out", "%s", question);
    assert_string_equal(answer, want);
}

static void a_worktree_holds_the_commits_files(void **state)
{
    struct sandbox *sandbox = *state;
    char id[REPOSITORY_ID_SIZE];
    make_project(sandbox, id);
    repository_commit_file(sandbox, "project", "src/main.c", "later\n", NULL);
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");

    fixture_check_out(sandbox, source, id, "out");

    fixture_assert_file(sandbox, "out/src/main.c", "int main(void);\n");
    sandbox_must(sandbox, "test -x out/run.sh && test ! -x out/src/main.c && "
                          "test \"$(readlink out/link)\" = src/main.c");
}

static void git_commands_of_a_build_work_in_it(void **state)
{
    struct sandbox *sandbox = *state;
    char id[REPOSITORY_ID_SIZE];
    make_project(sandbox, id);
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");

    fixture_check_out(sandbox, source, id, "out");

    check_ask(sandbox, "rev-parse HEAD", id);
    check_ask(sandbox, "describe --dirty", "v2.1");
    check_ask(sandbox, "status --porcelain", "");
    check_ask(sandbox, "log --format=%s", "first");
    check_ask(sandbox, "ls-files", "link\nrun.sh\nsrc/main.c");
}

static void git_commands_work_in_the_worktree_of_a_shallow_clone(void **state)
{
    struct sandbox *sandbox = *state;
    char id[REPOSITORY_ID_SIZE];
    make_project(sandbox, id);
    repository_commit_file(sandbox, "project", "a", "1\n", id);
    repository_git(sandbox, ".", "clone -q --depth 1 file://\"$PWD\"/project shallow");
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "shallow");

    fixture_check_out(sandbox, source, id, "out");

    check_ask(sandbox, "log --format=%s", "set a");
}

/* "-first" sorts before ".gitattributes", ".zone" and "text" after. */
static void gitattributes_hold_for_every_file_whatever_its_name(void **state)
{
    struct sandbox *sandbox = *state;
    char id[REPOSITORY_ID_SIZE];
    repository_make(sandbox, "project");
    sandbox_write(sandbox, "project/.gitattributes", "* text eol=crlf\n*.bin -text\n");
    sandbox_write(sandbox, "project/-first", "1\n");
    sandbox_write(sandbox, "project/text", "2\n");
    sandbox_write(sandbox, "project/x.bin", "3\n");
    repository_commit_all(sandbox, "project", "first", id);
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");

    fixture_check_out(sandbox, source, id, "out");

    fixture_assert_file(sandbox, "out/-first", "1\r\n");
    fixture_assert_file(sandbox, "out/text", "2\r\n");
    fixture_assert_file(sandbox, "out/x.bin", "3\n");
    check_ask(sandbox, "status --porcelain", "");
}

static void the_users_config_has_no_say_in_the_files(void **state)
{
    struct sandbox *sandbox = *state;
    char id[REPOSITORY_ID_SIZE];
    sandbox_write(sandbox, ".gitconfig",
                  "[core]\n\tautocrlf = true\n[filter \"shout\"]\n\tsmudge = tr a-z A-Z\n"
                  "\tclean = cat\n\trequired = true\n");
    repository_make(sandbox, "project");
    sandbox_write(sandbox, "project/.gitattributes", "a filter=shout\n");
    repository_commit_file(sandbox, "project", "a", "quiet\n", id);
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");

    fixture_check_out(sandbox, source, id, "out");

    fixture_assert_file(sandbox, "out/a", "quiet\n");
}

static void removal_leaves_nothing(void **state)
{
    struct sandbox *sandbox = *state;
    struct error err = { 0 };
    char id[REPOSITORY_ID_SIZE];
    make_project(sandbox, id);
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");
    fixture_check_out(sandbox, source, id, "one");
    fixture_check_out(sandbox, source, id, "two");
    assert_int_equal(fixture_count_entries(sandbox), 2);

    fixture_must(source_remove_worktree(source, sandbox_file(sandbox, "one"), &err),
                 &err);

    assert_false(file_exists(sandbox_file(sandbox, "one")));
    assert_int_equal(fixture_count_entries(sandbox), 1);
    repository_git(sandbox, "two", "status");
    fixture_must(source_remove_worktree(source, sandbox_file(sandbox, "one"), &err),
                 &err);
}

static void the_users_repository_and_the_cache_are_never_removed(void **state)
{
    struct sandbox *sandbox = *state;
    const char *const names[] = { "project", "project/.git", "cache", "." };
    char id[REPOSITORY_ID_SIZE];
    make_project(sandbox, id);
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct error err = { 0 };
        const char *path = sandbox_file(sandbox, names[i]);
        assert_int_equal(source_remove_worktree(source, path, &err), -1);
        assert_contains(err.message, "holds a repository and is no worktree");
    }
    sandbox_must(sandbox, "test -e project/run.sh && test -e project/.git/HEAD");
}

static void a_sweep_forgets_what_is_gone_and_keeps_what_is_there(void **state)
{
    struct sandbox *sandbox = *state;
    struct error err = { 0 };
    char id[REPOSITORY_ID_SIZE];
    make_project(sandbox, id);
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");
    fixture_check_out(sandbox, source, id, "gone");
    fixture_check_out(sandbox, source, id, "again");
    fixture_check_out(sandbox, source, id, "kept");
    sandbox_must(sandbox, "rm -rf gone again");
    fixture_check_out(sandbox, source, id, "again");
    assert_int_equal(fixture_count_entries(sandbox), 4);

    fixture_must(source_sweep(sandbox_file(sandbox, "cache"), &err), &err);

    assert_int_equal(fixture_count_entries(sandbox), 2);
    repository_git(sandbox, "kept", "status");
    repository_git(sandbox, "again", "status");
}

static void a_directory_in_use_is_refused_and_left_alone(void **state)
{
    struct sandbox *sandbox = *state;
    struct error err = { 0 };
    char id[REPOSITORY_ID_SIZE];
    make_project(sandbox, id);
    sandbox_write(sandbox, "out/precious", "data\n");
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");

    int result = source_add_worktree(source, id, sandbox_file(sandbox, "out"), &err);

    assert_int_equal(result, -1);
    assert_contains(err.message, "out': it is not an empty directory");
    fixture_assert_file(sandbox, "out/precious", "data\n");
    assert_int_equal(fixture_count_entries(sandbox), 0);
}

static void relative_paths_and_unknown_commits_are_refused(void **state)
{
    struct sandbox *sandbox = *state;
    struct error err = { 0 };
    char id[REPOSITORY_ID_SIZE];
    make_project(sandbox, id);
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");
    const char *out = sandbox_file(sandbox, "out");

    assert_int_equal(source_add_worktree(source, id, "out", &err), -1);
    assert_string_equal(err.message, "a worktree's path must be absolute, not 'out'");
    error_clear(&err);
    assert_int_equal(source_add_worktree(source, "main", out, &err), -1);
    assert_string_equal(err.message, "'main' is not a full commit id");
    error_clear(&err);
    memset(id, 'a', sizeof id - 1);
    assert_int_equal(source_add_worktree(source, id, out, &err), -1);
    assert_contains(err.message, "cannot read commit aaaaaaaaaa");
    assert_false(file_exists(out));
}

static void a_partial_clone_without_the_files_is_explained(void **state)
{
    struct sandbox *sandbox = *state;
    struct error err = { 0 };
    char id[REPOSITORY_ID_SIZE];
    make_project(sandbox, id);
    repository_git(sandbox, "project", "config uploadpack.allowFilter true");
    repository_git(
        sandbox, ".",
        "clone -q --no-checkout --filter=blob:none file://\"$PWD\"/project part");
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "part");
    const char *out = sandbox_file(sandbox, "out");

    assert_int_equal(source_add_worktree(source, id, out, &err), -1);

    assert_contains(err.message, "cannot check out commit ");
    assert_contains(err.message, "this is a partial clone that left objects out: run git "
                                 "fetch --refetch --no-filter");
    assert_false(file_exists(out));
    assert_int_equal(fixture_count_entries(sandbox), 0);
}

static void an_export_is_the_files_and_nothing_of_git(void **state)
{
    struct sandbox *sandbox = *state;
    struct error err = { 0 };
    struct revision head = { 0 };
    char id[REPOSITORY_ID_SIZE];
    make_project(sandbox, id);
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");
    fixture_must(source_resolve(source, id, &head, &err), &err);

    fixture_must(source_export(source, head.commit, sandbox_file(sandbox, "a"), &err),
                 &err);
    fixture_must(source_export(source, head.tree, sandbox_file(sandbox, "b"), &err),
                 &err);

    sandbox_must(sandbox, "mkdir want && git -C project archive HEAD | tar x -C want && "
                          "diff -r want a && diff -r want b");
    assert_int_equal(fixture_count_entries(sandbox), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_worktree_holds_the_commits_files),
        T(git_commands_of_a_build_work_in_it),
        T(git_commands_work_in_the_worktree_of_a_shallow_clone),
        T(gitattributes_hold_for_every_file_whatever_its_name),
        T(the_users_config_has_no_say_in_the_files),
        T(removal_leaves_nothing),
        T(the_users_repository_and_the_cache_are_never_removed),
        T(a_sweep_forgets_what_is_gone_and_keeps_what_is_there),
        T(a_directory_in_use_is_refused_and_left_alone),
        T(relative_paths_and_unknown_commits_are_refused),
        T(a_partial_clone_without_the_files_is_explained),
        T(an_export_is_the_files_and_nothing_of_git),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
