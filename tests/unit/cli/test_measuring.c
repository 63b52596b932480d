#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/interrupt.h"
#include "gate/cli/measuring.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"
#include "tests/support/scripted.h"

/* A runner of scripts with a clock of its own, which goes on while a pair runs. */
struct canned_runner {
    struct bench_runner runner; /* first */
    const struct script *scripts;
    int64_t clock_ns;
    size_t calls;
    size_t fails_after;  /* calls; 0: never */
    size_t raises_after; /* calls; 0: never */
    size_t breaks_at;    /* call; 0: never: head's run fails then, for a reason */
};

static int
run_pair(struct bench_runner *self, size_t bench, struct pair *pair, struct error *err)
{
    struct canned_runner *canned = (struct canned_runner *)self;
    if (canned->fails_after && canned->calls == canned->fails_after)
        return error_set(err, ERROR_SYSTEM, "the machine is on fire");
    scripted_run(&canned->scripts[bench], 7, bench, pair);
    canned->clock_ns += pair->sides[SIDE_BASE].wall_ns + pair->sides[SIDE_HEAD].wall_ns;
    if (++canned->calls == canned->raises_after)
        raise(SIGTERM);
    if (canned->calls == canned->breaks_at)
        pair->sides[SIDE_HEAD].exit_code = 5;
    return 0;
}

static const char *failure(struct bench_runner *self)
{
    const struct canned_runner *canned = (const struct canned_runner *)self;
    return canned->calls == canned->breaks_at ? "the disk is full" : NULL;
}

static int64_t now_ns(struct bench_runner *self)
{
    return ((struct canned_runner *)self)->clock_ns;
}

static const struct script scripts[] = {
    { .noise_sd = 0.015 },
    { .noise_sd = 0.015, .change = 0.06 },
};

/* A measuring over the scripts, with plenty of time. */
struct fixture {
    struct sandbox *sandbox;
    struct scripted_gate gates[5];
    size_t gate_count;
    struct journal journal;
    struct canned_runner runner;
    struct measuring measuring; /* without a journal until there is one */
    struct error err;
};

/* A new experiment over the scripts. */
static struct experiment *open_experiment(struct fixture *fixture, double budget_s)
{
    struct scripted_gate *gate = &fixture->gates[fixture->gate_count++];
    struct experiment_options options = scripted_options();
    options.budget_ns = (int64_t)(budget_s * 1e9);
    scripted_gate_open(gate, scripts, 2, &options);
    return &gate->experiment;
}

static struct canned_runner canned(void)
{
    return (struct canned_runner){
        .runner = { .run_pair = run_pair, .failure = failure, .now_ns = now_ns },
        .scripts = scripts,
        .clock_ns = 5000000000000, /* only differences mean anything */
    };
}

static int setup(void **state)
{
    void *sandbox = NULL;
    if (sandbox_setup(&sandbox) < 0)
        return -1;
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    fixture->sandbox = sandbox;
    fixture->journal = JOURNAL_CLOSED;
    fixture->runner = canned();
    fixture->measuring = (struct measuring){ .experiment = open_experiment(fixture, 3600),
                                             .runner = &fixture->runner.runner };
    *state = fixture;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;
    void *sandbox = fixture->sandbox;
    journal_close(&fixture->journal, false);
    for (size_t i = 0; i < fixture->gate_count; i++)
        scripted_gate_close(&fixture->gates[i]);
    free(fixture);
    return sandbox_teardown(&sandbox);
}

static void begin_journal(struct fixture *fixture)
{
    struct error err = { 0 };
    fixture->measuring.journal = &fixture->journal;
    assert_int_equal(journal_begin(&fixture->journal,
                                   sandbox_file(fixture->sandbox, "journal"), "key", 1,
                                   &err),
                     0);
}

static void resume_journal(struct fixture *fixture)
{
    struct error err = { 0 };
    uint64_t seed = 0;
    journal_close(&fixture->journal, false);
    assert_int_equal(journal_resume(&fixture->journal,
                                    sandbox_file(fixture->sandbox, "journal"), "key",
                                    &seed, &err),
                     0);
}

/* Lines of the journal after its first. */
static size_t journalled(struct fixture *fixture)
{
    AUTO_FREE char *text = sandbox_read(fixture->sandbox, "journal");
    size_t lines = 0;
    for (const char *c = text; *c; c++)
        lines += *c == '\n';
    return lines - 1;
}

static int run(struct fixture *fixture)
{
    return measuring_run(&fixture->measuring, &fixture->err);
}

static void pairs_are_run_until_every_row_is_decided(void **state)
{
    struct fixture *fixture = *state;
    int64_t started_ns = fixture->runner.clock_ns;

    assert_int_equal(run(fixture), 0);

    assert_int_equal(experiment_rows_done(fixture->measuring.experiment), 2);
    assert_int_equal(fixture->runner.calls, fixture->measuring.experiment->pairs_run);
    assert_true(fixture->measuring.elapsed_ns == fixture->runner.clock_ns - started_ns);
}

static void each_pair_is_journalled(void **state)
{
    struct fixture *fixture = *state;

    begin_journal(fixture);
    assert_int_equal(run(fixture), 0);

    assert_int_equal(journalled(fixture), fixture->runner.calls);
}

/* Two experiments in one journal, one after the other; the time goes on. */
static void check_parts(struct fixture *fixture, size_t calls)
{
    struct canned_runner runner = canned();
    struct error err = { 0 };
    struct measuring first = { .experiment = open_experiment(fixture, 3600),
                               .runner = &runner.runner,
                               .journal = &fixture->journal };
    assert_int_equal(measuring_run(&first, &err), 0);
    struct measuring second = { .experiment = open_experiment(fixture, 3600),
                                .runner = &runner.runner,
                                .journal = &fixture->journal,
                                .stage = "confirm",
                                .elapsed_ns = first.elapsed_ns };
    assert_int_equal(measuring_run(&second, &err), 0);

    assert_int_equal(runner.calls, calls);
    assert_true(second.elapsed_ns > first.elapsed_ns);
}

static void parts_of_a_measuring_are_replayed_apart(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(run(fixture), 0);

    begin_journal(fixture);
    check_parts(fixture, 2 * fixture->runner.calls);
    assert_int_equal(journalled(fixture), 2 * fixture->runner.calls);
    resume_journal(fixture);
    check_parts(fixture, 0);
}

static void pairs_of_another_part_are_not_replayed(void **state)
{
    struct fixture *fixture = *state;
    begin_journal(fixture);
    assert_int_equal(run(fixture), 0);
    resume_journal(fixture);
    size_t calls = fixture->runner.calls;
    fixture->measuring.experiment = open_experiment(fixture, 3600);
    fixture->measuring.stage = "confirm";
    assert_int_equal(run(fixture), 0);

    assert_int_equal(fixture->runner.calls, 2 * calls);
}

static void trouble_ends_it_with_the_pairs_before_kept(void **state)
{
    struct fixture *fixture = *state;

    fixture->runner.fails_after = 5;
    begin_journal(fixture);
    assert_int_equal(run(fixture), -1);

    assert_string_equal(fixture->err.message, "the machine is on fire");
    assert_int_equal(journalled(fixture), 5);
}

static void journal_that_can_not_be_written_is_trouble(void **state)
{
    struct fixture *fixture = *state;

    begin_journal(fixture);
    int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
    assert_true(dup2(full, fixture->journal.fd) >= 0);
    close(full);
    assert_int_equal(run(fixture), -1);

    assert_int_equal(fixture->err.code, ERROR_SYSTEM);
    assert_contains(fixture->err.message, "No space left on device");
    assert_int_equal(fixture->runner.calls, 1);
}

static void check_same_pairs(const struct experiment *got, const struct experiment *want)
{
    for (size_t t = 0; t < want->trials.count; t++) {
        const struct pairs *a = &got->trials.items[t].pairs;
        const struct pairs *b = &want->trials.items[t].pairs;
        assert_int_equal(a->count, b->count);
        for (size_t i = 0; i < b->count; i++) {
            assert_int_equal(a->items[i].position, b->items[i].position);
            assert_true(a->items[i].sides[SIDE_HEAD].wall_ns ==
                        b->items[i].sides[SIDE_HEAD].wall_ns);
        }
    }
}

/* Stops after 12 pairs, goes on, and is compared with a run in one go. */
static void check_goes_on(struct fixture *fixture, double budget_s)
{
    struct canned_runner whole_runner = canned();
    struct canned_runner first_runner = canned();
    struct canned_runner second_runner = canned();
    struct error err = { 0 };
    struct measuring whole = { .experiment = open_experiment(fixture, budget_s),
                               .runner = &whole_runner.runner };
    assert_int_equal(measuring_run(&whole, &err), 0);

    struct scripted_gate *interrupted = &fixture->gates[fixture->gate_count];
    struct measuring part = { .experiment = open_experiment(fixture, budget_s),
                              .runner = &first_runner.runner,
                              .journal = &fixture->journal };
    begin_journal(fixture);
    first_runner.fails_after = 12;
    assert_int_equal(measuring_run(&part, &err), -1);
    scripted_gate_close(interrupted);
    fixture->gate_count--;

    error_clear(&err);
    resume_journal(fixture);
    part.experiment = open_experiment(fixture, budget_s);
    part.runner = &second_runner.runner;
    second_runner.clock_ns = 17; /* another boot */
    assert_int_equal(measuring_run(&part, &err), 0);

    assert_int_equal(12 + second_runner.calls, whole_runner.calls);
    assert_true(part.elapsed_ns == whole.elapsed_ns);
    check_same_pairs(part.experiment, whole.experiment);
    assert_int_equal(journalled(fixture), whole_runner.calls);
}

static void interrupted_run_goes_on_to_the_same_end(void **state)
{
    check_goes_on(*state, 3600);
}

/* Pairs take 0.2 s: the budget ends the 16th, and would end the resumed run at once if
 * what was measured before were counted twice or in front. */
static void budget_ends_where_it_would_have_ended(void **state)
{
    check_goes_on(*state, 3.1);
}

static void budget_spent_soon_after_the_kill_loses_no_pair(void **state)
{
    check_goes_on(*state, 2.5);
}

static const struct trial *failed_trial(const struct experiment *experiment)
{
    for (size_t i = 0; i < experiment->trials.count; i++)
        if (experiment->trials.items[i].state == TRIAL_FAILED)
            return &experiment->trials.items[i];
    fail_msg("no trial has failed");
    return NULL;
}

static void reason_of_a_failure_is_kept_over_a_resumption(void **state)
{
    struct fixture *fixture = *state;

    fixture->runner.breaks_at = 5;
    fixture->runner.fails_after = 9;
    begin_journal(fixture);
    assert_int_equal(run(fixture), -1);
    assert_string_equal(failed_trial(fixture->measuring.experiment)->failure,
                        "the disk is full");
    scripted_gate_close(&fixture->gates[0]);
    fixture->gate_count--;

    error_clear(&fixture->err);
    resume_journal(fixture);
    fixture->measuring.experiment = open_experiment(fixture, 3600);
    fixture->runner = canned();
    assert_int_equal(run(fixture), 0);

    assert_string_equal(failed_trial(fixture->measuring.experiment)->failure,
                        "the disk is full");
}

/* Last, since the signal is never forgotten. */
static void signal_ends_it_before_the_next_pair(void **state)
{
    struct fixture *fixture = *state;

    interrupt_install();
    fixture->runner.raises_after = 4;
    begin_journal(fixture);
    assert_int_equal(run(fixture), -1);

    assert_int_equal(fixture->err.code, ERROR_INTERRUPTED);
    assert_int_equal(fixture->runner.calls, 4);
    assert_int_equal(journalled(fixture), 4);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(pairs_are_run_until_every_row_is_decided),
        T(each_pair_is_journalled),
        T(parts_of_a_measuring_are_replayed_apart),
        T(pairs_of_another_part_are_not_replayed),
        T(trouble_ends_it_with_the_pairs_before_kept),
        T(journal_that_can_not_be_written_is_trouble),
        T(interrupted_run_goes_on_to_the_same_end),
        T(budget_ends_where_it_would_have_ended),
        T(budget_spent_soon_after_the_kill_loses_no_pair),
        T(reason_of_a_failure_is_kept_over_a_resumption),
        T(signal_ends_it_before_the_next_pair),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
