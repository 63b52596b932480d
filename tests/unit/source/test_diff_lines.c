/* Expected ranges: git diff -U0 -M of the same two commits, by the git command line. */
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/source/diff_lines.h"
#include "gate/source/revision.h"
#include "tests/unit/source/fixture.h"

static void diff_of_head(struct sandbox *sandbox, struct diff_lines *lines)
{
    struct revision old_head = { 0 };
    struct revision new_head = { 0 };
    struct error err = { 0 };
    AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");
    fixture_must(source_resolve(source, "HEAD~1", &old_head, &err), &err);
    fixture_must(source_resolve(source, "HEAD", &new_head, &err), &err);
    fixture_must(source_diff_lines(source, old_head.commit, new_head.tree, lines, &err),
                 &err);
}

/* "-5,2 +5 int f(void)": as git writes it, a count of 1 left out. */
static void add_hunk(struct str *text, const struct line_hunk *hunk)
{
    const struct line_range *ranges[] = { &hunk->old_lines, &hunk->new_lines };
    for (int i = 0; i < 2; i++) {
        str_addf(text, "%s%u", i ? " +" : "@@ -", ranges[i]->begin);
        if (ranges[i]->count != 1)
            str_addf(text, ",%u", ranges[i]->count);
    }
    str_addf(text, " @@%s%s\n", *hunk->enclosing ? " " : "", hunk->enclosing);
}

static void lines_of_code(struct str *text, int from, int to)
{
    for (int i = from; i <= to; i++)
        str_addf(text, "    step(%d);\n", i);
}

/* first and second, and what is between. */
static void write_code(struct sandbox *sandbox, const char *name, int cut, int added)
{
    AUTO_STR struct str text = STR_INIT;
    str_add(&text, "int first(void)\n{\n");
    lines_of_code(&text, cut, 20);
    str_add(&text, "}\n\nint second(void)\n{\n");
    lines_of_code(&text, 1, 10);
    lines_of_code(&text, 100, 99 + added);
    lines_of_code(&text, 11, 20);
    str_add(&text, "}\n");
    sandbox_write(sandbox, name, text.data);
}

static void make_project(struct sandbox *sandbox)
{
    repository_make(sandbox, "project");
    write_code(sandbox, "project/code.c", 1, 0);
    write_code(sandbox, "project/old.c", 2, 0);
    sandbox_write(sandbox, "project/gone.c", "int gone;\n");
    sandbox_must(sandbox, "printf 'a\\0b' >project/binary");
    repository_commit_all(sandbox, "project", "first", NULL);
    write_code(sandbox, "project/code.c", 4, 2);
    sandbox_must(sandbox, "cd project && git mv old.c new.c && rm gone.c && "
                          "printf 'a\\0c' >binary && echo 'int fresh;' >added.c");
    write_code(sandbox, "project/new.c", 2, 1);
    repository_commit_all(sandbox, "project", "second", NULL);
}

static void ranges_are_those_of_git(void **state)
{
    struct sandbox *sandbox = *state;
    AUTO_DIFF_LINES struct diff_lines lines = { 0 };
    AUTO_STR struct str text = STR_INIT;
    make_project(sandbox);
    diff_of_head(sandbox, &lines);
    for (size_t i = 0; i < lines.count; i++)
        for (size_t k = 0; k < lines.items[i].hunks.count; k++)
            add_hunk(&text, &lines.items[i].hunks.items[k]);

    AUTO_FREE char *want =
        repository_ask(sandbox, "project", "diff -U0 -M HEAD~1 HEAD | grep '^@@'");
    str_truncate(&text, text.length - 1);
    assert_string_equal(text.data, want);
}

static void lines_are_followed_from_old_to_new(void **state)
{
    struct sandbox *sandbox = *state;
    AUTO_DIFF_LINES struct diff_lines lines = { 0 };
    make_project(sandbox);
    diff_of_head(sandbox, &lines);
    const struct file_lines *code = diff_lines_find_old(&lines, "code.c");
    assert_non_null(code);

    assert_int_equal(file_lines_to_new(code, 2), 2);
    assert_int_equal(file_lines_to_new(code, 3), 0); /* step(1) is gone */
    assert_int_equal(file_lines_to_new(code, 5), 0);
    assert_int_equal(file_lines_to_new(code, 6), 3);   /* step(4) */
    assert_int_equal(file_lines_to_new(code, 36), 33); /* step(10) of second */
    assert_int_equal(file_lines_to_new(code, 37), 36); /* step(11), behind two more */
    assert_int_equal(file_lines_to_new(NULL, 7), 7);
    assert_true(file_lines_is_removed(code, 4));
    assert_false(file_lines_is_removed(code, 6));
    assert_true(file_lines_is_added(code, 34));
    assert_true(file_lines_is_added(code, 35));
    assert_false(file_lines_is_added(code, 36));
    assert_false(file_lines_is_added(NULL, 36));
}

static void files_are_found_by_both_names(void **state)
{
    struct sandbox *sandbox = *state;
    AUTO_DIFF_LINES struct diff_lines lines = { 0 };
    make_project(sandbox);
    diff_of_head(sandbox, &lines);

    const struct file_lines *moved = diff_lines_find_old(&lines, "old.c");
    assert_non_null(moved);
    assert_ptr_equal(diff_lines_find_new(&lines, "new.c"), moved);
    assert_int_equal(moved->hunks.count, 1);
    assert_null(diff_lines_find_new(&lines, "gone.c"));
    assert_null(diff_lines_find_old(&lines, "added.c"));
    assert_int_equal(diff_lines_find_new(&lines, "binary")->hunks.count, 0);
    assert_true(file_lines_is_added(diff_lines_find_new(&lines, "added.c"), 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(ranges_are_those_of_git),
        T(lines_are_followed_from_old_to_new),
        T(files_are_found_by_both_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
