/* Flame graphs of samples: stacks by hand, and those of tests/data/perf, whose figures
 * are those of "perf report -g folded". */
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "runners/callgrind/profile.h"
#include "runners/perf/stack_tree.h"
#include "runners/perf/stacks.h"
#include "tests/unit/explain/comparing.h"
#include "tests/unit/explain/flames.h"

static void add_stacks(struct comparing *comparing, enum side side, const char *path)
{
    AUTO_PROFILE struct profile profile = { 0 };
    AUTO_STACK_TREE struct stack_tree stacks = { 0 };
    struct error err = { 0 };
    const struct tree_paths places = { .tree = "/tree" };
    struct costs *costs = &comparing->pair.costs[side];
    AUTO_FREE char *written = xstrdup(sandbox_file(comparing->sandbox, "profile"));
    if (stacks_convert(path, written, &stacks, &err) < 0 ||
        profile_read(written, &profile, &err) < 0 ||
        costs_add(costs, &profile, &places, &err) < 0)
        fail_msg("%s", err.message);
    call_paths_make(&comparing->pair.paths[side], &stacks, costs, &places);
}

static void make(struct comparing *comparing, struct flame_tree *tree)
{
    comparing->pair.is_sampled = true;
    comparing_finish(comparing);
    flame_tree_make_sampled(tree, &comparing->pair.diff, comparing->pair.paths);
    flame_assert_sums(tree);
    assert_true(tree->is_sampled);
}

static void make_tree(struct comparing *comparing,
                      struct flame_tree *tree,
                      const char *base,
                      const char *head)
{
    const char *const texts[SIDE_COUNT] = { base, head };
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        sandbox_write(comparing->sandbox, "stacks", texts[side]);
        AUTO_FREE char *path = xstrdup(sandbox_file(comparing->sandbox, "stacks"));
        add_stacks(comparing, side, path);
    }
    make(comparing, tree);
}

static void make_recorded(struct comparing *comparing, struct flame_tree *tree)
{
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        AUTO_FREE char *path =
            str_format("%s/data/perf/%s.txt", getenv("PAWL_TEST_DATA"), side_names[side]);
        add_stacks(comparing, side, path);
    }
    make(comparing, tree);
}

#define RECORDED(tree, ...)                                                             \
    FLAME_AT(tree, "_start", "__libc_start_main@@GLIBC_2.34", "__libc_start_call_main", \
             "main", __VA_ARGS__)

static void
check_frame(const struct flame_frame *frame, double base_self, double head_self)
{
    assert_close(frame->self[SIDE_BASE], base_self, 0);
    assert_close(frame->self[SIDE_HEAD], head_self, 0);
}

/* In proportion, helper would have the same share below each of its callers. */
static void a_function_has_below_each_caller_what_was_sampled_there(void **state)
{
    AUTO_FLAME_TREE struct flame_tree tree = { 0 };
    make_recorded(*state, &tree);

    check_frame(RECORDED(&tree, "print_all", "helper"), 28, 75);
    check_frame(RECORDED(&tree, "read_all", "helper"), 26, 23);
    check_frame(RECORDED(&tree, "walk", "helper"), 1, 5);
    assert_close(tree.frames.items[0].inclusive[SIDE_BASE], 68, 0);
    assert_close(tree.frames.items[0].inclusive[SIDE_HEAD], 119, 0);
}

static void what_calls_itself_stands_below_itself(void **state)
{
    AUTO_FLAME_TREE struct flame_tree tree = { 0 };
    make_recorded(*state, &tree);

    check_frame(RECORDED(&tree, "walk", "walk", "helper"), 8, 9);
    check_frame(RECORDED(&tree, "walk", "walk", "walk", "helper"), 5, 7);
    assert_close(RECORDED(&tree, "walk")->inclusive[SIDE_BASE], 14, 0);
}

static void the_file_is_that_of_its_lines(void **state)
{
    AUTO_FLAME_TREE struct flame_tree tree = { 0 };
    make_recorded(*state, &tree);

    assert_string_equal(RECORDED(&tree, "walk")->file, "stacks.c");
    assert_true(RECORDED(&tree, "walk")->is_in_tree);
    const struct flame_frame *start =
        FLAME_AT(&tree, "_start", "__libc_start_main@@GLIBC_2.34");
    assert_string_equal(start->file, "/usr/lib/x86_64-linux-gnu/libc.so.6");
    assert_false(start->is_in_tree);
}

/* Neither has lines. */
static void without_lines_it_is_the_project_s_by_its_program(void **state)
{
    static const char text[] = "1 1 \n\t1 strlen (/lib/c.so)\n\t1 main (/tree/p)\n\n";
    AUTO_FLAME_TREE struct flame_tree tree = { 0 };
    make_tree(*state, &tree, text, text);

    assert_true(FLAME_AT(&tree, "main")->is_in_tree);
    assert_false(FLAME_AT(&tree, "main", "strlen")->is_in_tree);
}

static void what_one_side_has_is_nothing_on_the_other(void **state)
{
    AUTO_FLAME_TREE struct flame_tree tree = { 0 };
    make_tree(*state, &tree, "",
              "1 1 \n\t1 a (/tree/p)\n\t1 main (/tree/p)\n\n"
              "1 1 \n\t1 main (/tree/p)\n\n");

    check_frame(FLAME_AT(&tree, "main"), 0, 1);
    check_frame(FLAME_AT(&tree, "main", "a"), 0, 1);
    assert_int_equal(tree.frames.count, 3);
}

static void add_sample(struct str *text, const char *leaf, int number, size_t times)
{
    for (size_t i = 0; i < times; i++)
        str_addf(text, "1 1 \n\t1 %s%d (/tree/p)\n\t1 main (/tree/p)\n\n", leaf, number);
}

/* 0.1 % of 4,000 is 4. What is below an "other" is not counted again. */
static void small_frames_are_others(void **state)
{
    AUTO_FLAME_TREE struct flame_tree tree = { 0 };
    AUTO_STR struct str text = STR_INIT;
    add_sample(&text, "f", 0, 3990);
    add_sample(&text, "f", 1, 4);
    add_sample(&text, "f", 2, 3);
    str_add(&text, "1 1 \n\t1 deep (/tree/p)\n\t1 f3 (/tree/p)\n\t1 main (/tree/p)\n\n");
    add_sample(&text, "f", 3, 2);
    make_tree(*state, &tree, text.data, text.data);

    check_frame(FLAME_AT(&tree, "main", "f1"), 4, 4);
    const struct flame_frame *others = &tree.frames.items[tree.frames.count - 1];
    assert_int_equal(others->kind, FLAME_OTHERS);
    assert_int_equal(others->merged_count, 2);
    assert_close(others->inclusive[SIDE_HEAD], 6, 0);
    assert_int_equal(tree.frames.count, 5);
}

/* One stack of so many functions, as deep as they are. */
static void the_outermost_thousand_of_a_deep_stack_are_drawn(void **state)
{
    AUTO_FLAME_TREE struct flame_tree tree = { 0 };
    AUTO_STR struct str text = STR_INIT;
    str_add(&text, "1 1 \n");
    for (int i = 3000; i-- > 0;)
        str_addf(&text, "\t1 f%d (/tree/p)\n", i);
    str_add(&text, "\n");
    make_tree(*state, &tree, text.data, text.data);

    assert_int_equal(tree.frames.count, FLAME_MOST_FRAMES + 1);
    assert_string_equal(tree.frames.items[FLAME_MOST_FRAMES - 1].name, "f998");
    assert_int_equal(tree.frames.items[FLAME_MOST_FRAMES].kind, FLAME_OTHERS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COMPARING_FACT(a_function_has_below_each_caller_what_was_sampled_there),
        COMPARING_FACT(what_calls_itself_stands_below_itself),
        COMPARING_FACT(the_file_is_that_of_its_lines),
        COMPARING_FACT(without_lines_it_is_the_project_s_by_its_program),
        COMPARING_FACT(what_one_side_has_is_nothing_on_the_other),
        COMPARING_FACT(small_frames_are_others),
        COMPARING_FACT(the_outermost_thousand_of_a_deep_stack_are_drawn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
