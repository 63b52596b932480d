/* A whole measurement, then one in each layout, and what they say together. */
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/random.h"
#include "gate/base/str.h"
#include "gate/verdict/judge.h"
#include "gate/verdict/layouts.h"
#include "tests/support/check.h"
#include "tests/support/scripted.h"

/* What a commit does to the time of its bench, as built and in other layouts. */
struct story {
    double as_built;
    double real;          /* in every layout */
    double accident;      /* what a layout may add or take */
    uint64_t accident_in; /* in one layout of so many; 0: in none */
    double noise_sd;
    enum layout_scope scope;
};

static double change_in(const struct story *story, uint64_t seed, size_t number)
{
    uint64_t stream = random_stream_of("accidents");
    double change = story->real;
    if (!story->accident_in ||
        random_below_at(seed, stream, 2 * number, story->accident_in))
        return change;
    bool is_up = random_below_at(seed, stream, 2 * number + 1, 2);
    return change + (is_up ? story->accident : -story->accident);
}

/* Measures one layout on a script and adds it to the result. */
static void
try_layout(struct result *result, const struct story *story, uint64_t seed, size_t number)
{
    struct script script = { .change = change_in(story, seed, number),
                             .noise_sd = story->noise_sd,
                             .drift_sd = 0.05 };
    struct experiment_options of_gate = scripted_options();
    of_gate.seed = seed;
    struct experiment_options options = layouts_options(result, &of_gate, number);
    struct scripted_gate here;
    scripted_gate_open(&here, &script, 1, &options);
    here.noise_seed = 100 * seed + number;
    scripted_gate_measure(&here, NULL, NO_LIMIT);
    judge_trial(&here.experiment, &here.experiment.trials.items[0], &here.benches[0],
                &here.result);

    struct layout_block *block = layouts_add(result);
    block->benches = here.result.benches;
    block->rows = here.result.rows;
    here.result.benches = (struct bench_results){ 0 };
    here.result.rows = (struct rows){ 0 };
    scripted_gate_close(&here);
    layouts_update(result);
}

/* The gate's row after the layouts. */
static const struct row *
tell(struct scripted_gate *gate, const struct story *story, uint64_t seed)
{
    struct script script = { .change = story->as_built,
                             .noise_sd = story->noise_sd,
                             .drift_sd = 0.05 };
    const struct layout_choice choice = { story->scope ? story->scope : LAYOUTS_REGRESSED,
                                          5 };
    const struct judge_policy policy = { 0 };
    struct experiment_options options = scripted_options();
    options.seed = seed;
    scripted_gate_open(gate, &script, 1, &options);
    gate->noise_seed = seed;
    scripted_gate_measure(gate, NULL, NO_LIMIT);
    scripted_gate_judge(gate, false);

    layouts_begin(&gate->result, &choice);
    for (size_t number = 0;
         gate->result.layouts && layouts_want_more(gate->result.layouts); number++)
        try_layout(&gate->result, story, seed, number);
    judge_layouts(&gate->result);
    judge_gate(&policy, &gate->result);
    return scripted_row(gate, 0);
}

static void assert_always(const struct story *story, const char *verdict)
{
    for (uint64_t seed = 1; seed <= 10; seed++) {
        struct scripted_gate gate;
        const struct row *row = tell(&gate, story, seed);
        if (!str_equal(verdict_name(row->verdict), verdict))
            fail_msg("seed %d: %s: %s", (int)seed, verdict_name(row->verdict),
                     row->reason);
        scripted_gate_close(&gate);
    }
}

static void slowdown_of_the_program_holds(void **state)
{
    const struct story story = { .as_built = 0.05, .real = 0.05, .noise_sd = 0.015 };
    (void)state;
    assert_always(&story, "regressed");
}

static void accident_of_one_layout_does_not(void **state)
{
    const struct story story = {
        .as_built = 0.4, .accident = 0.4, .accident_in = 4, .noise_sd = 0.015
    };
    (void)state;
    assert_always(&story, "layout-sensitive");
}

static void accident_in_no_other_layout_ends_after_five(void **state)
{
    const struct story story = { .as_built = 0.05, .noise_sd = 0.01 };
    struct scripted_gate *gate = *state;
    const struct row *row = tell(gate, &story, 1);

    assert_int_equal(row->verdict, VERDICT_LAYOUT_SENSITIVE);
    assert_int_equal(gate->result.layouts->blocks.count, 5);
    assert_int_equal(gate->result.exit, GATE_PASS);
}

/* Far from its margin: no more than the 8 that every layout gets. */
static void every_layout_has_all_its_pairs(void **state)
{
    const struct story story = { .as_built = 0.2, .real = 0.2, .noise_sd = 0.04 };
    struct scripted_gate *gate = *state;
    tell(gate, &story, 1);

    assert_int_equal(gate->result.layouts->blocks.count, 5);
    for (size_t i = 0; i < 5; i++) {
        const struct row *row = &gate->result.layouts->blocks.items[i].rows.items[0];
        assert_int_equal(row->pair_count, 8);
        assert_int_equal(row->verdict, VERDICT_NONE);
    }
}

static void what_is_ok_as_built_is_not_asked_about(void **state)
{
    const struct story story = { .real = 0.05, .noise_sd = 0.01 };
    struct scripted_gate *gate = *state;
    const struct row *row = tell(gate, &story, 1);

    assert_int_equal(row->verdict, VERDICT_OK);
    assert_null(gate->result.layouts);
}

static void but_is_where_every_row_is(void **state)
{
    const struct story story = { .real = 0.05, .noise_sd = 0.01, .scope = LAYOUTS_EVERY };
    (void)state;
    assert_always(&story, "layout-sensitive");
}

#define T(name) cmocka_unit_test_setup_teardown(name, scripted_setup, scripted_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(slowdown_of_the_program_holds),
        T(accident_of_one_layout_does_not),
        T(accident_in_no_other_layout_ends_after_five),
        T(every_layout_has_all_its_pairs),
        T(what_is_ok_as_built_is_not_asked_about),
        T(but_is_where_every_row_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
