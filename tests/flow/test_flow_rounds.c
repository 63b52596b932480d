/* Which bench gets the next pair. */
#include "gate/stats/sequential.h"
#include "gate/verdict/judge.h"
#include "tests/support/check.h"
#include "tests/support/scripted.h"

enum {
    BENCHES = 5
};

/* Benches that stay in doubt: the change is the margin. */
static void
open_doubtful(struct scripted_gate *gate, struct script *scripts, uint64_t seed)
{
    struct experiment_options options = scripted_options();
    options.seed = seed;
    options.max_pairs = 18;
    for (size_t i = 0; i < BENCHES; i++)
        scripts[i] = (struct script){ .noise_sd = 0.02, .change = 0.02 };
    scripted_gate_open(gate, scripts, BENCHES, &options);
    scripted_gate_measure(gate, NULL, NO_LIMIT);
}

/* All benches come to 8 pairs (and 1 warm-up) before one gets its 9th, to 10 before one
 * gets its 11th, and each is brought from look to look in one go. */
static void all_get_a_look_before_any_gets_its_next(void **state)
{
    struct scripted_gate *gate = *state;
    struct script scripts[BENCHES];
    const size_t looks[] = { 8, 10, 12, 15, 18 };
    size_t position = 0;
    size_t before = 0;

    open_doubtful(gate, scripts, 3);

    assert_int_equal(gate->turns.count, BENCHES * (18 + 1));
    for (size_t look = 0; look < sizeof looks / sizeof *looks; look++) {
        size_t stretch = looks[look] - before + (look == 0);
        bool had_its_turn[BENCHES] = { false };
        for (size_t turn = 0; turn < BENCHES; turn++) {
            size_t trial = gate->turns.items[position];
            assert_false(had_its_turn[trial]);
            had_its_turn[trial] = true;
            for (size_t i = 0; i < stretch; i++)
                assert_int_equal(gate->turns.items[position++], trial);
        }
        before = looks[look];
    }
}

static size_t differing_turns(const struct scripted_gate *a,
                              const struct scripted_gate *b)
{
    size_t count = 0;
    assert_int_equal(a->turns.count, b->turns.count);
    for (size_t i = 0; i < a->turns.count; i++)
        count += a->turns.items[i] != b->turns.items[i];
    return count;
}

static void one_seed_gives_one_order(void **state)
{
    struct scripted_gate *gates = *state;
    struct script scripts[BENCHES];

    open_doubtful(&gates[0], scripts, 3);
    open_doubtful(&gates[1], scripts, 3);

    assert_int_equal(differing_turns(&gates[0], &gates[1]), 0);
}

static void another_seed_gives_another_order(void **state)
{
    struct scripted_gate *gates = *state;
    struct script scripts[BENCHES];

    open_doubtful(&gates[0], scripts, 3);
    open_doubtful(&gates[1], scripts, 4);

    assert_true(differing_turns(&gates[0], &gates[1]) > 10);
}

/* The order of the benches is drawn anew for each round. */
static void rounds_differ_in_their_order(void **state)
{
    struct scripted_gate *gate = *state;
    struct script scripts[BENCHES];
    size_t differing = 0;

    open_doubtful(gate, scripts, 3);

    for (size_t turn = 0; turn < BENCHES; turn++)
        differing += gate->turns.items[turn * 9] !=
                     gate->turns.items[(size_t)BENCHES * 9 + turn * 4];
    assert_true(differing > 0);
}

static void coins_fall_about_evenly_and_paddings_stay_in_a_page(void **state)
{
    struct scripted_gate *gate = *state;
    struct script scripts[BENCHES];
    size_t heads = 0;
    size_t count = 0;
    uint32_t most = 0;

    open_doubtful(gate, scripts, 3);

    for (size_t i = 0; i < BENCHES; i++) {
        const struct pairs *pairs = &gate->experiment.trials.items[i].pairs;
        for (size_t p = 0; p < pairs->count; p++) {
            assert_int_equal(pairs->items[p].number, p);
            assert_true(pairs->items[p].padding_bytes < 4096);
            heads += pairs->items[p].head_ran_first;
            most = pairs->items[p].padding_bytes > most ? pairs->items[p].padding_bytes
                                                        : most;
            count++;
        }
    }
    /* 95 coins: 47.5 +- 3 x 4.9. */
    assert_int_equal(count, 95);
    assert_in_range(heads, 33, 62);
    assert_true(most > 3500);
}

static void noisy_benches_get_more_pairs_than_quiet_ones(void **state)
{
    struct scripted_gate *gate = *state;
    const struct experiment_options options = scripted_options();
    const struct script scripts[] = { { .noise_sd = 0.005 },
                                      { .noise_sd = 0.05 },
                                      { .noise_sd = 0.005 } };

    scripted_gate_run(gate, scripts, 3, &options);

    assert_true(scripted_row(gate, 1)->pair_count >
                3 * scripted_row(gate, 0)->pair_count);
    assert_true(scripted_row(gate, 1)->pair_count >
                3 * scripted_row(gate, 2)->pair_count);
}

/* At an error rate of 0.01 % a look at 8 pairs can call a bench ok, but not improved: it
 * is promising. While the doubtful bench is open it gets all pairs. */
static void hope_waits_until_nobody_is_in_doubt(void **state)
{
    struct scripted_gate *gate = *state;
    struct experiment_options options = scripted_options();
    options.false_alarm = 0.0001;
    options.max_pairs = 60;
    const struct script scripts[] = { { .change = -0.1, .noise_sd = 0.005 },
                                      { .change = 0.02, .noise_sd = 0.02 } };

    scripted_gate_run(gate, scripts, 2, &options);

    size_t last_doubtful = 0;
    for (size_t i = 0; i < gate->turns.count; i++)
        last_doubtful = gate->turns.items[i] == 1 ? i : last_doubtful;
    size_t hopeful_before = 0;
    for (size_t i = 0; i < last_doubtful; i++)
        hopeful_before += gate->turns.items[i] == 0;
    assert_int_equal(scripted_row(gate, 1)->verdict, VERDICT_INCONCLUSIVE);
    assert_int_equal(scripted_row(gate, 0)->verdict, VERDICT_IMPROVED);
    assert_int_equal(hopeful_before, 1 + 8);
    assert_true(scripted_row(gate, 0)->pair_count > 8);
}

/* The time ends between two looks: what there is gets looked at. */
static void the_budget_may_end_between_two_looks(void **state)
{
    struct scripted_gate *gate = *state;
    struct experiment_options options = scripted_options();
    options.budget_ns = INT64_C(3000000000); /* 15 pairs of 0.2 s: 1 warm-up and 14 */
    const struct script script = { .change = 0.5 };
    options.false_alarm = 0.0001;

    scripted_gate_run(gate, &script, 1, &options);

    const struct trial *trial = &gate->experiment.trials.items[0];
    assert_int_equal(gate->turns.count, trial->counted + 1);
    assert_in_range(trial->counted, 11, 14);
    assert_int_equal(trial->last_look, trial->counted);
    assert_true(sequential_next_look(trial->counted - 1, 135) != trial->counted);
}

static void progress_counts_rows_done(void **state)
{
    struct scripted_gate *gate = *state;
    const struct experiment_options options = scripted_options();
    const struct script scripts[] = { { .noise_sd = 0.005 }, { .noise_sd = 0.005 } };

    scripted_gate_open(gate, scripts, 2, &options);
    assert_int_equal(experiment_rows(&gate->experiment), 2);
    assert_int_equal(experiment_rows_done(&gate->experiment), 0);

    scripted_gate_measure(gate, NULL, 9);
    assert_int_equal(experiment_rows_done(&gate->experiment), 1);

    scripted_gate_measure(gate, NULL, NO_LIMIT);
    assert_int_equal(experiment_rows_done(&gate->experiment), 2);
}

int main(void)
{
#define FLOW(test) \
    cmocka_unit_test_setup_teardown(test, scripted_setup, scripted_teardown)
    const struct CMUnitTest tests[] = {
        FLOW(all_get_a_look_before_any_gets_its_next),
        FLOW(one_seed_gives_one_order),
        FLOW(another_seed_gives_another_order),
        FLOW(rounds_differ_in_their_order),
        FLOW(coins_fall_about_evenly_and_paddings_stay_in_a_page),
        FLOW(noisy_benches_get_more_pairs_than_quiet_ones),
        FLOW(hope_waits_until_nobody_is_in_doubt),
        FLOW(the_budget_may_end_between_two_looks),
        FLOW(progress_counts_rows_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
