#include <math.h>

#include "gate/base/array.h"
#include "gate/experiment/reading.h"
#include "tests/support/check.h"
#include "tests/support/scripted.h"

static const struct margin *margins_of(double share)
{
    static struct margin margins[METRIC_COUNT];
    margins[METRIC_CPU] = (struct margin){ .is_gated = true, .share = share };
    return margins;
}

/* A warm-up and count pairs of 100 ms on base, head being longer by change, and by 1 %
 * more or less in turn. */
static void measure(struct trial *trial, double change, size_t count)
{
    trial->plan.metrics = metrics_of_process();
    trial->warmup_count = 1;
    for (size_t i = 0; i <= count; i++) {
        double head_s = 0.1 * (1 + change) * (i % 2 ? 1.01 : 0.99);
        struct pair *pair = array_push(&trial->pairs);
        *pair = scripted_pair(0.1, head_s);
        pair->is_warmup = i == 0;
    }
}

static struct reading read_at(const struct trial *trial, double threshold)
{
    const struct reading_question question = { margins_of(threshold), 0.01, 135 };
    return reading_of(trial, &question);
}

static void the_same_pairs_answer_for_every_threshold(void **state)
{
    AUTO(trial_clear) struct trial trial = { 0 };
    (void)state;
    measure(&trial, 0.05, 20);

    assert_int_equal(read_at(&trial, 0.02).side, READING_BEYOND);
    assert_int_equal(read_at(&trial, 0.08).side, READING_BELOW);
    assert_int_equal(read_at(&trial, 0.05).side, READING_OPEN);
    assert_true(read_at(&trial, 0.02).p_wrong <= 0.01);
    assert_close(read_at(&trial, 0.05).p_wrong, 1, 0);
}

static void the_effect_is_that_of_all_pairs_whatever_was_asked(void **state)
{
    AUTO(trial_clear) struct trial trial = { 0 };
    (void)state;
    measure(&trial, 0.05, 20);

    struct reading reading = read_at(&trial, 0.02);

    assert_int_equal(reading.metric, METRIC_CPU);
    assert_int_equal(reading.pair_count, 20);
    assert_close(reading.effect, log(1.05), 0.0002);
    assert_true(reading.low < reading.effect && reading.effect < reading.high);
}

static void where_larger_is_better_less_is_worse(void **state)
{
    AUTO(trial_clear) struct trial trial = { 0 };
    struct margin margins[METRIC_COUNT] = { [METRIC_THROUGHPUT] = { true, 0.02, 0 } };
    const struct reading_question question = { margins, 0.01, 135 };
    (void)state;
    measure(&trial, 0, 20);
    for (size_t i = 0; i < trial.pairs.count; i++) {
        struct pair *pair = &trial.pairs.items[i];
        readings_set(&pair->readings[SIDE_BASE], METRIC_THROUGHPUT, 1000);
        readings_set(&pair->readings[SIDE_HEAD], METRIC_THROUGHPUT, 900 - (double)i);
    }

    struct reading reading = reading_of(&trial, &question);

    assert_int_equal(reading.side, READING_BEYOND);
    assert_close(reading.effect, log(1000 / 889.5), 0.001);
}

static void a_trial_that_does_not_tell_the_metric_stays_open(void **state)
{
    AUTO(trial_clear) struct trial trial = { 0 };
    struct margin margins[METRIC_COUNT] = { [METRIC_THROUGHPUT] = { true, 0.02, 0 } };
    const struct reading_question question = { margins, 0.01, 135 };
    (void)state;
    measure(&trial, 0.5, 20);

    struct reading reading = reading_of(&trial, &question);

    assert_int_equal(reading.side, READING_OPEN);
    assert_int_equal(reading.pair_count, 0);
    assert_true(isnan(reading.effect));
}

/* R 4.2.2: d <- log(1.03 + 0.005 * 0:7)
 * wilcox.test(d, mu = log(1.042), alternative = "greater", exact = TRUE)
 * wilcox.test(d, mu = log(1.062), alternative = "less", exact = TRUE) */
static void one_look_at_all_pairs_tells_what_lies_above_and_below(void **state)
{
    AUTO(trial_clear) struct trial trial = { 0 };
    (void)state;
    for (size_t i = 0; i < 8; i++)
        *array_push(&trial.pairs) = scripted_pair(0.1, 0.103 + 0.0005 * (double)i);

    assert_close(reading_p_above(&trial, METRIC_CPU, log(1.042)), 0.125, 1e-12);
    assert_close(reading_p_below(&trial, METRIC_CPU, log(1.062)), 0.01171875, 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_pairs_answer_for_every_threshold),
        cmocka_unit_test(the_effect_is_that_of_all_pairs_whatever_was_asked),
        cmocka_unit_test(where_larger_is_better_less_is_worse),
        cmocka_unit_test(a_trial_that_does_not_tell_the_metric_stays_open),
        cmocka_unit_test(one_look_at_all_pairs_tells_what_lies_above_and_below),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
