#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "gate/source/ref_files.h"
#include "tests/unit/source/fixture.h"

#define REF "refs/pawl/baselines"

static struct ref_files *open_files(struct sandbox *sandbox, const char *directory)
{
    struct error err = { 0 };
    struct ref_files *files = ref_files_open(sandbox_file(sandbox, directory), REF, &err);
    if (!files)
        fail_msg("%s", err.message);
    return files;
}

static void add(struct ref_files *files, const char *path, const char *text)
{
    struct error err = { 0 };
    struct ref_addition added = { path, text, strlen(text) };
    struct ref_change change = { .added = &added, .added_count = 1, .message = "add\n" };
    fixture_must(ref_files_commit(files, &change, &err), &err);
}

static void take_away(struct ref_files *files, const char *path)
{
    struct error err = { 0 };
    const char *const removed[] = { path };
    struct ref_change change = { .removed = removed,
                                 .removed_count = 1,
                                 .message = "prune\n" };
    fixture_must(ref_files_commit(files, &change, &err), &err);
}

/* The paths, joined by blanks. */
static char *paths_of(struct ref_files *files, const char *folder)
{
    struct error err = { 0 };
    AUTO_REF_FILE_LIST struct ref_file_list list = { 0 };
    AUTO_STRVEC struct strvec paths = { 0 };
    fixture_must(ref_files_list(files, folder, &list, &err), &err);
    for (size_t i = 0; i < list.count; i++)
        strvec_push(&paths, list.items[i].path);
    return strvec_join(&paths, " ");
}

static void check_paths(struct ref_files *files, const char *folder, const char *want)
{
    AUTO_FREE char *paths = paths_of(files, folder);
    assert_string_equal(paths, want);
}

static void make_project(struct sandbox *sandbox)
{
    repository_make(sandbox, "project");
    repository_commit_file(sandbox, "project", "a", "1\n", NULL);
}

static void a_ref_that_is_not_there_has_no_files(void **state)
{
    make_project(*state);
    AUTO_REF_FILES struct ref_files *files = open_files(*state, "project");

    check_paths(files, NULL, "");
    check_paths(files, "fast", "");
}

static void what_was_added_is_listed_and_read_by_git_too(void **state)
{
    make_project(*state);
    AUTO_REF_FILES struct ref_files *files = open_files(*state, "project");
    AUTO_REF_FILE_LIST struct ref_file_list list = { 0 };
    AUTO_STR struct str text = STR_INIT;
    struct error err = { 0 };

    add(files, "fast/2026-01/b", "two\n");
    add(files, "fast/2026-01/a", "one\n");
    add(files, "slow-er/x", "three\n");
    add(files, "slow/x", "four\n");

    check_paths(files, NULL, "fast/2026-01/a fast/2026-01/b slow-er/x slow/x");
    check_paths(files, "fast", "fast/2026-01/a fast/2026-01/b");
    check_paths(files, "fas", "");
    fixture_must(ref_files_list(files, "slow", &list, &err), &err);
    fixture_must(ref_files_read(files, &list.items[0], 5, &text, &err), &err);
    assert_string_equal(text.data, "four\n");
    AUTO_FREE char *shown =
        repository_ask(*state, "project", "show " REF ":fast/2026-01/b");
    assert_string_equal(shown, "two");
    repository_git(*state, "project", "fsck --strict");
}

static void a_file_over_the_limit_is_not_read(void **state)
{
    make_project(*state);
    AUTO_REF_FILES struct ref_files *files = open_files(*state, "project");
    AUTO_REF_FILE_LIST struct ref_file_list list = { 0 };
    AUTO_STR struct str text = STR_INIT;
    struct error err = { 0 };
    add(files, "c/large", "123456");
    fixture_must(ref_files_list(files, NULL, &list, &err), &err);

    assert_int_equal(ref_files_read(files, &list.items[0], 5, &text, &err), -1);

    assert_string_equal(err.message, "'c/large' of 'refs/pawl/baselines' is too large: 6 "
                                     "bytes, at most 5 are read");
}

static void links_are_listed_and_never_followed(void **state)
{
    make_project(*state);
    AUTO_REF_FILES struct ref_files *files = open_files(*state, "project");
    AUTO_REF_FILE_LIST struct ref_file_list list = { 0 };
    AUTO_STR struct str text = STR_INIT;
    struct error err = { 0 };
    sandbox_must(*state, "ln -s /etc/passwd project/link");
    repository_commit_all(*state, "project", "link", NULL);
    repository_git(*state, "project", "update-ref " REF " HEAD");
    fixture_must(ref_files_list(files, NULL, &list, &err), &err);

    assert_string_equal(list.items[1].path, "link");
    assert_false(list.items[1].is_regular);
    assert_int_equal(ref_files_read(files, &list.items[1], 100, &text, &err), -1);
    assert_string_equal(err.message, "'link' of 'refs/pawl/baselines' is not a file");
}

static void adding_touches_neither_work_tree_nor_index_nor_branches(void **state)
{
    make_project(*state);
    sandbox_write(*state, "project/a", "changed\n");
    sandbox_write(*state, "project/new", "new\n");
    AUTO_REF_FILES struct ref_files *files = open_files(*state, "project");
    AUTO_FREE char *before = repository_ask(
        *state, "project", "status --porcelain && git for-each-ref refs/heads");

    add(files, "c/f", "text");

    AUTO_FREE char *after = repository_ask(
        *state, "project", "status --porcelain && git for-each-ref refs/heads");
    assert_string_equal(before, after);
    fixture_assert_file(*state, "project/a", "changed\n");
}

static void a_change_that_changes_nothing_makes_no_commit(void **state)
{
    make_project(*state);
    AUTO_REF_FILES struct ref_files *files = open_files(*state, "project");
    add(files, "c/f", "text");
    AUTO_FREE char *before = repository_ask(*state, "project", "rev-parse " REF);

    add(files, "c/f", "text");
    take_away(files, "c/not-there");
    take_away(files, "c");

    AUTO_FREE char *after = repository_ask(*state, "project", "rev-parse " REF);
    assert_string_equal(before, after);
}

static void a_removed_file_is_gone_and_an_empty_folder_with_it(void **state)
{
    make_project(*state);
    AUTO_REF_FILES struct ref_files *files = open_files(*state, "project");
    add(files, "c/2026-01/f", "text");
    add(files, "d/2026-01/f", "text");

    take_away(files, "c/2026-01/f");

    check_paths(files, NULL, "d/2026-01/f");
    AUTO_FREE char *folders =
        repository_ask(*state, "project", "ls-tree --name-only " REF);
    assert_string_equal(folders, "d");
    take_away(files, "d/2026-01/f");
    check_paths(files, NULL, "");
    repository_git(*state, "project", "fsck --strict");
}

static void a_commit_has_gits_author_or_else_pawl(void **state)
{
    make_project(*state);
    AUTO_REF_FILES struct ref_files *files = open_files(*state, "project");
    repository_git(*state, "project", "config user.name Zoe");
    repository_git(*state, "project", "config user.email z@example.org");
    add(files, "c/f", "text");
    AUTO_FREE char *named =
        repository_ask(*state, "project", "log -1 --format='%%an <%%ae> %%s' " REF);
    repository_make(*state, "nameless");
    repository_git(*state, "nameless", "config user.name ''");
    AUTO_REF_FILES struct ref_files *others = open_files(*state, "nameless");
    add(others, "c/f", "text");
    AUTO_FREE char *nameless =
        repository_ask(*state, "nameless", "log -1 --format='%%an <%%ae> %%s' " REF);

    assert_string_equal(named, "Zoe <z@example.org> add");
    assert_string_equal(nameless, "pawl <pawl@localhost> add");
}

static void a_linked_worktree_and_a_bare_clone_have_the_ref_too(void **state)
{
    make_project(*state);
    repository_git(*state, "project", "worktree add -q ../linked");
    sandbox_must(*state, "git init -q --bare bare.git");
    AUTO_REF_FILES struct ref_files *linked = open_files(*state, "linked");
    AUTO_REF_FILES struct ref_files *main_one = open_files(*state, "project");
    AUTO_REF_FILES struct ref_files *bare = open_files(*state, "bare.git");

    add(linked, "c/from-linked", "text");
    add(main_one, "c/from-main", "text");
    add(bare, "c/from-bare", "text");

    check_paths(linked, NULL, "c/from-linked c/from-main");
    check_paths(bare, NULL, "c/from-bare");
}

static void a_ref_moved_by_git_in_between_keeps_both(void **state)
{
    make_project(*state);
    AUTO_REF_FILES struct ref_files *one = open_files(*state, "project");
    AUTO_REF_FILES struct ref_files *two = open_files(*state, "project");
    check_paths(one, NULL, ""); /* what it has read is old now */
    add(two, "c/two", "text");
    repository_git(*state, "project", "pack-refs --all");

    add(one, "c/one", "text");

    check_paths(two, NULL, "c/one c/two");
}

/* As if a process had been killed while it moved the ref: git's lock file is there, and
 * pawl's own says why. */
static void what_a_killed_pawl_left_locked_is_unlocked(void **state)
{
    make_project(*state);
    AUTO_REF_FILES struct ref_files *files = open_files(*state, "project");
    add(files, "c/one", "text");
    sandbox_write(*state, "project/.git/" REF ".lock", "");
    sandbox_write(*state, "project/.git/pawl/update.lock", "moving\n");

    add(files, "c/two", "text");

    check_paths(files, NULL, "c/one c/two");
    sandbox_must(*state, "test ! -e project/.git/" REF ".lock");
}

static void a_lock_of_anothers_is_left_and_named(void **state)
{
    make_project(*state);
    AUTO_REF_FILES struct ref_files *files = open_files(*state, "project");
    add(files, "c/one", "text");
    sandbox_write(*state, "project/.git/" REF ".lock", "");
    struct error err = { 0 };
    struct ref_addition added = { "c/two", "text", 4 };
    struct ref_change change = { .added = &added, .added_count = 1, .message = "add\n" };

    assert_int_equal(ref_files_commit(files, &change, &err), -1);

    assert_int_equal(err.code, ERROR_SYSTEM);
    assert_contains(err.message, "cannot move the ref 'refs/pawl/baselines': '");
    assert_contains(err.message, REF ".lock' is there; if no git and no pawl is at work");
    sandbox_must(*state, "test -e project/.git/" REF ".lock");
}

static void refs_that_are_a_persons_are_refused(void **state)
{
    make_project(*state);
    struct error err = { 0 };
    const char *project = sandbox_file(*state, "project");

    assert_null(ref_files_open(project, "refs/heads/main", &err));
    assert_string_equal(err.message,
                        "'refs/heads/main' is the branch that is checked out: "
                        "name another ref, such as refs/pawl/baselines");
    error_clear(&err);
    assert_null(ref_files_open(project, "pawl baselines", &err));
    assert_string_equal(err.message, "'pawl baselines' is no full name of a ref, such as "
                                     "refs/pawl/baselines");
    assert_int_equal(err.code, ERROR_CONFIG);
}

static void trees_without_end_are_an_error(void **state)
{
    make_project(*state);
    AUTO_REF_FILES struct ref_files *files = open_files(*state, "project");
    AUTO_REF_FILE_LIST struct ref_file_list list = { 0 };
    struct error err = { 0 };
    sandbox_write(*state, "project/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/f", "text");
    repository_commit_all(*state, "project", "deep", NULL);
    repository_git(*state, "project", "update-ref " REF " HEAD");

    assert_int_equal(ref_files_list(files, NULL, &list, &err), -1);

    assert_contains(err.message, "has folders nested deeper than 16: 'd/d/d/");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_ref_that_is_not_there_has_no_files),
        T(what_was_added_is_listed_and_read_by_git_too),
        T(a_file_over_the_limit_is_not_read),
        T(links_are_listed_and_never_followed),
        T(adding_touches_neither_work_tree_nor_index_nor_branches),
        T(a_change_that_changes_nothing_makes_no_commit),
        T(a_removed_file_is_gone_and_an_empty_folder_with_it),
        T(a_commit_has_gits_author_or_else_pawl),
        T(a_linked_worktree_and_a_bare_clone_have_the_ref_too),
        T(a_ref_moved_by_git_in_between_keeps_both),
        T(what_a_killed_pawl_left_locked_is_unlocked),
        T(a_lock_of_anothers_is_left_and_named),
        T(refs_that_are_a_persons_are_refused),
        T(trees_without_end_are_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
