#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/source/ancestry.h"
#include "tests/unit/source/fixture.h"

/* main: first, second, a merge of a side branch that has one commit, last. */
static void make_history(struct sandbox *sandbox)
{
    repository_make(sandbox, "project");
    repository_commit_file(sandbox, "project", "a", "1\n", NULL);
    repository_git(sandbox, "project", "tag first");
    repository_commit_file(sandbox, "project", "a", "2\n", NULL);
    repository_git(sandbox, "project", "checkout -q -b side");
    repository_commit_file(sandbox, "project", "b", "1\n", NULL);
    repository_git(sandbox, "project", "checkout -q main");
    repository_git(sandbox, "project", "merge -q --no-ff -m merged side");
    repository_commit_file(sandbox, "project", "a", "3\n", NULL);
}

static struct revision resolve(struct source *source, const char *name)
{
    struct revision revision = { 0 };
    struct error err = { 0 };
    fixture_must(source_resolve(source, name, &revision, &err), &err);
    return revision;
}

static enum ancestry
ancestry_of(struct source *source, const char *older, const char *younger)
{
    struct error err = { 0 };
    enum ancestry ancestry = ANCESTRY_NONE;
    struct revision old = resolve(source, older);
    struct revision young = resolve(source, younger);
    fixture_must(source_ancestry(source, &old, &young, &ancestry, &err), &err);
    return ancestry;
}

static void commits_know_what_they_descend_from(void **state)
{
    struct sandbox *sandbox = *state;
    make_history(sandbox);
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");

    assert_int_equal(ancestry_of(source, "first", "main"), ANCESTRY_ANCESTOR);
    assert_int_equal(ancestry_of(source, "side", "main"), ANCESTRY_ANCESTOR);
    assert_int_equal(ancestry_of(source, "main", "main"), ANCESTRY_SAME);
    assert_int_equal(ancestry_of(source, "main", "first"), ANCESTRY_NONE);
}

static void shallow_clone_says_where_it_can_not_tell(void **state)
{
    struct sandbox *sandbox = *state;
    make_history(sandbox);
    repository_commit_file(sandbox, "project", "a", "4\n", NULL);
    repository_git(sandbox, "project", "checkout -q --orphan other");
    repository_git(sandbox, "project", "commit -q -m other");
    sandbox_must(sandbox,
                 "git clone -q --no-single-branch --depth 2 file://$PWD/project cut");
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "cut");

    assert_int_equal(ancestry_of(source, "origin/main~1", "origin/main"),
                     ANCESTRY_ANCESTOR);
    assert_int_equal(ancestry_of(source, "origin/other", "origin/main"),
                     ANCESTRY_CUT_OFF);
}

static char *subjects_of(const struct revisions *revisions)
{
    struct str text = STR_INIT;
    for (size_t i = 0; i < revisions->count; i++)
        str_addf(&text, "%s%s", i ? ", " : "", revisions->items[i].subject);
    return str_detach(&text);
}

static void commits_between_are_those_of_all_branches(void **state)
{
    struct sandbox *sandbox = *state;
    make_history(sandbox);
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");
    AUTO_REVISIONS struct revisions between = { 0 };
    struct error err = { 0 };
    struct revision first = resolve(source, "first");
    struct revision last = resolve(source, "main");

    fixture_must(source_list_between(source, &first, &last, 100, &between, &err), &err);

    AUTO_FREE char *subjects = subjects_of(&between);
    assert_string_equal(subjects, "set a, merged, set b, set a");
}

static void first_parents_leave_side_branches_out(void **state)
{
    struct sandbox *sandbox = *state;
    make_history(sandbox);
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");
    AUTO_REVISIONS struct revisions parents = { 0 };
    AUTO_REVISIONS struct revisions two = { 0 };
    struct error err = { 0 };
    struct revision last = resolve(source, "main");

    fixture_must(source_list_first_parents(source, &last, 100, &parents, &err), &err);
    fixture_must(source_list_first_parents(source, &last, 2, &two, &err), &err);

    AUTO_FREE char *subjects = subjects_of(&parents);
    assert_string_equal(subjects, "set a, merged, set a, set a");
    assert_int_equal(two.count, 2);
}

static void first_parents_end_where_a_shallow_clone_does(void **state)
{
    struct sandbox *sandbox = *state;
    make_history(sandbox);
    sandbox_must(sandbox, "git clone -q --depth 2 file://$PWD/project cut");
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "cut");
    AUTO_REVISIONS struct revisions parents = { 0 };
    struct error err = { 0 };
    struct revision last = resolve(source, "HEAD");

    fixture_must(source_list_first_parents(source, &last, 100, &parents, &err), &err);

    assert_int_equal(parents.count, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(commits_know_what_they_descend_from),
        T(shallow_clone_says_where_it_can_not_tell),
        T(commits_between_are_those_of_all_branches),
        T(first_parents_leave_side_branches_out),
        T(first_parents_end_where_a_shallow_clone_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
