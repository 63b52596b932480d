/* The table of live memory, against a list that is kept beside it. */
#include <stdint.h>

#include "gate/base/random.h"
#include "runners/alloc/live_table.h"
#include "tests/support/check.h"

/* Addresses are numbers here; nothing is read through them. Blocks of 16 bytes in a row
 * are what an allocator gives out. */
static void *address_of(size_t i)
{
    return (void *)(uintptr_t)(0x10000 + 16 * i); /* NOLINT(performance-no-int-to-ptr) */
}

static void what_was_added_is_removed_once(void **state)
{
    size_t size = 0;
    (void)state;
    assert_false(live_table_remove(address_of(0), &size));
    assert_true(live_table_add(address_of(0), 24));
    assert_true(live_table_remove(address_of(0), &size));
    assert_int_equal(size, 24);
    assert_false(live_table_remove(address_of(0), &size));
}

/* Half a million turns over 20,000 addresses: tables grow, and gaps close. */
static void a_long_life_of_adding_and_removing_loses_nothing(void **state)
{
    enum {
        ADDRESSES = 20000,
        TURNS = 500000
    };
    static size_t sizes[ADDRESSES]; /* 0: not live */
    (void)state;
    for (uint64_t turn = 0; turn < TURNS; turn++) {
        size_t i = random_below_at(1, 2, turn, ADDRESSES);
        size_t size = 0;
        if (sizes[i]) {
            assert_true(live_table_remove(address_of(i), &size));
            assert_int_equal(size, sizes[i]);
            sizes[i] = 0;
        } else {
            assert_false(live_table_remove(address_of(i), &size));
            sizes[i] = turn + 1;
            assert_true(live_table_add(address_of(i), sizes[i]));
        }
    }
    for (size_t i = 0; i < ADDRESSES; i++) {
        size_t size = 0;
        assert_int_equal(live_table_remove(address_of(i), &size), sizes[i] != 0);
        assert_int_equal(size, sizes[i]);
    }
}

static void it_works_on_after_being_locked_for_a_fork(void **state)
{
    size_t size = 0;
    (void)state;
    live_table_lock();
    live_table_unlock();
    assert_true(live_table_add(address_of(1), 8));
    assert_true(live_table_remove(address_of(1), &size));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_added_is_removed_once),
        cmocka_unit_test(a_long_life_of_adding_and_removing_loses_nothing),
        cmocka_unit_test(it_works_on_after_being_locked_for_a_fork),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
