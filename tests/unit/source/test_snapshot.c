#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/source/snapshot.h"
#include "gate/source/worktree.h"
#include "tests/unit/source/fixture.h"

/* id may be NULL. */
static void make_project(struct sandbox *sandbox, char *id)
{
    repository_make(sandbox, "project");
    sandbox_write(sandbox, "project/.gitignore", "*.o\nbuild/\n");
    sandbox_write(sandbox, "project/edit", "before\n");
    sandbox_write(sandbox, "project/gone", "gone\n");
    sandbox_write(sandbox, "project/kind", "a file\n");
    sandbox_write(sandbox, "project/mode", "#!/bin/sh\n");
    repository_commit_all(sandbox, "project", "first", id);
}

static void take(struct source *source, struct revision *snapshot, bool *is_dirty)
{
    struct error err = { 0 };
    fixture_must(source_snapshot(source, snapshot, is_dirty, &err), &err);
}

/* Takes a snapshot of the project, and fails unless it is the commit id itself. */
static void check_clean(struct sandbox *sandbox, const char *id)
{
    struct revision snapshot = { 0 };
    bool is_dirty = true;
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");

    take(source, &snapshot, &is_dirty);

    assert_false(is_dirty);
    assert_string_equal(snapshot.commit, id);
}

/* Changes a new project by a shell's commands, takes a snapshot, and fails unless its
 * tree is the one that git add -A gives. */
static void check_like_git_add(struct sandbox *sandbox, const char *commands)
{
    struct revision snapshot = { 0 };
    bool is_dirty = false;
    make_project(sandbox, NULL);
    sandbox_must(sandbox, "cd project && %s", commands);
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");

    take(source, &snapshot, &is_dirty);

    sandbox_must(sandbox, "cp -a project reference");
    repository_git(sandbox, "reference", "add -A");
    AUTO_FREE char *want = repository_ask(sandbox, "reference", "write-tree");
    assert_true(is_dirty);
    assert_string_equal(snapshot.tree, want);
}

static void a_clean_work_tree_is_head(void **state)
{
    struct sandbox *sandbox = *state;
    char id[REPOSITORY_ID_SIZE];
    make_project(sandbox, id);
    sandbox_must(sandbox, "touch project/edit; mkdir project/build; "
                          "echo >project/build/x; echo >project/x.o");

    check_clean(sandbox, id);
}

static void every_kind_of_change_is_taken(void **state)
{
    check_like_git_add(*state,
                       "echo after >edit && rm gone && "
                       "ln -sf edit kind && chmod +x mode && mkdir -p new/deep build && "
                       "echo new >new/deep/file && echo >x.o && echo >build/x && "
                       "ln -s /nowhere dangling && printf '\\001\\000' >binary");
}

static void staged_changes_are_taken_as_the_work_tree_has_them(void **state)
{
    check_like_git_add(*state,
                       "echo staged >edit && git add edit && echo after >edit && "
                       "git rm -q --cached gone && echo forced >f.o && git add -f f.o && "
                       "echo meant >meant && git add -N meant && touch empty && "
                       "git add -N empty && git mv kind moved");
}

static void a_file_may_become_a_directory_and_back(void **state)
{
    check_like_git_add(*state, "mkdir dir && echo 1 >dir/inside && git add dir && "
                               "git -c user.name=a -c user.email=a@b commit -qm dir && "
                               "rm edit && mkdir edit && echo 1 >edit/x && "
                               "rm -r dir && echo 1 >dir");
}

static void line_endings_are_stored_as_git_stores_them(void **state)
{
    check_like_git_add(*state,
                       "echo '*.txt text' >.gitattributes && "
                       "printf 'a\\r\\nb\\r\\n' >a.txt && printf 'a\\r\\n' >a.raw");
}

static void the_mode_bit_is_left_out_where_the_config_says_so(void **state)
{
    check_like_git_add(*state, "git config core.fileMode false && chmod +x edit && "
                               "echo after >>edit");
}

static void the_users_own_ignore_files_count(void **state)
{
    struct sandbox *sandbox = *state;
    char id[REPOSITORY_ID_SIZE];
    make_project(sandbox, id);
    sandbox_write(sandbox, ".gitconfig", "[core]\n\texcludesFile = ~/ignore\n");
    sandbox_write(sandbox, "ignore", "*.swp\n");
    sandbox_must(sandbox, "echo secret >>project/.git/info/exclude; "
                          "touch project/secret project/.x.swp");

    check_clean(sandbox, id);
}

static void what_a_sparse_checkout_leaves_out_is_not_deleted(void **state)
{
    struct sandbox *sandbox = *state;
    char id[REPOSITORY_ID_SIZE];
    make_project(sandbox, id);
    repository_commit_file(sandbox, "project", "big/data", "1\n", id);
    repository_git(sandbox, "project", "sparse-checkout set --no-sparse-index other");
    sandbox_must(sandbox, "test ! -e project/big");

    check_clean(sandbox, id);
}

static void a_cache_in_the_work_tree_and_nested_repositories_are_left_out(void **state)
{
    struct sandbox *sandbox = *state;
    struct revision snapshot = { 0 };
    struct error err = { 0 };
    bool is_dirty = true;
    char id[REPOSITORY_ID_SIZE];
    make_project(sandbox, id);
    repository_make(sandbox, "project/nested");
    repository_commit_file(sandbox, "project/nested", "a", "1\n", NULL);
    const char *cache = sandbox_file(sandbox, "project/.pawl-cache");
    AUTO_SOURCE struct source *source =
        source_open(sandbox_file(sandbox, "project"), cache, &err);
    assert_non_null(source);
    fixture_check_out(sandbox, source, id, "project/.pawl-cache/out");

    take(source, &snapshot, &is_dirty);

    assert_false(is_dirty);
}

static void the_commit_stands_on_head_and_the_same_files_give_the_same_id(void **state)
{
    struct sandbox *sandbox = *state;
    struct revision first = { 0 };
    struct revision again = { 0 };
    struct revision parent = { 0 };
    struct error err = { 0 };
    bool is_dirty = false;
    char id[REPOSITORY_ID_SIZE];
    make_project(sandbox, id);
    sandbox_write(sandbox, "project/edit", "after\n");
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");

    take(source, &first, &is_dirty);
    take(source, &again, &is_dirty);
    fixture_must(source_parent(source, &first, &parent, &err), &err);

    assert_string_equal(parent.commit, id);
    assert_string_equal(first.commit, again.commit);
    assert_contains(first.subject, "uncommitted changes on top of ");
    assert_int_equal(first.author_time_s, 1700000000);
}

static void a_snapshot_checks_out_and_resolves_like_any_commit(void **state)
{
    struct sandbox *sandbox = *state;
    struct revision snapshot = { 0 };
    struct revision found = { 0 };
    struct error err = { 0 };
    bool is_dirty = false;
    make_project(sandbox, NULL);
    sandbox_write(sandbox, "project/edit", "after\n");
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");
    take(source, &snapshot, &is_dirty);

    fixture_check_out(sandbox, source, snapshot.commit, "out");
    fixture_must(source_resolve(source, snapshot.commit, &found, &err), &err);

    fixture_assert_file(sandbox, "out/edit", "after\n");
    assert_string_equal(found.tree, snapshot.tree);
    AUTO_FREE char *status = repository_ask(sandbox, "out", "status --porcelain");
    assert_string_equal(status, "");
}

static void
check_refused(struct sandbox *sandbox, const char *directory, const char *want)
{
    struct revision snapshot = { 0 };
    struct error err = { 0 };
    bool is_dirty = false;
    AUTO_SOURCE struct source *source = fixture_open(sandbox, directory);
    assert_int_equal(source_snapshot(source, &snapshot, &is_dirty, &err), -1);
    assert_int_equal(err.code, ERROR_GIT);
    assert_contains(err.message, want);
}

static void an_unfinished_merge_is_refused(void **state)
{
    struct sandbox *sandbox = *state;
    make_project(sandbox, NULL);
    repository_git(sandbox, "project", "checkout -q -b topic");
    repository_commit_file(sandbox, "project", "edit", "topic\n", NULL);
    repository_git(sandbox, "project", "checkout -q main");
    repository_commit_file(sandbox, "project", "edit", "main\n", NULL);
    repository_git(sandbox, "project", "merge -q topic >/dev/null || true");

    check_refused(sandbox, "project", "'edit' has an unfinished merge: resolve it");
}

static void there_is_none_of_a_bare_or_an_empty_repository(void **state)
{
    struct sandbox *sandbox = *state;
    make_project(sandbox, NULL);
    repository_git(sandbox, ".", "clone -q --bare project bare.git");
    repository_make(sandbox, "empty");

    check_refused(sandbox, "bare.git", "is a bare repository without a work tree");
    check_refused(sandbox, "empty", "'HEAD' has no commit yet");
}

static void a_split_index_names_the_command_that_joins_it(void **state)
{
    struct sandbox *sandbox = *state;
    make_project(sandbox, NULL);
    repository_git(sandbox, "project", "update-index --split-index");

    check_refused(sandbox, "project", "run git update-index --no-split-index");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_clean_work_tree_is_head),
        T(every_kind_of_change_is_taken),
        T(staged_changes_are_taken_as_the_work_tree_has_them),
        T(a_file_may_become_a_directory_and_back),
        T(line_endings_are_stored_as_git_stores_them),
        T(the_mode_bit_is_left_out_where_the_config_says_so),
        T(the_users_own_ignore_files_count),
        T(what_a_sparse_checkout_leaves_out_is_not_deleted),
        T(a_cache_in_the_work_tree_and_nested_repositories_are_left_out),
        T(the_commit_stands_on_head_and_the_same_files_give_the_same_id),
        T(a_snapshot_checks_out_and_resolves_like_any_commit),
        T(an_unfinished_merge_is_refused),
        T(there_is_none_of_a_bare_or_an_empty_repository),
        T(a_split_index_names_the_command_that_joins_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
