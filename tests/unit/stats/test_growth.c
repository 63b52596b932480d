/* Growth fits against R's nls and nlminb: tests/data/stats/make_growth.R. */
#include <math.h>
#include <stdint.h>

#include "gate/base/array.h"
#include "gate/stats/growth.h"
#include "tests/support/check.h"
#include "tests/unit/stats/expected.h"

enum {
    MOST_SIZES = 8
};

struct example {
    size_t line; /* where it begins */
    struct growth_point points[MOST_SIZES];
    struct growth_data data;
};
struct examples {
    struct example *items;
    size_t count;
    size_t capacity;
};

static void read_numbers(struct expected *expected, const char *key, double *first)
{
    assert_true(expected_next(expected, key));
    for (size_t i = 0; i < expected->sample.count; i++)
        first[i * (sizeof(struct growth_point) / sizeof(double))] =
            expected->values.items[i];
}

static void read_example(struct expected *expected, struct example *example)
{
    struct growth_point *points = example->points;
    example->line = expected->line;
    example->data.count = expected->sample.count;
    for (size_t i = 0; i < expected->sample.count; i++) {
        points[i].size = expected->sample.items[i];
        points[i].level = expected->values.items[i];
    }
    read_numbers(expected, "level_sd", &points->level_sd);
    read_numbers(expected, "difference", &points->difference);
    read_numbers(expected, "difference_sd", &points->difference_sd);
    read_numbers(expected, "freedom", &points->freedom);
    assert_true(expected_next(expected, "least_rise"));
    example->data.least_rise = expected->values.items[0];
}

static void load_examples(struct examples *examples)
{
    struct expected expected = { 0 };
    expected_open(&expected, "growth.txt");
    while (expected_next(&expected, "level"))
        read_example(&expected, array_push(examples));
    expected_close(&expected);
    for (size_t i = 0; i < examples->count; i++)
        examples->items[i].data.points = examples->items[i].points;
}

typedef void check_function(const struct expected *expected,
                            const struct growth_data *data);

/* Each line with the key is held against the sample that it belongs to; returns how many
 * there were. */
static size_t check_all(const char *key, check_function *check)
{
    struct examples examples = { 0 };
    struct expected expected = { 0 };
    size_t current = 0;
    load_examples(&examples);
    expected_open(&expected, "growth.txt");
    while (expected_next(&expected, key)) {
        while (current + 1 < examples.count &&
               examples.items[current + 1].line < expected.line)
            current++;
        check(&expected, &examples.items[current].data);
    }
    size_t matched = expected.matched;
    expected_close(&expected);
    array_clear(&examples);
    return matched;
}

static enum growth_side side_of(const struct expected *expected)
{
    return expected->values.items[0] > 0 ? GROWTH_HEAD : GROWTH_BASE;
}

/* As expected_check, but with a tolerance that is absolute. */
static void
check_near(const struct expected *expected, size_t index, double got, double tolerance)
{
    double want = expected->values.items[index];
    if (isinf(want) ? !isinf(got) : !(fabs(got - want) <= tolerance))
        fail_msg("%s:%zu: number %zu is %.9g, got %.9g", expected->file, expected->line,
                 index, want, got);
}

/* Where the sum of squares is at its bottom, exponent and cost can still be moved a
 * little without its changing in the digits that count. */
static void check_fit(const struct expected *expected, const struct growth_data *data)
{
    struct growth_curve curve = growth_fit(data, side_of(expected));
    check_near(expected, 1, curve.exponent, 2e-4);
    check_near(expected, 4, curve.misfit, 1e-6);
    if (!(curve.exponent > 0))
        return;
    double smallest =
        curve.fixed + curve.factor * pow(data->points[0].size, curve.exponent);
    check_near(expected, 2, curve.fixed, 1e-3 * smallest);
    double factor =
        expected->values.items[3] * pow(data->points[0].size, expected->values.items[1]);
    assert_close(curve.factor * pow(data->points[0].size, curve.exponent), factor,
                 1e-3 * smallest);
}

static void fits_of_a_side_are_those_of_nls(void **state)
{
    (void)state;
    assert_int_equal(check_all("fit", check_fit), 128);
}

static void check_interval(const struct expected *expected,
                           const struct growth_data *data)
{
    struct interval interval =
        growth_interval(data, side_of(expected), expected->values.items[1]);
    check_near(expected, 2, interval.low, 1e-4);
    check_near(expected, 3, interval.high, 1e-4);
}

static void intervals_end_where_the_profile_does(void **state)
{
    (void)state;
    assert_true(check_all("interval", check_interval) > 80);
}

static void check_p(const struct expected *expected, size_t index, double got)
{
    if (expected->values.items[index] > 1e-12)
        expected_check(expected, index, got, 2e-3);
    else
        assert_true(got < 1e-11);
}

static void check_above(const struct expected *expected, const struct growth_data *data)
{
    double ceiling = expected->values.items[1];
    check_p(expected, 2, growth_p_above(data, side_of(expected), ceiling));
}

static void check_below(const struct expected *expected, const struct growth_data *data)
{
    double ceiling = expected->values.items[1];
    check_p(expected, 2, growth_p_below(data, side_of(expected), ceiling));
}

static void p_values_at_a_ceiling_are_those_of_the_profile(void **state)
{
    (void)state;
    assert_int_equal(check_all("above", check_above), 256);
    assert_int_equal(check_all("below", check_below), 256);
}

/* The lines about both sides of all samples, in step. */
struct both {
    struct expected together;
    struct expected faster;
    struct expected within;
    struct expected ends; /* of some samples */
    int has_ends;         /* whether there is a line of those left */
};

static void check_both(struct both *both, const struct growth_data *data, size_t end_line)
{
    struct growth_comparison comparison = growth_compare(data, 0.1, 0.95);
    assert_true(expected_next(&both->together, "together"));
    assert_true(expected_next(&both->faster, "faster"));
    assert_true(expected_next(&both->within, "within"));
    check_near(&both->together, 0, comparison.difference, 5e-4);
    check_p(&both->faster, 1, comparison.p_faster);
    check_p(&both->within, 1, comparison.p_within);
    if (!both->has_ends || both->ends.line >= end_line)
        return;
    check_near(&both->ends, 1, comparison.interval.low, 5e-4);
    check_near(&both->ends, 2, comparison.interval.high, 5e-4);
    both->has_ends = expected_next(&both->ends, "ends");
}

static void both_sides_together_are_those_of_nlminb(void **state)
{
    struct examples examples = { 0 };
    struct both both = { 0 };
    struct expected *const files[] = { &both.together, &both.faster, &both.within,
                                       &both.ends };
    (void)state;

    load_examples(&examples);
    for (size_t i = 0; i < 4; i++)
        expected_open(files[i], "growth.txt");
    both.has_ends = expected_next(&both.ends, "ends");
    for (size_t i = 0; i < examples.count; i++) {
        bool is_last = i + 1 == examples.count;
        size_t end_line = is_last ? SIZE_MAX : examples.items[i + 1].line;
        if (examples.items[i].data.count > 2)
            check_both(&both, &examples.items[i].data, end_line);
    }
    assert_true(both.together.matched > 50);
    assert_true(both.ends.matched > 8);
    for (size_t i = 0; i < 4; i++)
        expected_close(files[i]);
    array_clear(&examples);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fits_of_a_side_are_those_of_nls),
        cmocka_unit_test(intervals_end_where_the_profile_does),
        cmocka_unit_test(p_values_at_a_ceiling_are_those_of_the_profile),
        cmocka_unit_test(both_sides_together_are_those_of_nlminb),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
