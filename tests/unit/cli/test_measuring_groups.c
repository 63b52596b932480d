/* Benches that one process measures together. */
#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/cli/measuring.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"
#include "tests/support/scripted.h"

static const struct margin wall_only[METRIC_COUNT] = {
    [METRIC_WALL] = { .is_gated = true, .share = 0.02 },
};

/* A harness that times two things in each run: the one as it was, the other slower. */
struct harness {
    struct bench_runner runner; /* first */
    size_t runs;
    size_t shared;
};

static void time_both_sides(struct pair *pair, double base_s, double head_s)
{
    readings_set(&pair->readings[SIDE_BASE], METRIC_WALL, base_s);
    readings_set(&pair->readings[SIDE_HEAD], METRIC_WALL, head_s);
}

static void time_bench(size_t bench, struct pair *pair)
{
    if (bench == 0)
        time_both_sides(pair, 20e-9, 20e-9 * (pair->number % 2 ? 1.001 : 0.999));
    else
        time_both_sides(pair, 30e-9, 33e-9);
}

static int
run_pair(struct bench_runner *self, size_t bench, struct pair *pair, struct error *err)
{
    (void)err;
    ((struct harness *)self)->runs++;
    *pair = (struct pair){ .number = pair->number,
                           .position = pair->position,
                           .is_warmup = pair->is_warmup,
                           .head_ran_first = pair->head_ran_first,
                           .padding_bytes = pair->padding_bytes };
    pair->sides[SIDE_BASE].wall_ns = pair->sides[SIDE_HEAD].wall_ns = 1000000;
    time_bench(bench, pair);
    return 0;
}

static void share_pair(struct bench_runner *self, size_t bench, struct pair *pair)
{
    ((struct harness *)self)->shared++;
    time_bench(bench, pair);
}

static int64_t now_ns(struct bench_runner *self)
{
    return (int64_t)((struct harness *)self)->runs * 2000000;
}

struct fixture {
    struct sandbox *sandbox;
    struct experiment experiments[2];
    struct journal journal;
    struct error err;
};

static void add(struct experiment *experiment, const char *id)
{
    const struct trial_plan plan = { .id = id,
                                     .margins = wall_only,
                                     .metrics = METRIC_BIT(METRIC_WALL),
                                     .group = "harness" };
    experiment_add_plan(experiment, &plan);
}

static int setup(void **state)
{
    void *sandbox = NULL;
    if (sandbox_setup(&sandbox) < 0)
        return -1;
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    struct experiment_options options = scripted_options();
    fixture->sandbox = sandbox;
    fixture->journal = JOURNAL_CLOSED;
    for (size_t i = 0; i < 2; i++) {
        experiment_init(&fixture->experiments[i], &options);
        add(&fixture->experiments[i], "harness/same");
        add(&fixture->experiments[i], "harness/slower");
    }
    *state = fixture;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;
    void *sandbox = fixture->sandbox;
    journal_close(&fixture->journal, false);
    for (size_t i = 0; i < 2; i++)
        experiment_clear(&fixture->experiments[i]);
    free(fixture);
    return sandbox_teardown(&sandbox);
}

static struct harness
measure(struct fixture *fixture, struct experiment *experiment, bool has_journal)
{
    struct harness harness = {
        .runner = { .run_pair = run_pair, .share_pair = share_pair, .now_ns = now_ns }
    };
    struct measuring measuring = { .experiment = experiment,
                                   .runner = &harness.runner,
                                   .journal = has_journal ? &fixture->journal : NULL };
    if (measuring_run(&measuring, &fixture->err) < 0)
        fail_msg("%s", fixture->err.message);
    return harness;
}

static void one_run_gives_each_bench_its_pair(void **state)
{
    struct fixture *fixture = *state;
    struct experiment *experiment = &fixture->experiments[0];

    struct harness harness = measure(fixture, experiment, false);

    const struct trial *same = &experiment->trials.items[0];
    const struct trial *slower = &experiment->trials.items[1];
    assert_int_equal(same->state, TRIAL_DECIDED);
    assert_int_equal(slower->state, TRIAL_DECIDED);
    assert_int_equal(harness.shared, same->pairs.count < slower->pairs.count
                                         ? same->pairs.count
                                         : slower->pairs.count);
    assert_close(pair_log_ratio(&slower->pairs.items[3], METRIC_WALL), log(1.1), 1e-12);
    assert_true(slower->rows[0].tests.p_regressed <= 0.005);
    assert_true(same->rows[0].tests.p_ok <= 0.05);
}

static void the_coin_is_one_for_all_of_a_group(void **state)
{
    struct fixture *fixture = *state;
    struct experiment *experiment = &fixture->experiments[0];

    measure(fixture, experiment, false);

    for (size_t i = 0; i < 8; i++) {
        const struct pair *a = &experiment->trials.items[0].pairs.items[i];
        const struct pair *b = &experiment->trials.items[1].pairs.items[i];
        assert_int_equal(a->head_ran_first, b->head_ran_first);
        assert_int_equal(a->padding_bytes, b->padding_bytes);
        assert_int_equal(a->position, b->position);
    }
}

static void a_bench_that_is_decided_gets_no_more_pairs(void **state)
{
    struct fixture *fixture = *state;
    struct experiment *experiment = &fixture->experiments[0];

    struct harness harness = measure(fixture, experiment, false);

    /* What is ok at 8 pairs stops; what is slower needs 10 (and one for warming up). */
    assert_int_equal(experiment->trials.items[0].counted, 8);
    assert_true(experiment->trials.items[1].counted > 8);
    assert_int_equal(harness.runs, experiment->trials.items[1].pairs.count);
}

/* Leaves off the journal's last line, which is the second half of a run. */
static void a_group_that_was_cut_off_is_run_again(void **state)
{
    struct fixture *fixture = *state;
    const char *path = sandbox_file(fixture->sandbox, "j.jsonl");
    uint64_t seed = 0;

    if (journal_begin(&fixture->journal, path, "k", 1, &fixture->err) < 0)
        fail_msg("%s", fixture->err.message);
    measure(fixture, &fixture->experiments[0], true);
    journal_close(&fixture->journal, false);
    sandbox_must(fixture->sandbox, "head -n 6 j.jsonl > cut && mv cut j.jsonl");
    if (journal_resume(&fixture->journal, path, "k", &seed, &fixture->err) < 0)
        fail_msg("%s", fixture->err.message);
    assert_int_equal(fixture->journal.entries.count, 5);
    struct harness rest = measure(fixture, &fixture->experiments[1], true);

    const struct trial *a = &fixture->experiments[0].trials.items[1];
    const struct trial *b = &fixture->experiments[1].trials.items[1];
    assert_int_equal(a->pairs.count, b->pairs.count);
    assert_int_equal(rest.runs, a->pairs.count - 2);
    journal_close(&fixture->journal, false);
    fixture->journal = JOURNAL_CLOSED;
    if (journal_resume(&fixture->journal, path, "k", &seed, &fixture->err) < 0)
        fail_msg("%s", fixture->err.message);
    assert_int_equal(fixture->journal.entries.count,
                     fixture->experiments[0].trials.items[0].pairs.count +
                         a->pairs.count);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(one_run_gives_each_bench_its_pair, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(the_coin_is_one_for_all_of_a_group, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_bench_that_is_decided_gets_no_more_pairs, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_group_that_was_cut_off_is_run_again, setup,
                                        teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
