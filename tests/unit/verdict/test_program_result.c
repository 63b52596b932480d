#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/verdict/program_result.h"
#include "tests/support/check.h"

/* Both sides have text of so many bytes, and other parts that do not differ. */
static struct program_result of_text(int64_t base_bytes, int64_t head_bytes)
{
    const struct program_side same = {
        .is_there = true, .has_parts = true, .file_bytes = 90000, .data_bytes = 800
    };
    struct program_result program = { .sides = { same, same } };
    program.sides[SIDE_BASE].text_bytes = base_bytes;
    program.sides[SIDE_HEAD].text_bytes = head_bytes;
    return program;
}

static void code_moves_by_a_hundredth_and_a_page(void **state)
{
    static const struct {
        int64_t base;
        int64_t head;
        bool has_moved;
    } cases[] = {
        { 50000, 50000, false },
        { 50000, 54095, false },
        { 50000, 54096, true },
        { 54096, 50000, true },
        { 0, 4096, true },
        { 1000000, 1009999, false },
        { 1000000, 1010000, true },
        { 1000000, 990000, true },
        { INT64_MIN, INT64_MAX, true },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct program_result program = of_text(cases[i].base, cases[i].head);
        if (program_code_moved(&program) != cases[i].has_moved)
            fail_msg("%lld to %lld", (long long)cases[i].base, (long long)cases[i].head);
    }
}

static void scripts_and_what_one_side_lacks_have_no_code(void **state)
{
    struct program_result script = of_text(0, 90000);
    struct program_result new_program = of_text(0, 90000);
    (void)state;
    script.sides[SIDE_BASE].has_parts = false;
    new_program.sides[SIDE_BASE] = (struct program_side){ 0 };

    assert_false(program_code_moved(&script));
    assert_false(program_code_moved(&new_program));
    assert_true(program_differs(&script));
    assert_true(program_differs(&new_program));
}

static void any_part_makes_a_difference(void **state)
{
    struct program_result items[6];
    const struct program_results programs = { .items = items, .count = 6 };
    (void)state;
    for (size_t i = 0; i < 6; i++)
        items[i] = of_text(50000, 50000);
    items[1].sides[SIDE_HEAD].file_bytes++;
    items[2].sides[SIDE_HEAD].text_bytes--;
    items[3].sides[SIDE_HEAD].data_bytes++;
    items[4].sides[SIDE_BASE].bss_bytes++;

    assert_false(program_differs(&items[0]));
    assert_int_equal(program_results_differing(&programs), 4);
}

static void add(struct program_results *programs, const char *name, int64_t text_bytes)
{
    struct program_result *program = array_push(programs);
    *program = of_text(text_bytes, text_bytes);
    program->name = xstrdup(name);
}

static void united_each_stands_once_and_in_order(void **state)
{
    AUTO(program_results_clear) struct program_results to = { 0 };
    struct program_results from = { 0 };
    (void)state;
    program_results_unite(&to, &from);
    assert_int_equal(to.count, 0);
    add(&to, "b", 1);
    add(&to, "d", 1);
    add(&from, "a", 2);
    add(&from, "b", 2);
    add(&from, "c", 2);

    program_results_unite(&to, &from);

    assert_int_equal(from.count, 0);
    assert_int_equal(to.count, 4);
    AUTO_STR struct str found = STR_INIT;
    for (size_t i = 0; i < to.count; i++)
        str_addf(&found, "%s%d ", to.items[i].name,
                 (int)to.items[i].sides[SIDE_BASE].text_bytes);
    assert_string_equal(found.data, "a2 b1 c2 d1 ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(code_moves_by_a_hundredth_and_a_page),
        cmocka_unit_test(scripts_and_what_one_side_lacks_have_no_code),
        cmocka_unit_test(any_part_makes_a_difference),
        cmocka_unit_test(united_each_stands_once_and_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
