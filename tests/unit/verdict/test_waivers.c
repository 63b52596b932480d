/* What waivers make of verdicts. */
#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/verdict/judge.h"
#include "gate/verdict/waivers.h"
#include "tests/support/check.h"

#define TODAY "2026-11-26T10:00:00Z"

/* A gate over one bench "list" and one waiver of it: up to 5 % (a growth: 0.3, a goal:
 * 0.62 s) until the end of January, base has none. */
struct fixture {
    struct waiver waiver;
    struct waivers waivers;
    struct waivers base;
    struct suite suite;
    struct benchmark benchmark;
    struct bench bench;
    struct benches benches;
    struct waived_row waived;
    struct waived_rows rows;
    struct result result;
};

static char name[] = "list";

static int setup(void **state)
{
    static char up_to[] = "5 %";
    static char reason[] = "checks";
    static char owner[] = "anna";
    static char until[] = "2027-01-31";
    static char metric[] = "cpu";
    struct fixture *f = xcalloc(1, sizeof *f);
    f->waiver = (struct waiver){ .row = name,
                                 .metric = METRIC_CPU,
                                 .metric_text = metric,
                                 .up_to = { .is_gated = true, .share = 0.05 },
                                 .up_to_text = up_to,
                                 .reason = reason,
                                 .owner = owner,
                                 .until = until };
    f->waivers = (struct waivers){ &f->waiver, 1, 1 };
    f->benchmark.name = name;
    f->bench =
        (struct bench){ .suite = &f->suite, .benchmark = &f->benchmark, .id = name };
    f->benches = (struct benches){ &f->bench, 1, 1 };
    f->waived = (struct waived_row){ .waiver = &f->waiver,
                                     .bench_id = name,
                                     .metric = METRIC_CPU,
                                     .own = { .is_gated = true, .share = 0.02 } };
    f->rows = (struct waived_rows){ &f->waived, 1, 1 };
    f->result.started_at = xstrdup(TODAY);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    result_clear(&f->result);
    free(f);
    return 0;
}

static struct row *add_row(struct fixture *f, enum verdict verdict, double change)
{
    *array_push(&f->result.benches) =
        (struct bench_result){ .id = xstrdup("list"), .verdict = VERDICT_OK };
    struct row *row = array_push(&f->result.rows);
    *row = (struct row){ .bench_id = xstrdup("list"),
                         .metric = METRIC_CPU,
                         .is_judged = true,
                         .verdict = verdict,
                         .reason = xstrdup(""),
                         .base_median = 1,
                         .change = change,
                         .change_low = change - 0.005,
                         .change_high = change + 0.005 };
    return row;
}

static void sample_reason(struct fixture *f, const char *reason)
{
    free(f->result.rows.items[0].reason);
    f->result.rows.items[0].reason = xstrdup(reason);
}

static enum gate_exit judge(struct fixture *f, const struct waivers *base)
{
    const struct judge_policy policy = { 0 };
    const struct waiver_rules rules = { &f->waivers, base, &f->benches, &f->rows };
    waivers_judge(&rules, &f->result);
    judge_gate(&policy, &f->result);
    return f->result.exit;
}

static void worse_than_its_margin_as_accepted_is_waived(void **state)
{
    struct fixture *f = *state;
    const struct row *row = add_row(f, VERDICT_OK, 0.04);

    assert_int_equal(judge(f, &f->base), GATE_PASS);
    assert_int_equal(row->verdict, VERDICT_WAIVED);
    assert_string_equal(row->reason, "waived by this change itself: up to 5 % until "
                                     "2027-01-31 (anna: checks); its own margin is 2 %");
    assert_int_equal(f->result.verdict, VERDICT_WAIVED);
    assert_int_equal(f->result.waivers.items[0].outcome, WAIVER_HOLDS);
    assert_string_equal(f->result.waivers.items[0].for_rows.items[0], "list cpu");
    AUTO_FREE char *coverage = result_coverage(&f->result);
    assert_string_equal(coverage, "1 of 1 rows judged (1 waived)");
}

static void who_added_it_is_told_from_bases(void **state)
{
    struct fixture *f = *state;
    const struct row *row = add_row(f, VERDICT_OK, 0.04);

    judge(f, &f->waivers);
    assert_false(f->result.waivers.items[0].is_added);
    assert_string_equal(row->reason, "waived: up to 5 % until 2027-01-31 (anna: checks); "
                                     "its own margin is 2 %");
}

static void more_than_accepted_stays_regressed(void **state)
{
    struct fixture *f = *state;
    const struct row *row = add_row(f, VERDICT_REGRESSED, 0.07);
    sample_reason(f, "fresh builds showed it again");

    assert_int_equal(judge(f, NULL), GATE_REGRESSED);
    assert_int_equal(row->verdict, VERDICT_REGRESSED);
    assert_string_equal(row->reason, "more than is waived: up to 5 % until 2027-01-31 "
                                     "(anna: checks); fresh builds showed it again");
    assert_int_equal(f->result.waivers.items[0].outcome, WAIVER_EXCEEDED);
}

static void whether_it_is_more_can_be_open(void **state)
{
    struct fixture *f = *state;
    const struct row *row = add_row(f, VERDICT_INCONCLUSIVE, 0.05);
    sample_reason(f, "more pairs");

    assert_int_equal(judge(f, NULL), GATE_PASS);
    assert_string_equal(row->reason,
                        "whether it is more than is waived (up to 5 %) is open; "
                        "more pairs");
    assert_int_equal(f->result.waivers.items[0].outcome, WAIVER_OPEN);
}

static void within_its_own_margin_it_needs_none(void **state)
{
    struct fixture *f = *state;
    const struct row *row = add_row(f, VERDICT_OK, 0.014);

    judge(f, NULL);
    assert_int_equal(row->verdict, VERDICT_OK);
    assert_string_equal(row->reason, "");
    assert_int_equal(f->result.waivers.items[0].outcome, WAIVER_UNNEEDED);
}

/* 1 ms more is a tenth of a percent of 1 s: the floor is its margin, which holds 4 %. */
static void its_own_floor_counts_at_bases_level(void **state)
{
    struct fixture *f = *state;
    const struct row *row = add_row(f, VERDICT_OK, 0.04);
    f->waived.own.floor = 0.045;

    judge(f, NULL);
    assert_int_equal(row->verdict, VERDICT_OK);
    f->waived.own.floor = 0;
}

/* Head does 2.5 % less than base: base is 1 / 0.975 - 1 = 2.56 % above it. */
static void of_throughput_less_is_worse(void **state)
{
    struct fixture *f = *state;
    struct row *row = add_row(f, VERDICT_OK, -0.025);
    f->waiver.metric = f->waived.metric = row->metric = METRIC_THROUGHPUT;

    judge(f, NULL);
    assert_int_equal(row->verdict, VERDICT_WAIVED);
}

static void a_day_later_it_counts_again(void **state)
{
    struct fixture *f = *state;
    const struct row *row = add_row(f, VERDICT_REGRESSED, 0.04);
    free(f->result.started_at);
    f->result.started_at = xstrdup("2027-02-01T00:00:00Z");
    f->rows.count = 0; /* measured against its own margin */

    assert_int_equal(judge(f, NULL), GATE_REGRESSED);
    assert_string_equal(row->reason,
                        "its waiver ended on 2027-01-31 (up to 5 %; anna: checks)");
    assert_int_equal(f->result.waivers.items[0].outcome, WAIVER_ENDED);
    assert_true(f->result.waivers.items[0].is_over);
}

static void what_was_not_measured_leaves_it_idle(void **state)
{
    struct fixture *f = *state;
    add_row(f, VERDICT_FAILED, (double)NAN);

    assert_int_equal(judge(f, NULL), GATE_NOT_MEASURED);
    assert_int_equal(f->result.waivers.items[0].outcome, WAIVER_IDLE);
}

static struct growth_result *add_growth(struct fixture *f, double low)
{
    add_row(f, VERDICT_IDENTICAL, 0);
    f->waiver.kind = WAIVER_GROWTH;
    f->waiver.bound = 0.3;
    struct growth_result *growth = array_push(&f->result.growths);
    *growth = (struct growth_result){ .name = xstrdup("list"),
                                      .metric = METRIC_CPU,
                                      .outcome = GROWTH_FASTER,
                                      .difference = { low + 0.1, low, low + 0.2 },
                                      .ceiling = xstrdup(""),
                                      .reason = xstrdup("") };
    return growth;
}

static void a_growth_is_waived_unless_shown_to_be_more(void **state)
{
    struct fixture *f = *state;
    const struct growth_result *growth = add_growth(f, 0.25);

    assert_int_equal(judge(f, NULL), GATE_PASS);
    assert_int_equal(growth->outcome, GROWTH_WAIVED);
    assert_string_equal(growth->reason,
                        "waived: up to 5 % until 2027-01-31 (anna: checks)");
}

static void a_growth_beyond_it_fails_the_gate(void **state)
{
    struct fixture *f = *state;
    const struct growth_result *growth = add_growth(f, 0.31);

    assert_int_equal(judge(f, NULL), GATE_REGRESSED);
    assert_int_equal(growth->outcome, GROWTH_FASTER);
    assert_int_equal(f->result.waivers.items[0].outcome, WAIVER_EXCEEDED);
}

static struct goal_result *add_goal(struct fixture *f, double low)
{
    add_row(f, VERDICT_OK, 0);
    f->waiver.kind = WAIVER_GOAL;
    f->waiver.metric = METRIC_WALL;
    f->waiver.statistic = GOAL_P95;
    f->waiver.bound = 0.62;
    struct goal_result *goal = array_push(&f->result.goals);
    *goal = (struct goal_result){ .bench_id = xstrdup("list"),
                                  .label = xstrdup("wall_p95"),
                                  .metric = METRIC_WALL,
                                  .limit = 0.5,
                                  .value = low + 0.01,
                                  .low = low,
                                  .high = low + 0.02,
                                  .outcome = GOAL_MISSED,
                                  .reason = xstrdup("") };
    return goal;
}

static void a_missed_goal_is_waived_up_to_the_other_limit(void **state)
{
    struct fixture *f = *state;
    const struct goal_result *goal = add_goal(f, 0.61);

    assert_int_equal(judge(f, NULL), GATE_PASS);
    assert_int_equal(goal->outcome, GOAL_WAIVED);
    assert_string_equal(f->result.waivers.items[0].for_rows.items[0],
                        "list goal of wall_p95");
}

static void a_goal_missed_by_more_fails_the_gate(void **state)
{
    struct fixture *f = *state;
    const struct goal_result *goal = add_goal(f, 0.63);

    assert_int_equal(judge(f, NULL), GATE_REGRESSED);
    assert_int_equal(goal->outcome, GOAL_MISSED);
    assert_string_equal(goal->reason,
                        "more than is waived: up to 5 % until 2027-01-31 (anna: checks)");
}

static void the_wider_of_both_margins_counts_part_by_part(void **state)
{
    const struct fixture *f = *state;
    const struct margin own = { .is_gated = true, .share = 0.02, .floor = 0.001 };
    const struct margin got = waived_margin(&own, &f->waiver);
    const struct margin wide = { .is_gated = true, .share = 0.08 };

    assert_true(got.is_gated);
    assert_close(got.share, 0.05, 1e-12);
    assert_close(got.floor, 0.001, 1e-12);
    assert_close(waived_margin(&wide, &f->waiver).share, 0.08, 1e-12);
}

#define T(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(worse_than_its_margin_as_accepted_is_waived),
        T(who_added_it_is_told_from_bases),
        T(more_than_accepted_stays_regressed),
        T(whether_it_is_more_can_be_open),
        T(within_its_own_margin_it_needs_none),
        T(its_own_floor_counts_at_bases_level),
        T(of_throughput_less_is_worse),
        T(a_day_later_it_counts_again),
        T(what_was_not_measured_leaves_it_idle),
        T(a_growth_is_waived_unless_shown_to_be_more),
        T(a_growth_beyond_it_fails_the_gate),
        T(a_missed_goal_is_waived_up_to_the_other_limit),
        T(a_goal_missed_by_more_fails_the_gate),
        T(the_wider_of_both_margins_counts_part_by_part),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
