#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/source/stretch.h"
#include "tests/unit/source/fixture.h"

static void commit(struct sandbox *sandbox, const char *subject)
{
    repository_git(sandbox, "project", "commit -q --allow-empty -m '%s'", subject);
}

/* start - one - two ------- merge - last
 *               \          /
 *                side - by                  */
static void make_branches(struct sandbox *sandbox)
{
    repository_make(sandbox, "project");
    commit(sandbox, "start");
    commit(sandbox, "one");
    repository_git(sandbox, "project", "checkout -q -b side");
    commit(sandbox, "side");
    commit(sandbox, "by");
    repository_git(sandbox, "project", "checkout -q main");
    commit(sandbox, "two");
    repository_git(sandbox, "project", "merge -q --no-ff -m merge side");
    commit(sandbox, "last");
}

static struct revision resolve(struct source *source, const char *name)
{
    struct revision found = { 0 };
    struct error err = { 0 };
    fixture_must(source_resolve(source, name, &found, &err), &err);
    return found;
}

static struct stretch
between(struct source *source, const char *from, const char *to, bool first_parents)
{
    struct stretch stretch = { 0 };
    struct error err = { 0 };
    struct revision begin = resolve(source, from);
    struct revision end = resolve(source, to);
    fixture_must(source_stretch(source, &begin, &end, first_parents, &stretch, &err),
                 &err);
    return stretch;
}

/* "one two(one) ...": subjects with those of their parents in the stretch. */
static char *describe(const struct stretch *stretch)
{
    struct str text = STR_INIT;
    for (size_t i = 0; i < stretch->count; i++) {
        const struct stretch_commit *commit = &stretch->items[i];
        str_addf(&text, "%s%s", i ? " " : "", commit->revision.subject);
        for (size_t p = 0; p < commit->parent_count; p++)
            str_addf(&text, "<%s", stretch->items[commit->parents[p]].revision.subject);
        str_add(&text, commit->is_merge ? "!" : "");
    }
    return str_detach(&text);
}

static void first_parents_are_a_line_without_what_was_merged(void **state)
{
    struct sandbox *sandbox = *state;
    make_branches(sandbox);
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");

    AUTO_STRETCH struct stretch stretch = between(source, "HEAD~4", "HEAD", true);
    AUTO_FREE char *text = describe(&stretch);

    assert_string_equal(text, "one two<one merge<two! last<merge");
}

static void all_parents_have_the_branch_too_parents_before_children(void **state)
{
    struct sandbox *sandbox = *state;
    make_branches(sandbox);
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");

    AUTO_STRETCH struct stretch stretch = between(source, "HEAD~4", "HEAD", false);
    AUTO_FREE char *text = describe(&stretch);

    assert_int_equal(stretch.count, 6);
    assert_contains(text, "one ");
    assert_contains(text, "side<one");
    assert_contains(text, "by<side");
    assert_contains(text, "merge<two<by! last<merge");
    assert_string_equal(stretch.items[5].revision.subject, "last");
    for (size_t i = 0; i < stretch.count; i++)
        for (size_t p = 0; p < stretch.items[i].parent_count; p++)
            assert_true(stretch.items[i].parents[p] < i);
}

static void what_the_start_holds_is_left_out_wherever_it_came_from(void **state)
{
    struct sandbox *sandbox = *state;
    make_branches(sandbox);
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");

    AUTO_STRETCH struct stretch line = between(source, "side", "HEAD", true);
    AUTO_STRETCH struct stretch all = between(source, "side", "HEAD", false);
    AUTO_FREE char *line_text = describe(&line);
    AUTO_FREE char *all_text = describe(&all);

    assert_string_equal(line_text, "two merge<two! last<merge");
    assert_string_equal(all_text, "two merge<two! last<merge");
}

static void
check_refused(struct source *source, const char *from, const char *to, const char *want)
{
    struct stretch stretch = { 0 };
    struct error err = { 0 };
    struct revision begin = resolve(source, from);
    struct revision end = resolve(source, to);
    assert_int_equal(source_stretch(source, &begin, &end, true, &stretch, &err), -1);
    assert_int_equal(err.code, ERROR_USAGE);
    assert_contains(err.message, want);
    assert_null(stretch.items);
}

static void ends_that_do_not_lead_to_each_other_are_refused(void **state)
{
    struct sandbox *sandbox = *state;
    make_branches(sandbox);
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");
    struct revision one = resolve(source, "main~3");
    AUTO_FREE char *merge_base = str_format("their merge base, %.10s, is", one.commit);

    check_refused(source, "HEAD", "HEAD", "name two different ones");
    check_refused(source, "HEAD", "HEAD~1", "are they exchanged?");
    check_refused(source, "side", "main~2", merge_base);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(first_parents_are_a_line_without_what_was_merged),
        T(all_parents_have_the_branch_too_parents_before_children),
        T(what_the_start_holds_is_left_out_wherever_it_came_from),
        T(ends_that_do_not_lead_to_each_other_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
