/* One commit measured by itself, and what is kept of it. The bench writes bytes, which
 * are as many on the busiest machine. */
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/store/store.h"
#include "tests/cli/gate.h"
#include "tests/support/check.h"

/* A bench that writes so many thousand bytes, and fails where there is no {work}. */
static void write_bench(struct sandbox *sandbox, int thousands)
{
    gate_write_bench(sandbox, "if (chdir(argv[1])) return 9;", thousands);
}

static void make_project(struct sandbox *sandbox, const struct gate_config *config)
{
    repository_make(sandbox, "project");
    gate_write_config(sandbox, config);
    write_bench(sandbox, 1);
    repository_commit_all(sandbox, "project", "a thousand", NULL);
    write_bench(sandbox, 2);
    repository_commit_all(sandbox, "project", "two thousand", NULL);
}

static const struct gate_config usual;

/* All sessions of the store, which must be readable without a warning. */
static void load_all(struct sandbox *sandbox, const char *where, struct sessions *out)
{
    AUTO_STORE struct store *store = store_open_directory(sandbox_file(sandbox, where));
    AUTO_STRVEC struct strvec warnings = { 0 };
    struct store_filter all = { 0 };
    struct error err = { 0 };
    if (store_load(store, &all, out, &warnings, &err) < 0)
        fail_msg("%s", err.message);
    for (size_t i = 0; i < warnings.count; i++)
        fail_msg("%s", warnings.items[i]);
}

static const struct session_row *
row_of(const struct session_side *side, const char *bench, enum metric metric)
{
    const struct session_row *row = session_side_find(side, bench, metric);
    if (!row)
        fail_msg("no row '%s %s'", bench, metric_name(metric));
    return row;
}

static void run_shows_what_each_row_took(void **state)
{
    make_project(*state, &usual);
    struct outcome outcome = pawl_exits(*state, 0, "run");
    assert_contains(outcome.out, "two thousand\nmachine class ");
    assert_contains(outcome.out, "1 of 1 benches measured in ");
    assert_contains(outcome.out, "median");
    assert_contains(outcome.out, "spin written_bytes *");
    assert_contains(outcome.out, "1.95 KiB");
    assert_contains(outcome.out, "spin wall ");
    assert_lacks(outcome.out, "recorded");
    sandbox_must(*state, "test ! -e project/baselines");
    outcome_clear(&outcome);
}

#define GOALS                                                             \
    ", \"goals\": [{ \"written_bytes\": \"1kB\" }, { \"written_bytes\": " \
    "\"1MB\" }]"

static void goals_are_judged_and_fail_only_where_that_is_asked_for(void **state)
{
    make_project(*state, &(struct gate_config){ .benchmark = GOALS });
    for (size_t i = 0; i < 3; i++)
        pawl_must_exit(*state, 0, "run --record --quiet HEAD~1");
    struct outcome outcome = pawl_exits(*state, 0, "run");
    assert_contains(outcome.out, "goal missed        spin written_bytes: ");
    assert_contains(outcome.out, " in the first of 3 sessions (20");
    assert_contains(outcome.out, "1 of 2 goals met; the least room: ");
    assert_lacks(outcome.out, "still missed");
    outcome_clear(&outcome);
    pawl_must_exit(*state, 1, "run --quiet --fail-on goal");
}

static void recorded_session_has_the_commits_figures(void **state)
{
    AUTO_SESSIONS struct sessions sessions = { 0 };
    make_project(*state, &usual);
    struct outcome outcome = pawl_exits(*state, 0, "run --record --seed 7 HEAD~1");
    load_all(*state, "project/baselines", &sessions);
    assert_int_equal(sessions.count, 1);
    const struct session *session = &sessions.items[0];
    AUTO_FREE char *line = str_format("recorded: baselines/%s\n", session->name);
    assert_contains(outcome.out, line);
    assert_string_equal(session->head.subject, "a thousand");
    assert_string_equal(session->command, "run");
    assert_null(session->base);
    assert_true(session->seed == 7);
    assert_true(session->head.committed_s > 0);
    const struct session_row *row = row_of(&session->head, "spin", METRIC_WRITTEN_BYTES);
    assert_true(row->is_judged);
    assert_true(row->run_count >= 10);
    assert_close(row->median, 1000, 0);
    assert_close(row->spread, 0, 0);
    assert_int_equal(session->head.gaps.count, 0);
    outcome_clear(&outcome);
}

static void every_run_is_a_session_of_its_own(void **state)
{
    AUTO_SESSIONS struct sessions sessions = { 0 };
    make_project(*state, &usual);
    for (int i = 0; i < 3; i++)
        pawl_must_exit(*state, 0, "run --record --runs 2 --store %s --seed %d",
                       sandbox_file(*state, "elsewhere"), i);
    load_all(*state, "elsewhere", &sessions);
    assert_int_equal(sessions.count, 3);
    sandbox_must(*state, "test ! -e project/baselines");
}

static void session_is_written_where_json_says(void **state)
{
    make_project(*state, &usual);
    pawl_must_exit(*state, 0, "run --json ../session.json");
    AUTO_FREE char *text = sandbox_read(*state, "session.json");
    assert_contains(text, "\"schema\": \"pawl-session/1\"");
    assert_contains(text, "\"median\": 2000.0");
}

static void config_says_where_and_by_which_facts(void **state)
{
    AUTO_SESSIONS struct sessions sessions = { 0 };
    make_project(*state, &(struct gate_config){
                             .top = "\"baselines\": \"perf/kept\", "
                                    "\"machine_class\": [\"libc\"],",
                         });
    pawl_must_exit(*state, 0, "run --record --runs 2");
    load_all(*state, "project/perf/kept", &sessions);
    assert_int_equal(sessions.count, 1);
    assert_int_equal(sessions.items[0].machine_class.fields.count, 1);
    assert_string_equal(sessions.items[0].machine_class.fields.items[0].name, "libc");
}

static void work_trees_are_measured_but_never_recorded(void **state)
{
    make_project(*state, &usual);
    write_bench(*state, 3);
    struct outcome outcome = pawl_exits(*state, 0, "run --dirty");
    assert_contains(outcome.out, "and uncommitted changes");
    assert_contains(outcome.out, "2.93 KiB");
    outcome_clear(&outcome);
    pawl_refuses(
        *state, 2,
        "--record keeps what a commit took, and --dirty measures a work tree, which "
        "is no commit's history: commit it, or leave one of the two out",
        "run --dirty --record");
    sandbox_must(*state, "test ! -e project/baselines");
}

static void add_failing_bench(struct sandbox *sandbox)
{
    sandbox_must(sandbox,
                 "sed -i 's|\"benchmarks\": \\[|&{ \"name\": \"broken\", \"run\": "
                 "\"./bench /nowhere\" },|' project/pawl.json");
    repository_commit_all(sandbox, "project", "one is broken", NULL);
}

static void failed_bench_exits_with_three_and_is_a_gap(void **state)
{
    AUTO_SESSIONS struct sessions sessions = { 0 };
    make_project(*state, &usual);
    add_failing_bench(*state);
    struct outcome outcome = pawl_exits(*state, 3, "run --record --runs 2");
    assert_contains(outcome.out, "broken was not measured: head exited with 9");
    assert_contains(outcome.out, "1 of 2 benches measured");
    load_all(*state, "project/baselines", &sessions);
    assert_int_equal(sessions.count, 1);
    const struct session_side *head = &sessions.items[0].head;
    assert_int_equal(head->gaps.count, 1);
    assert_string_equal(head->gaps.items[0].bench_id, "broken");
    assert_contains(head->gaps.items[0].reason, "exited with 9");
    assert_null(session_side_find(head, "broken", METRIC_WALL));
    assert_close(row_of(head, "spin", METRIC_WRITTEN_BYTES)->median, 2000, 0);
    outcome_clear(&outcome);
}

static void nothing_measured_is_nothing_recorded(void **state)
{
    make_project(*state, &usual);
    add_failing_bench(*state);
    struct outcome outcome = pawl_exits(*state, 3, "run --record HEAD broken");
    assert_contains(outcome.err, "nothing was measured, so nothing is recorded");
    sandbox_must(*state, "test -z \"$(find project/baselines -name '*.json')\"");
    outcome_clear(&outcome);
}

static void what_can_not_be_stored_is_said_before_anything_is_built(void **state)
{
    make_project(*state, &usual);
    sandbox_write(*state, "project/baselines", "a file");
    struct outcome outcome = pawl_exits(*state, 5, "run --record");
    assert_contains(outcome.err, "--record: ");
    assert_contains(outcome.err, "baselines");
    assert_lacks(outcome.err, "building");
    outcome_clear(&outcome);
}

static void names_of_a_harness_are_rows(void **state)
{
    AUTO_SESSIONS struct sessions sessions = { 0 };
    struct gate_config config = { .margins = "\"wall\": \"5%\"",
                                  .benchmark = ", \"format\": \"lines\"" };
    repository_make(*state, "project");
    gate_write_config(*state, &config);
    gate_write_bench(*state, "puts(\"quick 1.5 ms\"); puts(\"slow 30 ms\");", 1);
    repository_commit_all(*state, "project", "prints", NULL);
    pawl_must_exit(*state, 0, "run --record");
    load_all(*state, "project/baselines", &sessions);
    assert_int_equal(sessions.count, 1);
    assert_close(row_of(&sessions.items[0].head, "spin/quick", METRIC_WALL)->median,
                 0.0015, 1e-12);
    assert_close(row_of(&sessions.items[0].head, "spin/slow", METRIC_WALL)->median, 0.030,
                 1e-12);
}

static void check_records_both_sides_and_the_change_between(void **state)
{
    AUTO_SESSIONS struct sessions sessions = { 0 };
    make_project(*state, &usual);
    struct outcome outcome =
        pawl_exits(*state, 1, "check --record --base HEAD~1 --pairs 12 --layouts off");
    assert_contains(outcome.out, "recorded: baselines/");
    load_all(*state, "project/baselines", &sessions);
    assert_int_equal(sessions.count, 1);
    const struct session *session = &sessions.items[0];
    assert_string_equal(session->command, "check");
    assert_string_equal(session->head.subject, "two thousand");
    assert_string_equal(session->base->subject, "a thousand");
    assert_close(row_of(&session->head, "spin", METRIC_WRITTEN_BYTES)->median, 2000, 0);
    assert_close(row_of(&session->head, "spin", METRIC_WRITTEN_BYTES)->change, 1, 0.01);
    assert_close(row_of(session->base, "spin", METRIC_WRITTEN_BYTES)->median, 1000, 0);
    outcome_clear(&outcome);
}

static void words_that_make_no_sense_are_refused(void **state)
{
    make_project(*state, &usual);
    pawl_refuses(
        *state, 2,
        "'pawl run' measures the benchmarks of pawl.json; './bench' after '--' is "
        "for 'pawl measure'",
        "run -- ./bench");
    pawl_refuses(*state, 2, "--runs must be at least 2, not 1", "run --runs 1");
    pawl_refuses(
        *state, 2,
        "--dirty measures the work tree, 'HEAD' names a commit: leave one of the "
        "two out",
        "run --dirty HEAD");
    pawl_refuses(*state, 2,
                 "--store 'x' says where --record keeps a session: give that too",
                 "run --store x");
    pawl_refuses(*state, 2, "--fail-on must be 'goal', not 'layout'",
                 "run --fail-on layout");
}

#define WITH_GATE(test) cmocka_unit_test_setup_teardown(test, gate_setup, gate_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_GATE(run_shows_what_each_row_took),
        WITH_GATE(goals_are_judged_and_fail_only_where_that_is_asked_for),
        WITH_GATE(recorded_session_has_the_commits_figures),
        WITH_GATE(every_run_is_a_session_of_its_own),
        WITH_GATE(session_is_written_where_json_says),
        WITH_GATE(config_says_where_and_by_which_facts),
        WITH_GATE(work_trees_are_measured_but_never_recorded),
        WITH_GATE(failed_bench_exits_with_three_and_is_a_gap),
        WITH_GATE(nothing_measured_is_nothing_recorded),
        WITH_GATE(what_can_not_be_stored_is_said_before_anything_is_built),
        WITH_GATE(names_of_a_harness_are_rows),
        WITH_GATE(check_records_both_sides_and_the_change_between),
        WITH_GATE(words_that_make_no_sense_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
