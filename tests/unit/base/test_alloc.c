#include <string.h>

#include "gate/base/array.h"
#include "tests/support/check.h"

struct numbers {
    int *items;
    size_t count;
    size_t capacity;
};

static void memory_is_zeroed_even_for_no_items(void **state)
{
    (void)state;
    AUTO_FREE char *memory = xcalloc(0, 0);

    assert_int_equal(memory[0], 0);
}

static void copy_of_null_is_null(void **state)
{
    (void)state;

    assert_null(xstrdup(NULL));
}

static void copy_ends_where_it_is_cut(void **state)
{
    (void)state;
    AUTO_FREE char *copy = xstrndup("CASE-000001", 4);

    assert_string_equal(copy, "CASE");
}

static void pushed_items_stay_and_new_ones_are_zero(void **state)
{
    struct numbers numbers = { 0 };

    (void)state;
    for (int i = 0; i < 100; i++) {
        int *pushed = array_push(&numbers);
        assert_int_equal(*pushed, 0);
        *pushed = i;
    }

    assert_int_equal(numbers.count, 100);
    assert_int_equal(numbers.items[0], 0);
    assert_int_equal(numbers.items[99], 99);
    array_clear(&numbers);
    assert_int_equal(numbers.capacity, 0);
    assert_null(numbers.items);
}

static void room_for_many_is_made_at_once(void **state)
{
    size_t capacity = 0;

    (void)state;
    AUTO_FREE int *items = array_room(NULL, &capacity, 1000, sizeof(int));

    assert_true(capacity >= 1000);
    assert_int_equal(items[999], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_even_for_no_items),
        cmocka_unit_test(copy_of_null_is_null),
        cmocka_unit_test(copy_ends_where_it_is_cut),
        cmocka_unit_test(pushed_items_stay_and_new_ones_are_zero),
        cmocka_unit_test(room_for_many_is_made_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
