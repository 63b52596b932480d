#include "gate/base/alloc.h"
#include "gate/base/strvec.h"
#include "tests/support/check.h"

static void list_ends_with_null(void **state)
{
    AUTO_STRVEC struct strvec vec = { 0 };

    (void)state;
    for (int i = 0; i < 20; i++) {
        strvec_pushf(&vec, "item %d", i);
        assert_null(vec.items[vec.count]);
    }

    assert_string_equal(vec.items[19], "item 19");
}

static void copies_are_independent(void **state)
{
    AUTO_STRVEC struct strvec from = { 0 };
    AUTO_STRVEC struct strvec to = { 0 };

    (void)state;
    strvec_push(&from, "a");
    strvec_push(&to, "old");
    strvec_copy(&to, &from);
    strvec_clear(&from);

    assert_int_equal(to.count, 1);
    assert_string_equal(to.items[0], "a");
}

static void sorted_items_are_joined_in_order(void **state)
{
    AUTO_STRVEC struct strvec vec = { 0 };

    (void)state;
    strvec_push(&vec, "b");
    strvec_push(&vec, "a");
    strvec_push(&vec, "B");
    strvec_sort(&vec);
    AUTO_FREE char *joined = strvec_join(&vec, ", ");

    assert_string_equal(joined, "B, a, b");
}

static void empty_list_joins_to_nothing(void **state)
{
    struct strvec vec = { 0 };

    (void)state;
    strvec_sort(&vec);
    AUTO_FREE char *joined = strvec_join(&vec, ", ");

    assert_string_equal(joined, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(list_ends_with_null),
        cmocka_unit_test(copies_are_independent),
        cmocka_unit_test(sorted_items_are_joined_in_order),
        cmocka_unit_test(empty_list_joins_to_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
