/* Against the definition: all patterns of signs, one by one. */
#include <math.h>

#include "gate/stats/sequential.h"
#include "gate/stats/sign_walk.h"
#include "tests/support/check.h"
#include "tests/unit/stats/noise.h"

enum {
    PAIRS = 12,
    PATTERNS = 1 << PAIRS,
    LOOKS = 4
};

static const size_t ends[LOOKS] = { 5, 6, 9, PAIRS };
static const double shares[LOOKS] = { 0.3, 0.45, 0.7, 1 };

/* Distances of three kinds: all different, many ties, ties and zeros. */
enum kind {
    KIND_DIFFERENT,
    KIND_TIED,
    KIND_TIED_WITH_ZEROS,
    KIND_COUNT
};

static double distance_of(enum kind kind, size_t pair)
{
    double distance = 1 + fabs(noise_normal(5, pair));
    if (kind == KIND_TIED)
        return floor(2 * distance);
    if (kind == KIND_TIED_WITH_ZEROS)
        return floor(2 * distance) - 2;
    return distance;
}

/* The row in which the bits of pattern say which pairs lie above the shift of 0. */
static void fill(double *d, enum kind kind, size_t pattern)
{
    for (size_t i = 0; i < PAIRS; i++)
        d[i] = (pattern >> i & 1 ? 1 : -1) * distance_of(kind, i);
}

static struct sign_walk walk_of(enum kind kind, size_t pattern, size_t looks)
{
    double d[PAIRS];
    struct sign_walk walk = { 0 };

    fill(d, kind, pattern);
    sign_walk_init(&walk, d, 0, ends, looks);
    return walk;
}

static void scores_are_ranks_among_what_the_first_look_saw(void **state)
{
    const double d[] = { -3, 1, 2, 0, 9, -9 };
    const size_t two_looks[] = { 4, 6 };
    const size_t ranks[] = { 4, 2, 3, 0 };
    struct sign_walk walk = { 0 };

    (void)state;
    sign_walk_init(&walk, d, 0, two_looks, 2);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(walk.scores[i], lround((double)ranks[i] / 5 * SIGN_WALK_LEVELS));
    assert_int_equal(walk.scores[4], lround(5.5 / 7 * SIGN_WALK_LEVELS));
    assert_int_equal(walk.scores[5], walk.scores[4]);
    assert_int_equal(walk.against[SIGN_ABOVE], walk.scores[0] + walk.scores[5]);
    assert_int_equal(walk.against[SIGN_BELOW],
                     walk.scores[1] + walk.scores[2] + walk.scores[4]);
}

static void tails_are_shares_of_all_patterns(void **state)
{
    (void)state;
    for (enum kind kind = 0; kind < KIND_COUNT; kind++) {
        struct sign_walk seen = walk_of(kind, 0xb7d, LOOKS);
        size_t as_little[SIGN_COUNT] = { 0 };
        for (size_t pattern = 0; pattern < PATTERNS; pattern++) {
            struct sign_walk walk = walk_of(kind, pattern, LOOKS);
            for (enum sign sign = 0; sign < SIGN_COUNT; sign++)
                as_little[sign] += walk.against[sign] <= seen.against[sign];
        }
        for (enum sign sign = 0; sign < SIGN_COUNT; sign++)
            assert_close(sign_walk_tail(&seen, sign), (double)as_little[sign] / PATTERNS,
                         1e-15);
    }
}

static bool has_crossed_by(enum kind kind, size_t pattern, size_t looks, double level)
{
    for (size_t look = 1; look <= looks; look++) {
        struct sign_walk walk = walk_of(kind, pattern, look);
        if (sign_walk_crosses(&walk, SIGN_ABOVE, level, shares))
            return true;
    }
    return false;
}

static double chance_to_cross_by(enum kind kind, size_t looks, double level)
{
    size_t crossed = 0;
    for (size_t pattern = 0; pattern < PATTERNS; pattern++)
        crossed += has_crossed_by(kind, pattern, looks, level);
    return (double)crossed / PATTERNS;
}

static void assert_shares_are_kept(enum kind kind, double level)
{
    for (size_t looks = 1; looks <= LOOKS; looks++)
        assert_true(chance_to_cross_by(kind, looks, level) <= level * shares[looks - 1]);
}

static void no_more_cross_up_to_a_look_than_its_share(void **state)
{
    (void)state;
    for (enum kind kind = 0; kind < KIND_COUNT; kind++) {
        assert_shares_are_kept(kind, 0.3);
        assert_shares_are_kept(kind, 0.1);
        assert_shares_are_kept(kind, 0.05);
        assert_shares_are_kept(kind, 0.01);
    }
}

/* The union bound would leave much more of it unused. */
static void nearly_the_whole_level_is_spent(void **state)
{
    (void)state;
    assert_true(chance_to_cross_by(KIND_DIFFERENT, LOOKS, 0.1) > 0.095);
    assert_true(chance_to_cross_by(KIND_DIFFERENT, LOOKS, 0.05) > 0.045);
}

static void a_tail_within_the_growth_of_the_share_crosses(void **state)
{
    const double level = 0.1;
    size_t sure = 0;

    (void)state;
    for (size_t pattern = 0; pattern < PATTERNS; pattern++) {
        struct sign_walk walk = walk_of(KIND_TIED, pattern, LOOKS);
        double tail = sign_walk_tail(&walk, SIGN_ABOVE);
        bool crosses = sign_walk_crosses(&walk, SIGN_ABOVE, level, shares);
        if (tail <= level * (shares[LOOKS - 1] - shares[LOOKS - 2])) {
            assert_true(crosses);
            sure++;
        }
        assert_false(crosses && tail > level);
    }
    assert_true(sure > 0);
}

static void nothing_but_zeros_never_crosses(void **state)
{
    const double d[PAIRS] = { 0 };
    struct sign_walk walk = { 0 };

    (void)state;
    sign_walk_init(&walk, d, 0, ends, LOOKS);
    assert_close(sign_walk_tail(&walk, SIGN_ABOVE), 1, 0);
    assert_false(sign_walk_crosses(&walk, SIGN_BELOW, 0.9, shares));
}

static double p_regressed(const double *d)
{
    struct sequential row = { 0 };
    sequential_init(&row, PAIRS);
    for (size_t look = 0; look < LOOKS; look++)
        sequential_look(&row, d, ends[look], 0, 0);
    return row.p_regressed;
}

/* The property that makes a p-value one, over all looks, at every step. */
static void p_values_are_no_oftener_small_than_they_say(void **state)
{
    enum {
        STEPS = 60
    };

    (void)state;
    for (enum kind kind = 0; kind < KIND_COUNT; kind++) {
        size_t at_most[STEPS] = { 0 };
        for (size_t pattern = 0; pattern < PATTERNS; pattern++) {
            double d[PAIRS];
            fill(d, kind, pattern);
            double p = p_regressed(d);
            for (size_t i = 0; i < STEPS; i++)
                at_most[i] += p <= pow(0.9, (double)i);
        }
        for (size_t i = 0; i < STEPS; i++)
            assert_true((double)at_most[i] / PATTERNS <= pow(0.9, (double)i));
        assert_true(at_most[STEPS / 2] > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scores_are_ranks_among_what_the_first_look_saw),
        cmocka_unit_test(tails_are_shares_of_all_patterns),
        cmocka_unit_test(no_more_cross_up_to_a_look_than_its_share),
        cmocka_unit_test(nearly_the_whole_level_is_spent),
        cmocka_unit_test(a_tail_within_the_growth_of_the_share_crosses),
        cmocka_unit_test(nothing_but_zeros_never_crosses),
        cmocka_unit_test(p_values_are_no_oftener_small_than_they_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
