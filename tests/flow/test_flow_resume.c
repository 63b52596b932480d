/* An interrupted gate that goes on says what it would have said, pair by pair. */
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/experiment/journal.h"
#include "gate/verdict/judge.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"
#include "tests/support/scripted.h"

static const struct script scripts[] = {
    { .noise_sd = 0.015, .disturbed_every = 5 },
    { .noise_sd = 0.02, .change = 0.02 },
    { .noise_sd = 0.015, .change = 0.06, .waiting = 0.4 },
    { .fails_at = 4,
      .failing_side = SIDE_HEAD,
      .failure = { .end = PROCESS_NOT_STARTED,
                   .start_errno = 2,
                   .start_step = PROCESS_STEP_PROGRAM } },
};
#define SCRIPT_COUNT (sizeof scripts / sizeof scripts[0])

struct fixture {
    void *sandbox;
    void *gates;
    struct journal journal;
};

static int setup(void **state)
{
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    fixture->journal = JOURNAL_CLOSED;
    *state = fixture;
    return sandbox_setup(&fixture->sandbox) || scripted_setup(&fixture->gates);
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;
    journal_close(&fixture->journal, false);
    scripted_teardown(&fixture->gates);
    int left = sandbox_teardown(&fixture->sandbox);
    free(fixture);
    return left;
}

static const char *journal_path(struct fixture *fixture)
{
    return sandbox_file(fixture->sandbox, "journal.jsonl");
}

static struct experiment_options options_within(double budget_s)
{
    struct experiment_options options = scripted_options();
    options.seed = 1234;
    options.max_pairs = 60;
    options.budget_ns = (int64_t)(budget_s * 1e9);
    return options;
}

static void run_whole(struct scripted_gate *gate, double budget_s)
{
    const struct experiment_options options = options_within(budget_s);
    scripted_gate_run(gate, scripts, SCRIPT_COUNT, &options);
}

/* Runs `limit` pairs with a journal and forgets everything else, as a kill does. */
static void run_until_killed(struct fixture *fixture, double budget_s, size_t limit)
{
    const struct experiment_options options = options_within(budget_s);
    struct scripted_gate gate;
    struct error err = { 0 };

    scripted_gate_open(&gate, scripts, SCRIPT_COUNT, &options);
    assert_int_equal(journal_begin(&fixture->journal, journal_path(fixture), "key",
                                   options.seed, &err),
                     0);
    scripted_gate_measure(&gate, &fixture->journal, limit);
    scripted_gate_close(&gate);
    journal_close(&fixture->journal, false);
}

static void
run_on(struct fixture *fixture, struct scripted_gate *gate, double budget_s, size_t limit)
{
    struct experiment_options options = options_within(budget_s);
    struct error err = { 0 };

    options.seed = 0;
    if (journal_resume(&fixture->journal, journal_path(fixture), "key", &options.seed,
                       &err) < 0)
        fail_msg("%s", err.message);
    scripted_gate_open(gate, scripts, SCRIPT_COUNT, &options);
    scripted_gate_measure(gate, &fixture->journal, limit);
    journal_close(&fixture->journal, false);
}

static void assert_same_pairs(const struct pairs *a, const struct pairs *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        const struct pair *x = &a->items[i];
        const struct pair *y = &b->items[i];
        assert_int_equal(x->position, y->position);
        assert_int_equal(x->head_ran_first, y->head_ran_first);
        assert_int_equal(x->padding_bytes, y->padding_bytes);
        assert_int_equal(x->discard, y->discard);
        for (enum side side = 0; side < SIDE_COUNT; side++)
            scripted_assert_same_run(&x->sides[side], &y->sides[side]);
    }
}

static void assert_same_results(const struct result *a, const struct result *b)
{
    assert_int_equal(a->benches.count, b->benches.count);
    for (size_t i = 0; i < a->benches.count; i++)
        assert_same_pairs(&a->benches.items[i].pairs, &b->benches.items[i].pairs);
    assert_int_equal(a->rows.count, b->rows.count);
    for (size_t i = 0; i < a->rows.count; i++) {
        const struct row *x = &a->rows.items[i];
        const struct row *y = &b->rows.items[i];
        assert_int_equal(x->verdict, y->verdict);
        assert_string_equal(x->reason, y->reason);
        assert_close(x->p_regressed_holm, y->p_regressed_holm, 0);
        assert_close(x->p_ok, y->p_ok, 0);
    }
    assert_int_equal(a->exit, b->exit);
}

/* Killed after `limit` pairs, resumed, and compared with a run in one go. */
static void check_resumed(struct fixture *fixture, double budget_s, size_t limit)
{
    struct scripted_gate *gates = fixture->gates;

    run_whole(&gates[0], budget_s);
    run_until_killed(fixture, budget_s, limit);
    run_on(fixture, &gates[1], budget_s, NO_LIMIT);
    scripted_gate_judge(&gates[1], false);

    assert_int_equal(gates[1].measured_count, gates[0].turns.count - limit);
    assert_int_equal(gates[1].elapsed_ns, gates[0].elapsed_ns);
    assert_same_results(&gates[0].result, &gates[1].result);
}

static void killed_in_a_warm_up(void **state)
{
    check_resumed(*state, 3600, 1);
}

static void killed_between_two_looks(void **state)
{
    check_resumed(*state, 3600, 31);
}

static void killed_before_the_first_pair(void **state)
{
    check_resumed(*state, 3600, 0);
}

/* 10 s are 50 pairs: the budget ends the experiment. */
static void killed_within_a_small_budget(void **state)
{
    check_resumed(*state, 10, 20);
}

/* All is measured, and the kill came before the result was written. */
static void killed_when_the_budget_was_spent(void **state)
{
    struct fixture *fixture = *state;
    struct scripted_gate *gates = fixture->gates;

    run_whole(&gates[0], 10);
    run_until_killed(fixture, 10, NO_LIMIT);
    run_on(fixture, &gates[1], 10, NO_LIMIT);
    scripted_gate_judge(&gates[1], false);

    assert_int_equal(gates[1].measured_count, 0);
    assert_same_results(&gates[0].result, &gates[1].result);
}

static void killed_twice(void **state)
{
    struct fixture *fixture = *state;
    struct scripted_gate *gates = fixture->gates;

    run_until_killed(fixture, 3600, 20);
    run_on(fixture, &gates[1], 3600, 15);
    scripted_gate_close(&gates[1]);
    run_whole(&gates[0], 3600);
    run_on(fixture, &gates[1], 3600, NO_LIMIT);
    scripted_gate_judge(&gates[1], false);

    assert_int_equal(gates[1].measured_count, gates[0].turns.count - 35);
    assert_same_results(&gates[0].result, &gates[1].result);
}

/* The last line lacks its end: that pair is measured again, and nothing else. */
static void a_half_written_pair_is_measured_again(void **state)
{
    struct fixture *fixture = *state;
    struct scripted_gate *gates = fixture->gates;

    run_whole(&gates[0], 3600);
    run_until_killed(fixture, 3600, 20);
    sandbox_must(fixture->sandbox, "truncate -s -30 journal.jsonl");
    run_on(fixture, &gates[1], 3600, NO_LIMIT);
    scripted_gate_judge(&gates[1], false);

    assert_int_equal(gates[1].measured_count, gates[0].turns.count - 19);
    assert_same_results(&gates[0].result, &gates[1].result);
    /* What it wrote after the cut is as good as the rest. */
    sandbox_must(fixture->sandbox, "test $(wc -l < journal.jsonl) = %zu",
                 gates[0].turns.count + 1);
}

int main(void)
{
#define FLOW(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
    const struct CMUnitTest tests[] = {
        FLOW(killed_before_the_first_pair),
        FLOW(killed_in_a_warm_up),
        FLOW(killed_between_two_looks),
        FLOW(killed_within_a_small_budget),
        FLOW(killed_when_the_budget_was_spent),
        FLOW(killed_twice),
        FLOW(a_half_written_pair_is_measured_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
