#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/source/revision.h"
#include "tests/unit/source/fixture.h"

/* The one private repository in the cache; free() it. */
static char *find_private(struct sandbox *sandbox)
{
    struct outcome outcome = sandbox_run(sandbox, "echo cache/git/*.git | tr -d '\\n'");
    char *name = xstrdup(outcome.out);
    outcome_clear(&outcome);
    return name;
}

static void open_and_close(struct sandbox *sandbox, const char *directory)
{
    source_close(fixture_open(sandbox, directory));
}

static void make_project(struct sandbox *sandbox)
{
    repository_make(sandbox, "project");
    repository_commit_file(sandbox, "project", "a", "1\n", NULL);
}

static void it_is_a_sound_bare_repository_that_sees_the_users_objects(void **state)
{
    struct sandbox *sandbox = *state;
    char id[REPOSITORY_ID_SIZE];
    make_project(sandbox);
    repository_id(sandbox, "project", "HEAD", id);

    open_and_close(sandbox, "project");

    AUTO_FREE char *name = find_private(sandbox);
    AUTO_FREE char *is_bare =
        repository_ask(sandbox, name, "rev-parse --is-bare-repository");
    AUTO_FREE char *type = repository_ask(sandbox, name, "cat-file -t %s", id);
    assert_string_equal(is_bare, "true");
    assert_string_equal(type, "commit");
    repository_git(sandbox, name, "fsck --strict");
}

static void linked_worktrees_share_one(void **state)
{
    struct sandbox *sandbox = *state;
    make_project(sandbox);
    repository_git(sandbox, "project", "worktree add -q ../linked");

    open_and_close(sandbox, "project");
    open_and_close(sandbox, "linked");

    AUTO_FREE char *name = find_private(sandbox);
    assert_lacks(name, " ");
}

static void two_repositories_have_two(void **state)
{
    struct sandbox *sandbox = *state;
    make_project(sandbox);
    repository_make(sandbox, "other");

    open_and_close(sandbox, "project");
    open_and_close(sandbox, "other");

    AUTO_FREE char *names = find_private(sandbox);
    assert_contains(names, " ");
}

static void tags_follow_the_users(void **state)
{
    struct sandbox *sandbox = *state;
    make_project(sandbox);
    repository_git(sandbox, "project", "tag light");
    repository_git(sandbox, "project", "tag -a heavy -m heavy");
    open_and_close(sandbox, "project");
    AUTO_FREE char *name = find_private(sandbox);
    AUTO_FREE char *before = repository_ask(sandbox, name, "tag");

    repository_git(sandbox, "project", "tag -d light");
    open_and_close(sandbox, "project");

    AUTO_FREE char *after = repository_ask(sandbox, name, "tag");
    assert_string_equal(before, "heavy\nlight");
    assert_string_equal(after, "heavy");
}

static void objects_borrowed_twice_over_are_seen(void **state)
{
    struct sandbox *sandbox = *state;
    struct revision head = { 0 };
    struct error err = { 0 };
    make_project(sandbox);
    repository_git(sandbox, ".", "clone -q --shared project second");
    repository_git(sandbox, ".", "clone -q --shared second third");
    sandbox_write(sandbox, "second/.git/objects/info/alternates",
                  "../../../project/.git/objects\n");

    AUTO_SOURCE struct source *source = fixture_open(sandbox, "third");

    fixture_must(source_resolve(source, "HEAD", &head, &err), &err);
    AUTO_FREE char *name = find_private(sandbox);
    repository_git(sandbox, name, "cat-file -e %s", head.commit);
}

static void a_half_made_one_is_made_again(void **state)
{
    struct sandbox *sandbox = *state;
    make_project(sandbox);
    open_and_close(sandbox, "project");
    AUTO_FREE char *name = find_private(sandbox);
    sandbox_must(sandbox, "mv %s %s.tmp && rm %s.tmp/HEAD", name, name, name);

    open_and_close(sandbox, "project");

    repository_git(sandbox, name, "fsck --strict");
}

static void what_cannot_be_written_is_named(void **state)
{
    struct sandbox *sandbox = *state;
    struct error err = { 0 };
    make_project(sandbox);
    sandbox_write(sandbox, "cache", "a file in the way\n");

    assert_null(source_open(sandbox_file(sandbox, "project"),
                            sandbox_file(sandbox, "cache"), &err));

    assert_int_equal(err.code, ERROR_SYSTEM);
    assert_contains(err.message, "cache/git'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(it_is_a_sound_bare_repository_that_sees_the_users_objects),
        T(linked_worktrees_share_one),
        T(two_repositories_have_two),
        T(tags_follow_the_users),
        T(objects_borrowed_twice_over_are_seen),
        T(a_half_made_one_is_made_again),
        T(what_cannot_be_written_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
