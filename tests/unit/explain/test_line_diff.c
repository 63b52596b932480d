/* Lines of two profiles laid over the lines that a change touches. */
#include "gate/base/str.h"
#include "tests/unit/explain/comparing.h"

#define HEADER "events: Ir\nob=/tree/program\nfl=/tree/find.c\n"

static const struct line_diff *
find_line(const struct comparing *comparing, uint32_t base, uint32_t head)
{
    const struct line_diffs *lines = &comparing->pair.lines;
    for (size_t i = 0; i < lines->count; i++)
        if (lines->items[i].sides[SIDE_BASE].line == base &&
            lines->items[i].sides[SIDE_HEAD].line == head)
            return &lines->items[i];
    fail_msg("no line %u -> %u", base, head);
    return NULL;
}

/* Line 20 becomes 20 and 21; what follows moves by one. */
static void compare(struct comparing *comparing)
{
    comparing_edit(comparing, "find.c", (struct line_range){ 20, 1 },
                   (struct line_range){ 20, 2 });
    comparing_texts(comparing,
                    HEADER "fn=find\n10 1\n20 100\n30 7\ncfn=leaf\ncalls=1 90\n30 50\n"
                           "fn=leaf\n90 50\n",
                    HEADER "fn=find\n10 1\n20 40\n21 900\n31 7\ncfn=leaf\ncalls=3 91\n"
                           "31 150\nfn=leaf\n91 150\n");
}

static void unchanged_lines_are_joined(void **state)
{
    struct comparing *comparing = *state;
    compare(comparing);

    const struct line_diff *moved = find_line(comparing, 30, 31);
    assert_false(moved->is_changed);
    assert_true(moved->is_in_tree);
    assert_int_equal(moved->sides[SIDE_BASE].self, 7);
    assert_int_equal(moved->sides[SIDE_HEAD].called, 150);
    assert_close(line_difference(moved), 100, 0);
    assert_close(line_self_difference(moved), 0, 0);
    find_line(comparing, 10, 10);
    assert_int_equal(comparing->pair.lines.count, 6);
}

static void lines_put_in_and_taken_out_stand_alone(void **state)
{
    struct comparing *comparing = *state;
    compare(comparing);

    assert_true(find_line(comparing, 20, 0)->is_changed);
    assert_true(find_line(comparing, 0, 20)->is_changed);
    assert_int_equal(find_line(comparing, 0, 21)->sides[SIDE_HEAD].self, 900);
    const struct line_diff *hottest =
        line_diffs_hottest(&comparing->pair.lines, &comparing->pair.diff, 0);
    assert_ptr_equal(hottest, find_line(comparing, 0, 21));
}

static void edited_is_what_ran_a_changed_line(void **state)
{
    struct comparing *comparing = *state;
    compare(comparing);
    const struct function_diff *items = comparing->pair.diff.functions.items;
    assert_string_equal(items[0].name, "find");
    assert_true(comparing->pair.is_edited[0]);
    assert_false(comparing->pair.is_edited[1]);
}

/* A line that never ran, between two lines of find: it is find that is edited, and not
 * leaf behind it; one behind all lines is nobody's. */
static void edited_is_what_has_lines_around_the_change(void **state)
{
    struct comparing *comparing = *state;
    static const char text[] =
        HEADER "fn=find\n10 1\n30 7\ncfn=leaf\ncalls=1 90\n30 50\nfn=leaf\n90 50\n";
    comparing_edit(comparing, "find.c", (struct line_range){ 19, 0 },
                   (struct line_range){ 20, 1 });
    comparing_edit(comparing, "find.c", (struct line_range){ 60, 1 },
                   (struct line_range){ 61, 1 });
    comparing_texts(comparing, text, text);
    assert_true(comparing->pair.is_edited[comparing_item(comparing, "find") -
                                          comparing->pair.diff.functions.items]);
    assert_false(comparing->pair.is_edited[comparing_item(comparing, "leaf") -
                                           comparing->pair.diff.functions.items]);
}

static void lines_taken_out_edit_what_had_them(void **state)
{
    struct comparing *comparing = *state;
    comparing_edit(comparing, "find.c", (struct line_range){ 20, 5 },
                   (struct line_range){ 19, 0 });
    comparing_texts(comparing, HEADER "fn=find\n10 1\n22 9\n30 7\n",
                    HEADER "fn=find\n10 1\n25 7\n");
    assert_true(comparing->pair.is_edited[0]);
    assert_true(find_line(comparing, 22, 0)->is_changed);
    find_line(comparing, 30, 25);
}

static void without_lines_git_says_what_is_edited(void **state)
{
    struct comparing *comparing = *state;
    static const char text[] = "events: Ir\npositions: line\nob=/tree/program\nfl=???\n"
                               "fn=find\n0 5\nfn=find_all\n0 6\n";
    const struct hunk_spec hunk = { .old_path = "find.c",
                                    .new_path = "find.c",
                                    .old_lines = { 5, 1 },
                                    .new_lines = { 5, 1 },
                                    .enclosing = "static int find(const char *name)" };
    comparing_add_hunk(comparing, &hunk);
    comparing_texts(comparing, text, text);
    const struct function_diff *items = comparing->pair.diff.functions.items;
    assert_true(comparing->pair.is_edited[comparing_item(comparing, "find") - items]);
    assert_false(
        comparing->pair.is_edited[comparing_item(comparing, "find_all") - items]);
    assert_false(comparing->pair.has_lines);
}

/* Head inlines leaf, whose code the change edits: its host is edited. */
static void what_was_inlined_edits_its_host(void **state)
{
    struct comparing *comparing = *state;
    comparing_edit(comparing, "find.c", (struct line_range){ 90, 1 },
                   (struct line_range){ 90, 1 });
    comparing_texts(comparing,
                    HEADER "fn=find\n10 1\n30 7\ncfn=leaf\ncalls=1 90\n30 50\n"
                           "fn=leaf\n90 50\n",
                    HEADER "fn=find\n10 1\n30 7\n90 55\n");
    assert_int_equal(comparing->pair.diff.shown_count, 1);
    assert_true(comparing->pair.is_edited[0]);
    assert_int_equal(find_line(comparing, 0, 90)->item, 0);
    assert_int_equal(find_line(comparing, 90, 0)->item, 0);
}

static void lines_of_renamed_files_are_joined(void **state)
{
    struct comparing *comparing = *state;
    const struct hunk_spec rename = { .old_path = "find.c",
                                      .new_path = "lib/find.c",
                                      .old_lines = { 10, 1 },
                                      .new_lines = { 10, 3 } };
    comparing_add_hunk(comparing, &rename);
    comparing_texts(comparing, HEADER "fn=find\n10 1\n30 7\n",
                    "events: Ir\nob=/tree/program\nfl=/tree/lib/find.c\n"
                    "fn=find\n10 1\n32 9\n");
    assert_string_equal(find_line(comparing, 30, 32)->file, "lib/find.c");
    assert_string_equal(find_line(comparing, 10, 0)->file, "find.c");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COMPARING_FACT(unchanged_lines_are_joined),
        COMPARING_FACT(lines_put_in_and_taken_out_stand_alone),
        COMPARING_FACT(edited_is_what_ran_a_changed_line),
        COMPARING_FACT(edited_is_what_has_lines_around_the_change),
        COMPARING_FACT(lines_taken_out_edit_what_had_them),
        COMPARING_FACT(without_lines_git_says_what_is_edited),
        COMPARING_FACT(what_was_inlined_edits_its_host),
        COMPARING_FACT(lines_of_renamed_files_are_joined),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
