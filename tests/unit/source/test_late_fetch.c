/* Real clones over file://, which GitHub's servers are like in that they hand out any
 * commit by its id (uploadpack.allowAnySHA1InWant). */
#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "gate/source/base_rule.h"
#include "gate/source/late_fetch.h"
#include "tests/unit/source/fixture.h"

/* Commits of nothing. */
static void grow(struct sandbox *sandbox, const char *branch, int count)
{
    sandbox_must(sandbox,
                 "cd origin && c=$(git rev-parse %s) && for i in $(seq %d); do "
                 "c=$(git -c user.name=a -c user.email=a@b.c commit-tree -p $c "
                 "-m \"%s $i\" $c^{tree}) || exit 1; done && "
                 "git update-ref refs/heads/%s $c",
                 branch, count, branch, branch);
}

/* "origin": main with so many commits, and topic off its first, with so many more. */
static void make_origin(struct sandbox *sandbox, int on_main, int on_topic)
{
    repository_make(sandbox, "origin");
    repository_git(sandbox, "origin", "config uploadpack.allowAnySHA1InWant true");
    repository_commit_file(sandbox, "origin", "f", "0\n", NULL);
    repository_git(sandbox, "origin", "branch topic");
    grow(sandbox, "main", on_main - 1);
    grow(sandbox, "topic", on_topic);
    repository_git(sandbox, "origin", "reset -q --hard");
}

static void clone(struct sandbox *sandbox, const char *options)
{
    sandbox_must(sandbox, "git clone -q %s 'file://%s/origin' project", options,
                 sandbox->path);
}

/* Refs, config, HEAD and whatever else is no object and not the shallow file. */
static char *what_must_stay(struct sandbox *sandbox)
{
    struct outcome outcome =
        sandbox_run(sandbox, "cd project && find . -type f ! -path './.git/objects/*' ! "
                             "-name shallow | sort | xargs sha1sum");
    char *listing = xstrdup(outcome.out);
    outcome_clear(&outcome);
    return listing;
}

static struct revision head_of(struct source *source)
{
    struct error err = { 0 };
    struct revision head;
    fixture_must(source_resolve(source, "HEAD", &head, &err), &err);
    return head;
}

static void parent_is_named_where_the_clone_ends_and_fetched_by_name(void **state)
{
    struct sandbox *sandbox = *state;
    struct error err = { 0 };
    struct revision parent;
    AUTO_STRVEC struct strvec parents = { 0 };
    make_origin(sandbox, 4, 0);
    clone(sandbox, "--depth=1");
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");
    const struct revision head = head_of(source);
    AUTO_FREE char *before = what_must_stay(sandbox);

    fixture_must(source_parent_ids(source, &head, &parents, &err), &err);
    assert_int_equal(parents.count, 1);
    assert_false(source_has_commit(source, parents.items[0]));
    bool is_there = false;
    fixture_must(source_fetch_commit(source, parents.items[0], &is_there, &err), &err);
    AUTO_FREE char *after = what_must_stay(sandbox);

    assert_true(is_there);
    assert_true(source_has_commit(source, parents.items[0]));
    fixture_must(source_parent(source, &head, &parent, &err), &err);
    assert_string_equal(parent.subject, "main 2");
    assert_string_equal(after, before);
    fixture_check_out(sandbox, source, parent.commit, "out");
}

static void whole_clone_stays_whole(void **state)
{
    struct sandbox *sandbox = *state;
    struct error err = { 0 };
    char gone[REPOSITORY_ID_SIZE];
    make_origin(sandbox, 3, 0);
    clone(sandbox, "");
    repository_commit_file(sandbox, "origin", "g", "1\n", gone);
    repository_git(sandbox, "origin", "reset -q --hard HEAD~1");
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");
    AUTO_FREE char *before = what_must_stay(sandbox);

    bool is_there = false;
    fixture_must(source_fetch_commit(source, gone, &is_there, &err), &err);
    AUTO_FREE char *after = what_must_stay(sandbox);

    assert_true(source_has_commit(source, gone));
    assert_false(source_is_shallow(source));
    assert_string_equal(after, before);
}

static void commit_that_origin_lacks_is_not_there(void **state)
{
    struct sandbox *sandbox = *state;
    struct error err = { 0 };
    bool is_there = true;
    make_origin(sandbox, 2, 0);
    clone(sandbox, "--depth=1");
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");

    fixture_must(source_fetch_commit(source, "1234567890123456789012345678901234567890",
                                     &is_there, &err),
                 &err);

    assert_false(is_there);
}

static void origin_that_does_not_answer_is_an_error_in_gits_words(void **state)
{
    struct sandbox *sandbox = *state;
    struct error err = { 0 };
    bool is_there = false;
    make_origin(sandbox, 2, 0);
    clone(sandbox, "--depth=1");
    sandbox_must(sandbox, "mv origin elsewhere");
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");

    assert_int_equal(source_fetch_commit(source,
                                         "1234567890123456789012345678901234567890",
                                         &is_there, &err),
                     -1);

    assert_int_equal(err.code, ERROR_GIT);
    assert_contains(err.message, "cannot fetch commit 1234567890: ");
    assert_contains(err.message, "origin");
}

/* As actions/checkout with filter: blob:none and sparse-checkout. */
static void files_that_a_partial_clone_left_out_are_fetched(void **state)
{
    struct sandbox *sandbox = *state;
    struct error err = { 0 };
    char parent[REPOSITORY_ID_SIZE];
    make_origin(sandbox, 1, 0);
    repository_git(sandbox, "origin", "config uploadpack.allowFilter true");
    sandbox_write(sandbox, "origin/deep/er/g", "old\n");
    repository_commit_file(sandbox, "origin", "f", "1\n", parent);
    sandbox_write(sandbox, "origin/deep/er/g", "new\n");
    repository_commit_all(sandbox, "origin", "more", NULL);
    clone(sandbox, "--filter=tree:0 --sparse");
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");
    AUTO_FREE char *before = what_must_stay(sandbox);

    fixture_must(source_fetch_files(source, parent, &err), &err);
    AUTO_FREE char *after = what_must_stay(sandbox);

    fixture_check_out(sandbox, source, parent, "out");
    fixture_assert_file(sandbox, "out/deep/er/g", "old\n");
    assert_string_equal(after, before);
}

static void branches_and_tags_are_asked_for(void **state)
{
    struct sandbox *sandbox = *state;
    struct error err = { 0 };
    char id[SOURCE_ID_SIZE];
    bool is_there = false;
    make_origin(sandbox, 2, 1);
    repository_git(sandbox, "origin", "tag -a v1 -m one main~1");
    AUTO_FREE char *topic = repository_ask(sandbox, "origin", "rev-parse topic");
    AUTO_FREE char *tagged = repository_ask(sandbox, "origin", "rev-parse main~1");
    clone(sandbox, "--depth=1");
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");

    fixture_must(source_ask_remote(source, "topic", id, &is_there, &err), &err);
    assert_true(is_there);
    assert_string_equal(id, topic);
    fixture_must(source_ask_remote(source, "v1", id, &is_there, &err), &err);
    assert_true(is_there);
    assert_string_equal(id, tagged);
    fixture_must(source_ask_remote(source, "no-such", id, &is_there, &err), &err);
    assert_false(is_there);
}

/* Further away than the first step reaches. */
static void merge_base_is_found_by_deepening_until_it_is_there(void **state)
{
    struct sandbox *sandbox = *state;
    struct error err = { 0 };
    struct revision main_tip;
    struct revision base;
    char id[SOURCE_ID_SIZE];
    bool is_there = false;
    make_origin(sandbox, 60, 2);
    AUTO_FREE char *want = repository_ask(sandbox, "origin", "merge-base main topic");
    clone(sandbox, "--depth=1 --branch topic");
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");
    const struct revision head = head_of(source);
    AUTO_FREE char *before = what_must_stay(sandbox);

    fixture_must(source_ask_remote(source, "main", id, &is_there, &err), &err);
    fixture_must(source_fetch_commit(source, id, &is_there, &err), &err);
    fixture_must(source_resolve(source, id, &main_tip, &err), &err);
    fixture_must(source_fetch_merge_base(source, &head, &main_tip, &base, &err), &err);
    AUTO_FREE char *after = what_must_stay(sandbox);

    assert_string_equal(base.commit, want);
    assert_string_equal(after, before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(parent_is_named_where_the_clone_ends_and_fetched_by_name),
        T(whole_clone_stays_whole),
        T(commit_that_origin_lacks_is_not_there),
        T(origin_that_does_not_answer_is_an_error_in_gits_words),
        T(branches_and_tags_are_asked_for),
        T(merge_base_is_found_by_deepening_until_it_is_there),
        T(files_that_a_partial_clone_left_out_are_fetched),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
