#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/verdict/merge.h"
#include "tests/support/check.h"
#include "tests/support/sharded.h"

#define AUTO_RESULT AUTO(result_clear)

enum {
    BENCHES = 9
};

/* Faster, slower and the same, with noise; one at its margin of 2 %. */
static void make_scripts(struct script *scripts)
{
    static const double changes[BENCHES] = { 0, .06, 0, -.06, .02, .03, 0, .1, 0 };
    for (size_t i = 0; i < BENCHES; i++)
        scripts[i] =
            (struct script){ .change = changes[i], .noise_sd = i == 5 ? 0.03 : 0.01 };
}

static void assert_same_rows(const struct result *a, const struct result *b)
{
    assert_int_equal(a->rows.count, b->rows.count);
    assert_int_equal(a->benches.count, b->benches.count);
    for (size_t i = 0; i < a->rows.count; i++) {
        const struct row *x = &a->rows.items[i];
        const struct row *y = &b->rows.items[i];
        assert_string_equal(x->bench_id, y->bench_id);
        assert_int_equal(x->metric, y->metric);
        assert_int_equal(x->verdict, y->verdict);
        assert_int_equal(x->pair_count, y->pair_count);
        assert_close(x->p_regressed_holm, y->p_regressed_holm, 0);
        assert_close(x->p_improved_holm, y->p_improved_holm, 0);
    }
    for (size_t i = 0; i < a->benches.count; i++)
        assert_int_equal(a->benches.items[i].verdict, b->benches.items[i].verdict);
    assert_int_equal(a->exit, b->exit);
}

static void shards_with_the_coins_of_one_run_say_what_it_says(void **state)
{
    struct script scripts[BENCHES];
    size_t verdicts[VERDICT_COUNT] = { 0 };
    make_scripts(scripts);
    (void)state;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        AUTO_RESULT struct result whole = { 0 };
        AUTO_RESULT struct result merged = { 0 };
        const struct sharded_gate gate = { scripts, BENCHES, 2 + seed % 4, seed, 41 };

        sharded_run_whole(&gate, &whole);
        sharded_run(&gate, &merged);

        assert_same_rows(&merged, &whole);
        for (size_t i = 0; i < whole.rows.count; i++)
            verdicts[whole.rows.items[i].verdict]++;
    }
    assert_true(verdicts[VERDICT_REGRESSED] && verdicts[VERDICT_IMPROVED] &&
                verdicts[VERDICT_OK] && verdicts[VERDICT_INCONCLUSIVE]);
}

/* Changes at the margin are the likeliest to be called worse without being so. The rate
 * is at most 1 %: of 200 gates more than 7 would be with a probability of 0.1 % (R:
 * qbinom(.999, 200, .01)). Each shard by itself, at 1 %, would have 4 times as many. */
static void the_rate_of_false_alarms_is_that_of_one_gate(void **state)
{
    struct script scripts[8];
    size_t alarms = 0;
    (void)state;
    for (size_t i = 0; i < 8; i++)
        scripts[i] = (struct script){ .change = 0.02, .noise_sd = 0.01 };
    for (uint64_t seed = 1; seed <= 200; seed++) {
        AUTO_RESULT struct result merged = { 0 };
        const struct sharded_gate gate = { scripts, 8, 4, seed, 15 };

        sharded_run(&gate, &merged);

        alarms += result_count(&merged, VERDICT_REGRESSED) > 0;
    }
    assert_in_range(alarms, 0, 7);
}

/* Two rows of p .003 and .004: of two shards with two rows each, 4 x .003 is too much
 * alone; Holm's method, step by step, has .012 and .012. With a third of 1e-6 it is 4e-6,
 * .009 and .009 (R: p.adjust(c(.003, .004, 1, 1e-6), "holm") = .009 .009 1 4e-6). */
static void a_row_may_regress_by_the_rows_of_others(void **state)
{
    struct sharding sharding = { .count = 2, .false_alarm = 0.01 };
    struct result result = { .sharding = &sharding, .miss = 0.05 };
    static const double p[] = { .003, .004, 1, 1e-6 };
    (void)state;
    for (size_t i = 0; i < 2; i++)
        array_push(&sharding.parts)->row_count = 2;
    for (size_t i = 0; i < 4; i++)
        *array_push(&result.rows) = (struct row){ .bench_id = xstrdup("b"),
                                                  .is_judged = true,
                                                  .verdict = VERDICT_INCONCLUSIVE,
                                                  .reason = xstrdup("open"),
                                                  .p_regressed = p[i],
                                                  .p_regressed_holm = 1,
                                                  .p_ok = 1,
                                                  .p_improved = 1,
                                                  .p_improved_holm = 1 };
    merge_judge(&result);

    assert_close(result.rows.items[0].p_regressed_holm, .009, 1e-12);
    assert_close(result.rows.items[1].p_regressed_holm, .009, 1e-12);
    assert_close(result.rows.items[3].p_regressed_holm, 4e-6, 1e-15);
    assert_int_equal(result.rows.items[0].verdict, VERDICT_REGRESSED);
    assert_int_equal(result.rows.items[1].verdict, VERDICT_REGRESSED);
    assert_int_equal(result.rows.items[2].verdict, VERDICT_INCONCLUSIVE);
    assert_string_equal(result.rows.items[2].reason, "open");

    /* A harness printed more names than reckoned with: 20 rows in all. */
    sharding.parts.items[0].row_count = 18;
    merge_judge(&result);

    assert_int_equal(result.rows.items[0].verdict, VERDICT_INCONCLUSIVE);
    assert_contains(result.rows.items[0].reason, "not among as many rows");
    assert_int_equal(result.rows.items[3].verdict, VERDICT_REGRESSED);
    array_clear(&sharding.parts);
    result.sharding = NULL;
    result_clear(&result);
}

static void another_machine_is_told(void **state)
{
    struct script scripts[2] = { { .noise_sd = 0.01 }, { .noise_sd = 0.01 } };
    const struct sharded_gate gate = { scripts, 2, 2, 1, 20 };
    AUTO_MERGE_INPUTS struct merge_inputs inputs = { 0 };
    AUTO_RESULT struct result merged = { 0 };
    (void)state;
    for (size_t shard = 0; shard < 2; shard++)
        sharded_measure(&gate, shard, &array_push(&inputs)->result);
    inputs.items[1].result.sharding->parts.items[0].machine.cpus_online = 64;

    merge_results(&inputs, &merged);

    assert_int_equal(merged.warnings.count, 1);
    assert_contains(merged.warnings.items[0],
                    "shard 2 ran on another machine than shard 1: cpu, 64 CPUs");
    assert_int_equal(sharding_find(merged.sharding, "b1")->machine.cpus_online, 64);
    assert_int_equal(sharding_find(merged.sharding, "b0")->machine.cpus_online, 0);
}

static void check_refused(struct merge_inputs *inputs, const char *message)
{
    struct error err = { 0 };
    assert_int_equal(merge_check(inputs, &err), -1);
    assert_int_equal(err.code, ERROR_BENCHMARK);
    assert_string_equal(err.message, message);
}

static void what_was_dealt_or_compared_otherwise_is_foreign(void **state)
{
    struct script scripts[2] = { { 0 }, { 0 } };
    const struct sharded_gate gate = { scripts, 2, 2, 1, 20 };
    AUTO_MERGE_INPUTS struct merge_inputs inputs = { 0 };
    (void)state;
    for (size_t shard = 0; shard < 2; shard++) {
        struct merge_input *input = array_push(&inputs);
        sharded_measure(&gate, shard, &input->result);
        input->name = shard ? "second" : "first";
    }
    struct result *second = &inputs.items[1].result;

    second->sharding->benches.items[1].shard = 1;
    check_refused(
        &inputs,
        "'second' deals the benches out otherwise than 'first': stored sessions, "
        "by which that is done, were not the same for both; measure all shards "
        "again");
    second->head.commit[0] = 'x';
    check_refused(&inputs,
                  "'second' is a shard of another gate than 'first': its head is "
                  "x, not h");
    second->sharding->shard = 0;
    check_refused(&inputs, "'second' is no shard: it is merged already, of 2");
    second->sharding->shard = 7;
    check_refused(&inputs, "'second' is no shard: it says that it is number 7 of 2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shards_with_the_coins_of_one_run_say_what_it_says),
        cmocka_unit_test(the_rate_of_false_alarms_is_that_of_one_gate),
        cmocka_unit_test(a_row_may_regress_by_the_rows_of_others),
        cmocka_unit_test(another_machine_is_told),
        cmocka_unit_test(what_was_dealt_or_compared_otherwise_is_foreign),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
