#include "gate/base/error.h"
#include "gate/base/random.h"
#include "tests/support/check.h"

static void draws_depend_on_seed_stream_and_index_alone(void **state)
{
    (void)state;

    assert_true(random_at(1, 2, 3) == random_at(1, 2, 3));
    assert_false(random_at(1, 2, 3) == random_at(2, 2, 3));
    assert_false(random_at(1, 2, 3) == random_at(1, 3, 3));
    assert_false(random_at(1, 2, 3) == random_at(1, 2, 4));
}

/* 100,000 fair coins: 5 standard deviations are 790. */
static void coins_are_fair(void **state)
{
    int heads = 0;

    (void)state;
    for (uint64_t i = 0; i < 100000; i++)
        heads += (int)(random_at(42, 7, i) >> 63);

    assert_in_range(heads, 49210, 50790);
}

/* Agreement of neighbouring seeds and of neighbouring streams is a fair coin too. */
static void neighbouring_streams_are_independent(void **state)
{
    int by_seed = 0;
    int by_stream = 0;

    (void)state;
    for (uint64_t i = 0; i < 100000; i++) {
        by_seed += (random_at(1, 7, i) ^ random_at(2, 7, i)) >> 63 ? 1 : 0;
        by_stream += (random_at(1, 7, i) ^ random_at(1, 8, i)) >> 63 ? 1 : 0;
    }

    assert_in_range(by_seed, 49210, 50790);
    assert_in_range(by_stream, 49210, 50790);
}

static void limited_draws_reach_every_value(void **state)
{
    int seen[6] = { 0 };

    (void)state;
    for (uint64_t i = 0; i < 6000; i++)
        seen[random_below_at(3, 4, i, 6)]++;

    for (int value = 0; value < 6; value++)
        assert_in_range(seen[value], 850, 1150);
}

/* From the FNV specification's test vectors. */
static void stream_of_a_name_is_fnv_1a(void **state)
{
    (void)state;

    assert_true(random_stream_of("") == 0xcbf29ce484222325U);
    assert_true(random_stream_of("a") == 0xaf63dc4c8601ec8cU);
    assert_true(random_stream_of("foobar") == 0x85944171f73967e8U);
}

static void seeds_differ_and_fit_in_json(void **state)
{
    struct error err = { 0 };
    uint64_t first = 0;
    uint64_t second = 0;

    (void)state;
    assert_int_equal(random_seed(&first, &err), 0);
    assert_int_equal(random_seed(&second, &err), 0);

    assert_false(first == second);
    assert_true(first < (1ULL << 48));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(draws_depend_on_seed_stream_and_index_alone),
        cmocka_unit_test(coins_are_fair),
        cmocka_unit_test(neighbouring_streams_are_independent),
        cmocka_unit_test(limited_draws_reach_every_value),
        cmocka_unit_test(stream_of_a_name_is_fnv_1a),
        cmocka_unit_test(seeds_differ_and_fit_in_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
