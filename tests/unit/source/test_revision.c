#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/source/revision.h"
#include "tests/unit/source/fixture.h"

/* main with two commits, tagged v1.0 at the first; an id for each. */
struct two_commits {
    char first[REPOSITORY_ID_SIZE];
    char second[REPOSITORY_ID_SIZE];
};

static struct two_commits make_project(struct sandbox *sandbox)
{
    struct two_commits made = { 0 };
    repository_make(sandbox, "project");
    repository_commit_file(sandbox, "project", "a", "1\n", made.first);
    repository_git(sandbox, "project", "tag -a v1.0 -m release");
    repository_commit_file(sandbox, "project", "a", "2\n", made.second);
    return made;
}

static void check_resolves(struct source *source, const char *name, const char *want)
{
    struct revision found = { 0 };
    struct error err = { 0 };
    fixture_must(source_resolve(source, name, &found, &err), &err);
    if (!str_equal(found.commit, want))
        fail_msg("'%s' is %s, not %s", name, found.commit, want);
}

static void check_unknown(struct source *source, const char *name, const char *want)
{
    struct revision found = { 0 };
    struct error err = { 0 };
    assert_int_equal(source_resolve(source, name, &found, &err), -1);
    assert_int_equal(err.code, ERROR_GIT);
    assert_string_equal(err.message, want);
    assert_string_equal(found.commit, "");
}

static void every_way_to_name_a_commit_finds_it(void **state)
{
    struct sandbox *sandbox = *state;
    struct two_commits made = make_project(sandbox);
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");
    AUTO_FREE char *short_id = xstrndup(made.first, 8);

    check_resolves(source, "HEAD", made.second);
    check_resolves(source, "main", made.second);
    check_resolves(source, "refs/heads/main", made.second);
    check_resolves(source, "HEAD~1", made.first);
    check_resolves(source, "main^", made.first);
    check_resolves(source, "v1.0", made.first);
    check_resolves(source, made.first, made.first);
    check_resolves(source, short_id, made.first);
}

static void a_revision_says_who_when_and_what(void **state)
{
    struct sandbox *sandbox = *state;
    struct revision head = { 0 };
    struct error err = { 0 };
    char tree[REPOSITORY_ID_SIZE];
    repository_make(sandbox, "project");
    repository_git(sandbox, "project",
                   "commit -q --allow-empty --author='Zoë <z@z>' -m 'Take care' -m more");
    repository_id(sandbox, "project", "HEAD^{tree}", tree);
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");

    fixture_must(source_resolve(source, "HEAD", &head, &err), &err);

    assert_string_equal(head.tree, tree);
    assert_string_equal(head.subject, "Take care");
    assert_string_equal(head.author, "Zoë");
    assert_int_equal(head.author_time_s, 1700000000);
}

static void an_unknown_name_brings_the_nearest_one(void **state)
{
    struct sandbox *sandbox = *state;
    (void)make_project(sandbox);
    repository_git(sandbox, "project", "update-ref refs/remotes/origin/topic HEAD");
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");

    check_unknown(source, "mian", "unknown revision 'mian': did you mean 'main'?");
    check_unknown(source, "mian~1", "unknown revision 'mian~1': did you mean 'main~1'?");
    check_unknown(source, "v1.1", "unknown revision 'v1.1': did you mean 'v1.0'?");
    check_unknown(source, "topic",
                  "unknown revision 'topic': did you mean 'origin/topic'?");
    check_unknown(
        source, "something-else",
        "unknown revision 'something-else': git branch -a and git tag list what "
        "there is, git fetch gets what is new");
}

static void names_of_no_commit_say_what_they_are(void **state)
{
    struct sandbox *sandbox = *state;
    (void)make_project(sandbox);
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");

    check_unknown(source, "HEAD:a", "'HEAD:a' is a blob, not a commit");
    check_unknown(source, "HEAD^{tree}", "'HEAD^{tree}' is a tree, not a commit");
    check_unknown(source, "HEAD~2",
                  "unknown revision 'HEAD~2': there is a 'HEAD', but no '~2' of it");
    check_unknown(source, "",
                  "'' is not the name of one commit: give a branch, a tag, an id or such "
                  "as 'HEAD~1'");
    check_unknown(source, "main..HEAD",
                  "'main..HEAD' is not the name of one commit: give a branch, a tag, an "
                  "id or such as 'HEAD~1'");
}

static void an_empty_repository_is_told_to_commit_first(void **state)
{
    struct sandbox *sandbox = *state;
    repository_make(sandbox, "project");
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");

    check_unknown(source, "HEAD",
                  "'HEAD' has no commit yet: the branch is still empty; commit first");
}

static void the_first_parent_of_a_merge_is_the_branch_merged_into(void **state)
{
    struct sandbox *sandbox = *state;
    struct two_commits made = make_project(sandbox);
    struct revision merge = { 0 };
    struct revision parent = { 0 };
    struct error err = { 0 };
    repository_git(sandbox, "project", "checkout -q -b topic v1.0");
    repository_commit_file(sandbox, "project", "b", "1\n", NULL);
    repository_git(sandbox, "project", "checkout -q main");
    repository_git(sandbox, "project", "merge -q --no-ff -m merge topic");
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");
    fixture_must(source_resolve(source, "HEAD", &merge, &err), &err);

    fixture_must(source_parent(source, &merge, &parent, &err), &err);

    assert_string_equal(parent.commit, made.second);
}

static void a_root_commit_has_no_parent(void **state)
{
    struct sandbox *sandbox = *state;
    struct two_commits made = make_project(sandbox);
    struct revision root = { 0 };
    struct revision parent = { 0 };
    struct error err = { 0 };
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");
    fixture_must(source_resolve(source, made.first, &root, &err), &err);

    assert_int_equal(source_parent(source, &root, &parent, &err), -1);

    assert_contains(
        err.message,
        "('set a') has no parent: it is the first of the history, so there is "
        "nothing to compare it with but what --base names");
}

static void a_shallow_clone_is_told_to_deepen(void **state)
{
    struct sandbox *sandbox = *state;
    struct revision head = { 0 };
    struct revision parent = { 0 };
    struct error err = { 0 };
    (void)make_project(sandbox);
    repository_git(sandbox, ".", "clone -q --depth 1 file://\"$PWD\"/project shallow");
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "shallow");
    fixture_must(source_resolve(source, "HEAD", &head, &err), &err);

    assert_true(source_is_shallow(source));
    assert_int_equal(source_parent(source, &head, &parent, &err), -1);
    assert_contains(err.message, "git fetch --deepen=100");
    assert_contains(err.message, "fetch-depth: 0");
    check_unknown(source, "HEAD~1",
                  "cannot find 'HEAD~1': this clone is shallow and its history ends too "
                  "early: run git fetch --deepen=100 or git fetch --unshallow (in a "
                  "workflow, give actions/checkout fetch-depth: 0)");
    check_unknown(
        source, "v9.9-rc",
        "unknown revision 'v9.9-rc': this clone is shallow and may lack it: run "
        "git fetch --unshallow, or git fetch origin with its name");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(every_way_to_name_a_commit_finds_it),
        T(a_revision_says_who_when_and_what),
        T(an_unknown_name_brings_the_nearest_one),
        T(names_of_no_commit_say_what_they_are),
        T(an_empty_repository_is_told_to_commit_first),
        T(the_first_parent_of_a_merge_is_the_branch_merged_into),
        T(a_root_commit_has_no_parent),
        T(a_shallow_clone_is_told_to_deepen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
