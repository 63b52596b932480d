#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/source/base_rule.h"
#include "tests/unit/source/fixture.h"

/* main: fork, main tip; topic: fork, topic tip (checked out). */
struct forked {
    char root[REPOSITORY_ID_SIZE];
    char fork[REPOSITORY_ID_SIZE];
    char main_tip[REPOSITORY_ID_SIZE];
    char topic[REPOSITORY_ID_SIZE];
};

static struct forked make_forked(struct sandbox *sandbox)
{
    struct forked made = { 0 };
    repository_make(sandbox, "project");
    repository_commit_file(sandbox, "project", "a", "0\n", made.root);
    repository_commit_file(sandbox, "project", "a", "1\n", made.fork);
    repository_commit_file(sandbox, "project", "a", "2\n", made.main_tip);
    repository_git(sandbox, "project", "checkout -q -b topic HEAD~1");
    repository_commit_file(sandbox, "project", "b", "1\n", made.topic);
    return made;
}

static int
find(struct source *source, const char *name, struct base_choice *out, struct error *err)
{
    struct revision head = { 0 };
    fixture_must(source_resolve(source, name, &head, err), err);
    return source_find_base(source, &head, name, out, err);
}

static void check_base(struct sandbox *sandbox,
                       const char *directory,
                       const char *head,
                       const char *want,
                       const char *want_rule)
{
    struct base_choice choice = { 0 };
    struct error err = { 0 };
    AUTO_SOURCE struct source *source = fixture_open(sandbox, directory);
    fixture_must(find(source, head, &choice, &err), &err);
    assert_string_equal(choice.rule, want_rule);
    assert_string_equal(choice.revision.commit, want);
}

static void a_local_main_is_used_where_there_is_no_remote(void **state)
{
    struct sandbox *sandbox = *state;
    struct forked made = make_forked(sandbox);

    check_base(sandbox, "project", "HEAD", made.fork, "merge base of HEAD and main");
}

static void a_local_master_is_used_where_there_is_no_main(void **state)
{
    struct sandbox *sandbox = *state;
    struct forked made = make_forked(sandbox);
    repository_git(sandbox, "project", "branch -m main master");

    check_base(sandbox, "project", "HEAD", made.fork, "merge base of HEAD and master");
}

static void the_remotes_default_branch_goes_first(void **state)
{
    struct sandbox *sandbox = *state;
    struct forked made = make_forked(sandbox);
    repository_git(sandbox, "project", "branch develop %s", made.root);
    repository_git(sandbox, "project", "update-ref refs/remotes/origin/main main");
    repository_git(sandbox, "project", "update-ref refs/remotes/origin/develop develop");
    repository_git(sandbox, "project",
                   "symbolic-ref refs/remotes/origin/HEAD refs/remotes/origin/develop");

    check_base(sandbox, "project", "topic", made.root,
               "merge base of topic and origin/develop");
}

static void a_dangling_default_branch_is_passed_over(void **state)
{
    struct sandbox *sandbox = *state;
    struct forked made = make_forked(sandbox);
    repository_git(sandbox, "project", "update-ref refs/remotes/origin/master main");
    repository_git(sandbox, "project",
                   "symbolic-ref refs/remotes/origin/HEAD refs/remotes/origin/gone");

    check_base(sandbox, "project", "HEAD", made.fork,
               "merge base of HEAD and origin/master");
}

static void a_head_that_the_remote_holds_is_compared_with_its_parent(void **state)
{
    struct sandbox *sandbox = *state;
    struct forked made = make_forked(sandbox);
    repository_git(sandbox, "project", "update-ref refs/remotes/origin/main main");
    repository_git(sandbox, "project", "checkout -q main");

    check_base(sandbox, "project", "HEAD", made.fork,
               "parent of HEAD, which origin/main already holds");
}

static void main_alone_is_compared_with_its_parent(void **state)
{
    struct sandbox *sandbox = *state;
    struct forked made = make_forked(sandbox);
    repository_git(sandbox, "project", "checkout -q main");
    repository_git(sandbox, "project", "branch -q -D topic");

    check_base(sandbox, "project", "HEAD", made.fork,
               "parent of HEAD, as there is no other branch to compare with");
}

static void a_root_commit_alone_has_nothing_to_compare_with(void **state)
{
    struct sandbox *sandbox = *state;
    struct base_choice choice = { 0 };
    struct error err = { 0 };
    repository_make(sandbox, "project");
    repository_commit_file(sandbox, "project", "a", "0\n", NULL);
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");

    assert_int_equal(find(source, "HEAD", &choice, &err), -1);

    assert_contains(err.message, "nothing to compare it with but what --base names");
}

static void histories_without_a_common_commit_are_an_error(void **state)
{
    struct sandbox *sandbox = *state;
    struct base_choice choice = { 0 };
    struct error err = { 0 };
    (void)make_forked(sandbox);
    repository_git(sandbox, "project", "checkout -q --orphan other");
    repository_commit_all(sandbox, "project", "another root", NULL);
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");

    assert_int_equal(find(source, "HEAD", &choice, &err), -1);

    assert_string_equal(
        err.message,
        "HEAD and main have no common ancestor: name the commit to compare with");
}

static void clone_shallow(struct sandbox *sandbox, int depth)
{
    repository_git(
        sandbox, ".",
        "clone -q --no-single-branch --depth %d file://\"$PWD\"/project shallow", depth);
    repository_git(sandbox, "shallow", "remote set-head origin main");
}

static void a_merge_base_at_the_end_of_a_shallow_history_is_found(void **state)
{
    struct sandbox *sandbox = *state;
    struct forked made = make_forked(sandbox);
    clone_shallow(sandbox, 2);

    check_base(sandbox, "shallow", "HEAD", made.fork,
               "merge base of HEAD and origin/main");
}

static void a_merge_base_past_the_end_of_a_shallow_history_is_explained(void **state)
{
    struct sandbox *sandbox = *state;
    struct base_choice choice = { 0 };
    struct error err = { 0 };
    (void)make_forked(sandbox);
    clone_shallow(sandbox, 1);
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "shallow");

    assert_int_equal(find(source, "HEAD", &choice, &err), -1);

    assert_contains(err.message, "cannot find a merge base of HEAD and origin/main: this "
                                 "clone is shallow");
    assert_contains(err.message, "git fetch --deepen=100");
}

/* Shallow at the first of many commits, with merges in both directions: what git says is
 * right. */
static void the_walk_through_a_shallow_history_agrees_with_git(void **state)
{
    struct sandbox *sandbox = *state;
    (void)make_forked(sandbox);
    repository_git(sandbox, "project", "checkout -q main");
    repository_git(sandbox, "project", "merge -q --no-ff -m one topic");
    repository_commit_file(sandbox, "project", "c", "1\n", NULL);
    repository_git(sandbox, "project", "checkout -q topic");
    repository_git(sandbox, "project", "merge -q --no-ff -m two main~1");
    repository_commit_file(sandbox, "project", "d", "1\n", NULL);
    for (int depth = 3; depth <= 5; depth++) {
        clone_shallow(sandbox, depth);
        AUTO_FREE char *want =
            repository_ask(sandbox, "shallow", "merge-base HEAD origin/main");
        check_base(sandbox, "shallow", "HEAD", want,
                   "merge base of HEAD and origin/main");
        sandbox_must(sandbox, "rm -rf shallow");
    }
}

static void merge_base_of_two_is_the_fork_and_of_one_line_the_older(void **state)
{
    struct sandbox *sandbox = *state;
    struct forked made = make_forked(sandbox);
    struct revision topic = { 0 };
    struct revision tip = { 0 };
    struct revision root = { 0 };
    struct revision base = { 0 };
    struct error err = { 0 };
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");
    fixture_must(source_resolve(source, "topic", &topic, &err), &err);
    fixture_must(source_resolve(source, "main", &tip, &err), &err);
    fixture_must(source_resolve(source, made.root, &root, &err), &err);

    fixture_must(source_merge_base(source, &topic, &tip, &base, &err), &err);
    assert_string_equal(base.commit, made.fork);
    fixture_must(source_merge_base(source, &topic, &root, &base, &err), &err);
    assert_string_equal(base.commit, made.root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_local_main_is_used_where_there_is_no_remote),
        T(a_local_master_is_used_where_there_is_no_main),
        T(the_remotes_default_branch_goes_first),
        T(a_dangling_default_branch_is_passed_over),
        T(a_head_that_the_remote_holds_is_compared_with_its_parent),
        T(main_alone_is_compared_with_its_parent),
        T(a_root_commit_alone_has_nothing_to_compare_with),
        T(histories_without_a_common_commit_are_an_error),
        T(a_merge_base_at_the_end_of_a_shallow_history_is_found),
        T(a_merge_base_past_the_end_of_a_shallow_history_is_explained),
        T(the_walk_through_a_shallow_history_agrees_with_git),
        T(merge_base_of_two_is_the_fork_and_of_one_line_the_older),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
