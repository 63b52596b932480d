/* Profiles by hand, so that what each frame must cost can be told from the rule in
 * flame_tree.h. */
#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/explain/flame_tree.h"
#include "tests/unit/explain/comparing.h"
#include "tests/unit/explain/flames.h"

#define HEADER                  "events: Ir\nob=/tree/program\nfl=/tree/a.c\n"
#define FUNCTION(name, self)    "fn=" name "\n1 " self "\n"
#define CALL(name, times, cost) "cfn=" name "\ncalls=" times " 1\n1 " cost "\n"

static void make_tree(struct comparing *comparing,
                      struct flame_tree *tree,
                      const char *base,
                      const char *head)
{
    comparing_texts(comparing, base, head);
    flame_tree_make(tree, &comparing->pair.diff);
    flame_assert_sums(tree);
}

/* helper's 400 are 100 for a and 300 for b, so leaf's 300 are 75 and 225. */
static void costs_go_down_the_calls_in_proportion(void **state)
{
    static const char text[] = HEADER FUNCTION("main", "10") CALL("a", "1", "110")
        CALL("b", "1", "320") FUNCTION("a", "10") CALL("helper", "1", "100")
            FUNCTION("b", "20") CALL("helper", "3", "300") FUNCTION("helper", "100")
                CALL("leaf", "9", "300") FUNCTION("leaf", "300");
    AUTO_FLAME_TREE struct flame_tree tree = { 0 };
    make_tree(*state, &tree, text, text);

    assert_int_equal(tree.frames.count, 8);
    assert_close(tree.frames.items[0].inclusive[SIDE_BASE], 440, 1e-9);
    assert_close(FLAME_AT(&tree, "main")->self[SIDE_HEAD], 10, 1e-9);
    assert_close(FLAME_AT(&tree, "main", "a", "helper")->self[SIDE_HEAD], 25, 1e-9);
    assert_close(FLAME_AT(&tree, "main", "a", "helper", "leaf")->self[SIDE_HEAD], 75,
                 1e-9);
    assert_close(FLAME_AT(&tree, "main", "b", "helper", "leaf")->self[SIDE_BASE], 225,
                 1e-9);
    assert_true(FLAME_AT(&tree, "main")->is_in_tree);
}

static void frames_stand_by_their_size(void **state)
{
    static const char text[] = HEADER FUNCTION("main", "10") CALL("a", "1", "50")
        CALL("b", "1", "70") FUNCTION("a", "50") FUNCTION("b", "70");
    AUTO_FLAME_TREE struct flame_tree tree = { 0 };
    make_tree(*state, &tree, text, text);
    assert_int_equal(tree.frames.count, 4);
    assert_int_equal(tree.frames.items[0].kind, FLAME_ALL);
    assert_string_equal(tree.frames.items[1].name, "main");
    assert_string_equal(tree.frames.items[2].name, "b");
    assert_string_equal(tree.frames.items[3].name, "a");
}

static void both_sides_share_their_frames(void **state)
{
    AUTO_FLAME_TREE struct flame_tree tree = { 0 };
    make_tree(*state, &tree,
              HEADER FUNCTION("main", "10") CALL("find", "1", "50") CALL("old", "1", "30")
                  FUNCTION("find", "50") FUNCTION("old", "30"),
              HEADER FUNCTION("main", "10") CALL("find", "1", "90")
                  FUNCTION("find", "90"));

    assert_close(FLAME_AT(&tree, "main")->inclusive[SIDE_BASE], 90, 1e-9);
    assert_close(FLAME_AT(&tree, "main")->inclusive[SIDE_HEAD], 100, 1e-9);
    assert_close(FLAME_AT(&tree, "main", "find")->inclusive[SIDE_BASE], 50, 1e-9);
    assert_close(FLAME_AT(&tree, "main", "find")->inclusive[SIDE_HEAD], 90, 1e-9);
    assert_close(FLAME_AT(&tree, "main", "old")->inclusive[SIDE_BASE], 30, 1e-9);
    assert_close(FLAME_AT(&tree, "main", "old")->inclusive[SIDE_HEAD], 0, 0);
}

static void what_calls_itself_has_one_frame(void **state)
{
    static const char text[] = HEADER FUNCTION("main", "10") CALL("fib", "1", "500")
        FUNCTION("fib", "500") CALL("fib", "40", "3000");
    AUTO_FLAME_TREE struct flame_tree tree = { 0 };
    make_tree(*state, &tree, text, text);
    assert_int_equal(tree.frames.count, 3);
    assert_close(FLAME_AT(&tree, "main", "fib")->self[SIDE_BASE], 500, 1e-9);
}

/* is_odd and is_even call each other; nothing is lost or counted twice for it. */
static void circles_of_calls_are_cut(void **state)
{
    static const char text[] = HEADER FUNCTION("main", "10") CALL("is_even", "1", "500")
        FUNCTION("is_even", "300") CALL("is_odd", "5", "900") FUNCTION("is_odd", "200")
            CALL("is_even", "4", "700");
    AUTO_FLAME_TREE struct flame_tree tree = { 0 };
    make_tree(*state, &tree, text, text);
    assert_int_equal(tree.frames.count, 4);
    assert_close(FLAME_AT(&tree, "main")->inclusive[SIDE_BASE], 510, 1e-9);
    assert_close(FLAME_AT(&tree, "main", "is_even")->inclusive[SIDE_BASE], 500, 1e-9);
    assert_true(FLAME_AT(&tree, "main", "is_even", "is_odd")->self[SIDE_BASE] > 0);
}

/* Nobody calls it from outside: the circle is the whole run. */
static void a_circle_without_an_entry_is_drawn_too(void **state)
{
    static const char text[] = HEADER FUNCTION("a", "300") CALL("b", "5", "900")
        FUNCTION("b", "200") CALL("a", "4", "700");
    AUTO_FLAME_TREE struct flame_tree tree = { 0 };
    make_tree(*state, &tree, text, text);
    assert_close(FLAME_AT(&tree, "a")->inclusive[SIDE_BASE], 500, 1e-9);
    assert_close(FLAME_AT(&tree, "a")->self[SIDE_BASE] +
                     FLAME_AT(&tree, "a", "b")->self[SIDE_BASE],
                 500, 1e-9);
}

/* 0.1 % of 100,000 is 100: of either side, so that what went away is shown. */
static void small_frames_are_others(void **state)
{
    static const char base[] = HEADER FUNCTION("main", "99450") CALL("a", "1", "100")
        CALL("b", "1", "99") CALL("c", "1", "51") FUNCTION("a", "100") FUNCTION("b", "99")
            FUNCTION("c", "51");
    static const char head[] = HEADER FUNCTION("main", "99799") CALL("a", "1", "1")
        CALL("b", "1", "99") CALL("d", "2", "101") FUNCTION("a", "1") FUNCTION("b", "99")
            FUNCTION("d", "101");
    AUTO_FLAME_TREE struct flame_tree tree = { 0 };
    make_tree(*state, &tree, base, head);

    assert_int_equal(tree.frames.count, 5);
    assert_close(FLAME_AT(&tree, "main", "a")->inclusive[SIDE_HEAD], 1, 1e-9);
    assert_close(FLAME_AT(&tree, "main", "d")->inclusive[SIDE_HEAD], 101, 1e-9);
    const struct flame_frame *others = &tree.frames.items[4];
    assert_int_equal(others->kind, FLAME_OTHERS);
    assert_int_equal(others->merged_count, 2);
    assert_null(others->name);
    assert_close(others->inclusive[SIDE_BASE], 150, 1e-9);
    assert_close(others->inclusive[SIDE_HEAD], 99, 1e-9);
}

/* So many functions that call two others each, in layers: far more ways down than frames.
 */
static void there_are_a_thousand_frames_at_most(void **state)
{
    enum {
        LAYERS = 40
    };
    AUTO_STR struct str text = STR_INIT;
    AUTO_FLAME_TREE struct flame_tree tree = { 0 };
    str_add(&text, HEADER);
    for (int i = 0; i < LAYERS; i++)
        for (int k = 0; k < 2; k++) {
            str_addf(&text, "fn=f%d_%d\n1 1000\n", i, k);
            for (int c = 0; c < 2 && i + 1 < LAYERS; c++)
                str_addf(&text, "cfn=f%d_%d\ncalls=1 1\n1 %d\n", i + 1, c,
                         500 * (LAYERS - i - 1));
        }
    make_tree(*state, &tree, text.data, text.data);

    size_t functions = 0;
    for (size_t i = 0; i < tree.frames.count; i++)
        functions += tree.frames.items[i].kind != FLAME_OTHERS;
    assert_int_equal(functions, FLAME_MOST_FRAMES);
    assert_true(tree.frames.count > FLAME_MOST_FRAMES);
    assert_close(tree.frames.items[0].inclusive[SIDE_BASE], 2 * LAYERS * 1000, 1e-6);
}

static void deep_calls_need_no_stack(void **state)
{
    AUTO_STR struct str text = STR_INIT;
    AUTO_FLAME_TREE struct flame_tree tree = { 0 };
    str_add(&text, HEADER);
    for (int i = 0; i < 5000; i++)
        str_addf(&text, "fn=f%d\n1 1\ncfn=f%d\ncalls=1 1\n1 %d\n", i, i + 1, 5000 - i);
    str_add(&text, FUNCTION("f5000", "1"));
    make_tree(*state, &tree, text.data, text.data);
    assert_int_equal(tree.frames.count, FLAME_MOST_FRAMES + 1);
    assert_int_equal(tree.frames.items[FLAME_MOST_FRAMES].depth, FLAME_MOST_FRAMES);
}

/* Two threads and a library, by valgrind: made by tests/data/callgrind/make.sh. */
static void a_real_profile_keeps_its_total(void **state)
{
    AUTO_FLAME_TREE struct flame_tree tree = { 0 };
    AUTO_FREE char *path =
        str_format("%s/data/callgrind/threads.out", getenv("PAWL_TEST_DATA"));
    comparing_add_file(*state, SIDE_BASE, path, NULL);
    comparing_add_file(*state, SIDE_HEAD, path, NULL);
    comparing_finish(*state);
    flame_tree_make(&tree, &((struct comparing *)*state)->pair.diff);
    flame_assert_sums(&tree);
    assert_true(tree.frames.count > 10);
    assert_close(tree.frames.items[0].inclusive[SIDE_HEAD],
                 (double)((struct comparing *)*state)->pair.costs[SIDE_HEAD].total, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COMPARING_FACT(costs_go_down_the_calls_in_proportion),
        COMPARING_FACT(frames_stand_by_their_size),
        COMPARING_FACT(both_sides_share_their_frames),
        COMPARING_FACT(what_calls_itself_has_one_frame),
        COMPARING_FACT(circles_of_calls_are_cut),
        COMPARING_FACT(a_circle_without_an_entry_is_drawn_too),
        COMPARING_FACT(small_frames_are_others),
        COMPARING_FACT(there_are_a_thousand_frames_at_most),
        COMPARING_FACT(deep_calls_need_no_stack),
        COMPARING_FACT(a_real_profile_keeps_its_total),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
