#include "gate/base/random.h"
#include "runners/case-tracker/case_index.h"
#include "runners/case-tracker/case_list.h"
#include "tests/support/check.h"

struct indexed {
    struct case_list cases;
    struct case_index index;
};

static bool add(struct indexed *indexed, uint64_t number)
{
    const struct case_record record = { .number = number, .title = "t" };
    case_list_append(&indexed->cases, &record);
    return case_index_add(&indexed->index, &indexed->cases, indexed->cases.count - 1);
}

static void clear(struct indexed *indexed)
{
    case_list_clear(&indexed->cases);
    case_index_clear(&indexed->index);
}

/* Multiples of 2^40 would all fall into one slot under a hash of the low bits. */
static uint64_t number_at(size_t i)
{
    return i % 2 ? (uint64_t)i << 20 : random_at(1, 0, i) % 1000000007 + 1000000000;
}

static void every_case_is_found_at_its_position(void **state)
{
    struct indexed indexed = { 0 };
    (void)state;
    for (size_t i = 0; i < 5000; i++)
        assert_true(add(&indexed, number_at(i)));
    for (size_t i = 0; i < 5000; i++)
        assert_int_equal(case_index_find(&indexed.index, &indexed.cases, number_at(i)),
                         i);
    clear(&indexed);
}

static void what_was_not_added_is_not_found(void **state)
{
    struct indexed indexed = { 0 };
    (void)state;
    assert_true(case_index_find(&indexed.index, &indexed.cases, 1) == CASE_NOT_FOUND);
    for (uint64_t number = 2; number <= 2000; number += 2)
        assert_true(add(&indexed, number));
    for (uint64_t number = 1; number <= 2001; number += 2)
        assert_true(case_index_find(&indexed.index, &indexed.cases, number) ==
                    CASE_NOT_FOUND);
    clear(&indexed);
}

static void a_number_twice_is_refused_and_the_first_stays(void **state)
{
    struct indexed indexed = { 0 };
    (void)state;
    for (uint64_t number = 1; number <= 100; number++)
        assert_true(add(&indexed, number));
    assert_false(add(&indexed, 50));
    assert_int_equal(case_index_find(&indexed.index, &indexed.cases, 50), 49);
    clear(&indexed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_case_is_found_at_its_position),
        cmocka_unit_test(what_was_not_added_is_not_found),
        cmocka_unit_test(a_number_twice_is_refused_and_the_first_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
