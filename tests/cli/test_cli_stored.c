/* check --baseline: head against stored sessions. What is judged is how many bytes a
 * shell's command writes, which repeats to the last one. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <jansson.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/store/store.h"
#include "tests/cli/gate.h"
#include "tests/support/check.h"

#define CHECK  "check --base HEAD~1 --budget 20s --baseline "
#define RECORD "run --record --quiet --budget 20s --runs 5 "

/* Members of the top level, each with a comma at its end. */
static char *config_with(const char *members)
{
    return str_format("{ \"version\": 1, %s \"margins\": { \"cpu\": \"none\", \"wall\": "
                      "\"none\", \"peak_rss\": \"none\", \"written_bytes\": \"2%%\" },\n"
                      "  \"suites\": [{ \"name\": \"s\", \"benchmarks\": [{ \"name\": "
                      "\"write\", \"shell\": true, \"run\": \"head -c $(cat size) "
                      "/dev/zero\" }] }] }\n",
                      members);
}

static void write_config(struct sandbox *sandbox, const char *members)
{
    AUTO_FREE char *text = config_with(members);
    sandbox_write(sandbox, "project/pawl.json", text);
}

static void commit_size(struct sandbox *sandbox, int bytes)
{
    AUTO_FREE char *text = str_format("%d\n", bytes);
    sandbox_write(sandbox, "project/size", text);
    repository_commit_all(sandbox, "project", "another size", NULL);
}

/* Stores the session that is there again, as one of each of so many days before. */
static void copy_session(struct sandbox *sandbox, size_t copies)
{
    AUTO_SESSIONS struct sessions sessions = { 0 };
    AUTO_STRVEC struct strvec warnings = { 0 };
    AUTO_STORE struct store *store =
        store_open_directory(sandbox_file(sandbox, "project/baselines"));
    const struct store_filter all = { 0 };
    struct error err = { 0 };
    assert_int_equal(store_load(store, &all, &sessions, &warnings, &err), 0);
    assert_int_equal(sessions.count, 1);
    for (size_t i = 1; i <= copies; i++) {
        char text[32];
        struct tm day;
        time_t then = time(NULL) - (time_t)i * 86400;
        gmtime_r(&then, &day);
        strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &day);
        free(sessions.items[0].recorded_at);
        sessions.items[0].recorded_at = xstrdup(text);
        assert_int_equal(store_add(store, &sessions.items[0], NULL, &err), 0);
    }
}

/* Two commits, and so many sessions of the first. */
static void begin(struct sandbox *sandbox, int base, int head, size_t sessions)
{
    repository_make(sandbox, "project");
    sandbox_write(sandbox, "project/.gitignore", "baselines\n");
    write_config(sandbox, "");
    commit_size(sandbox, base);
    commit_size(sandbox, head);
    if (sessions) {
        pawl_must_exit(sandbox, 0, RECORD "HEAD~1");
        copy_session(sandbox, sessions - 1);
    }
}

static void change_beyond_its_margin_is_a_regression(void **state)
{
    struct sandbox *sandbox = *state;
    begin(sandbox, 1000000, 1100000, 0);
    for (size_t i = 0; i < 5; i++)
        pawl_must_exit(sandbox, 0, RECORD "HEAD~1");
    struct outcome outcome =
        pawl_exits(sandbox, 1, CHECK "--json ../result.json --markdown ../report.md");

    assert_contains(outcome.out, "No: 1 of 1 row got larger. Worst: +10.0 %.");
    assert_contains(outcome.out, "held against 5 stored sessions of machine class");
    assert_contains(outcome.out, "all stored sessions were recorded within");
    assert_lacks(outcome.err, "building base");
    outcome_clear(&outcome);
    AUTO_FREE char *report = sandbox_read(sandbox, "report.md");
    assert_contains(report, "### Stored sessions in base's place");
    AUTO_FREE char *text = sandbox_read(sandbox, "result.json");
    json_t *json = json_loads(text, 0, NULL);
    json_t *rows = json_object_get(json_object_get(json, "baseline"), "rows");
    json_t *sessions = json_object_get(json_array_get(rows, 0), "sessions");
    assert_int_equal(json_array_size(sessions), 5);
    AUTO_FREE char *file = str_format("project/baselines/%s",
                                      json_string_value(json_array_get(sessions, 0)));
    AUTO_FREE char *session = sandbox_read(sandbox, file);
    assert_contains(session, "\"pawl-session/1\"");
    json_decref(json);
}

static void what_is_within_its_margin_is_ok(void **state)
{
    struct sandbox *sandbox = *state;
    begin(sandbox, 1000000, 1010000, 5);
    struct outcome outcome = pawl_exits(sandbox, 0, CHECK);

    assert_contains(outcome.out, "Yes: nothing got larger by more than its margin");
    assert_contains(outcome.out, "1 row ok");
    assert_lacks(outcome.out, "recorded within");
    assert_lacks(outcome.out, "fewer than 5");
    outcome_clear(&outcome);
}

static void four_sessions_decide_nothing(void **state)
{
    struct sandbox *sandbox = *state;
    begin(sandbox, 1000000, 2000000, 4);
    struct outcome outcome = pawl_exits(sandbox, 0, CHECK);

    assert_contains(outcome.out, "1 of 1 row could not be decided");
    assert_contains(outcome.out, "4 stored sessions of base or before it can be compared "
                                 "with, and 5 are needed");
    assert_contains(outcome.out,
                    "warning: fewer than 5 sessions of base or before it are "
                    "stored: 'pawl run --record ");
    outcome_clear(&outcome);
    pawl_must_exit(sandbox, 4, CHECK "--fail-on inconclusive");
}

static void base_need_not_be_buildable_and_the_error_says_so(void **state)
{
    struct sandbox *sandbox = *state;
    repository_make(sandbox, "project");
    sandbox_write(sandbox, "project/.gitignore", "baselines\n");
    write_config(sandbox, "");
    commit_size(sandbox, 1000000);
    pawl_must_exit(sandbox, 0, RECORD);
    copy_session(sandbox, 4);
    write_config(sandbox, "\"build\": {\"run\": [\"false\"]},");
    commit_size(sandbox, 1000001);
    write_config(sandbox, "");
    commit_size(sandbox, 1100000);

    struct outcome failed = pawl_exits(sandbox, 3, "check --base HEAD~1 --budget 20s");
    assert_contains(failed.err,
                    "without base, 'pawl check --baseline' holds head against "
                    "stored sessions: of base or before it, on machines like "
                    "this, there are 5, and 5 are needed");
    outcome_clear(&failed);
    struct outcome outcome = pawl_exits(sandbox, 1, CHECK);
    assert_contains(outcome.out, "No: 1 of 1 row got larger.");
    outcome_clear(&outcome);
}

/* Sessions of a class that says less. */
static void record_elsewhere(struct sandbox *sandbox)
{
    AUTO_FREE char *text = config_with("\"machine_class\": [\"cpus_online\"],");
    sandbox_write(sandbox, "other.json", text);
    pawl_must_exit(sandbox, 0, RECORD "--config ../other.json HEAD~1");
    copy_session(sandbox, 4);
}

static void other_machines_are_refused_with_what_differs(void **state)
{
    struct sandbox *sandbox = *state;
    begin(sandbox, 1000000, 1100000, 0);
    record_elsewhere(sandbox);
    struct outcome outcome = pawl_exits(sandbox, 2, CHECK);

    assert_contains(outcome.err,
                    "the 5 stored sessions of base or before it are of other "
                    "machines than this (");
    assert_contains(outcome.err, "no part of the class there");
    assert_contains(outcome.err, "--across-machines compares all the same");
    outcome_clear(&outcome);
}

static void across_machines_compares_and_warns_in_every_format(void **state)
{
    static const char *const formats[] = { "terminal", "markdown", "json", "junit",
                                           "tsv" };
    struct sandbox *sandbox = *state;
    begin(sandbox, 1000000, 1100000, 0);
    record_elsewhere(sandbox);
    pawl_must_exit(sandbox, 1, CHECK "--across-machines --json ../result.json");

    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        struct outcome outcome =
            pawl_exits(sandbox, 0, "report ../result.json --format %s", formats[i]);
        assert_contains(outcome.out, "compared across machines");
        outcome_clear(&outcome);
    }
}

static void stale_sessions_are_named(void **state)
{
    struct sandbox *sandbox = *state;
    repository_make(sandbox, "project");
    sandbox_write(sandbox, "project/.gitignore", "baselines\n");
    write_config(sandbox, "\"stale\": {\"commits\": 0},");
    commit_size(sandbox, 1000000);
    pawl_must_exit(sandbox, 0, RECORD);
    copy_session(sandbox, 4);
    commit_size(sandbox, 1000001);
    commit_size(sandbox, 1100000);
    struct outcome outcome = pawl_exits(sandbox, 1, CHECK);

    assert_contains(outcome.out, "stale: 5 of the 5 stored sessions are more than 0");
    outcome_clear(&outcome);
}

static void damaged_session_costs_a_warning(void **state)
{
    struct sandbox *sandbox = *state;
    begin(sandbox, 1000000, 1100000, 6);
    sandbox_must(sandbox, "f=$(ls project/baselines/*/*/*.json | head -n 1) && "
                          "echo '{' > $f");
    struct outcome outcome = pawl_exits(sandbox, 1, CHECK);

    assert_contains(outcome.out, "held against 5 stored sessions");
    assert_contains(outcome.out, "warning: ");
    outcome_clear(&outcome);
}

/* Two commits, and five sessions of base. The benchmark has the goals from the first
 * commit on. */
static void begin_with_goals(struct sandbox *sandbox, int base, int head)
{
    AUTO_FREE char *plain = config_with("");
    const char *end = strstr(plain, "\"shell\": true");
    assert_non_null(end);
    AUTO_FREE char *text =
        str_format("%.*s\"goals\": [{ \"written_bytes\": \"900kB\" }, { "
                   "\"written_bytes\": \"1200kB\" }, { \"written_bytes_p95\": "
                   "\"900kB\" }], %s",
                   (int)(end - plain), plain, end);
    repository_make(sandbox, "project");
    sandbox_write(sandbox, "project/.gitignore", "baselines\n");
    sandbox_write(sandbox, "project/pawl.json", text);
    commit_size(sandbox, base);
    pawl_must_exit(sandbox, 0, RECORD);
    copy_session(sandbox, 4);
    commit_size(sandbox, head);
}

static void goals_are_shown_with_their_way_so_far(void **state)
{
    struct sandbox *sandbox = *state;
    begin_with_goals(sandbox, 1100000, 1000000);
    sandbox_write(sandbox, "project/baselines/a/2026-11/damaged.json", "{");
    struct outcome outcome =
        pawl_exits(sandbox, 0, "check --base HEAD~1 --budget 20s --json ../result.json");

    assert_contains(outcome.out, "in the first of 5 sessions (20");
    assert_contains(outcome.out, " to go\n");
    assert_contains(outcome.out, "1 of 3 goals met; the least room: ");
    assert_contains(outcome.out, "damaged.json' has no name of a session");
    outcome_clear(&outcome);
    AUTO_FREE char *text = sandbox_read(sandbox, "result.json");
    json_t *json = json_loads(text, 0, NULL);
    json_t *goals = json_object_get(json, "goals");
    json_t *trend = json_object_get(json_array_get(goals, 0), "trend");
    assert_int_equal(json_integer_value(json_object_get(trend, "session_count")), 5);
    assert_close(json_number_value(json_object_get(trend, "first")), 1100000, 100);
    assert_close(json_number_value(json_object_get(trend, "within")), 0, 0);
    assert_null(json_object_get(json_array_get(goals, 2), "trend"));
    json_decref(json);
}

/* Base is in its sessions alone, whose last wrote 1.19 MB. */
static void goals_are_judged_on_head_and_sessions_tell_old_misses(void **state)
{
    struct sandbox *sandbox = *state;
    begin_with_goals(sandbox, 1190000, 1205000);
    struct outcome outcome = pawl_exits(sandbox, 1, CHECK);

    assert_contains(outcome.out, "1 row ok");
    assert_contains(outcome.out, "No: 1 of 3 goals was missed.");
    assert_contains(outcome.out, "goal still missed  write written_bytes: 1.15 MiB");
    assert_contains(outcome.out, "goal missed        write written_bytes: 1.15 MiB");
    outcome_clear(&outcome);
}

static void a_store_that_can_not_be_read_fails_no_check(void **state)
{
    struct sandbox *sandbox = *state;
    begin_with_goals(sandbox, 1100000, 1000000);
    sandbox_must(sandbox, "rm -r project/baselines && touch project/baselines");
    struct outcome outcome = pawl_exits(sandbox, 0, "check --base HEAD~1 --budget 20s");

    assert_contains(outcome.out, "how goals moved can't be told: cannot open");
    assert_contains(outcome.out, "1 of 3 goals met");
    outcome_clear(&outcome);
    sandbox_must(sandbox, "rm project/baselines");
    outcome = pawl_exits(sandbox, 0, "check --base HEAD~1 --budget 20s");
    assert_lacks(outcome.out, "how goals moved");
    assert_lacks(outcome.out, "session");
    outcome_clear(&outcome);
}

static void steps_of_what_crept_are_listed(void **state)
{
    struct sandbox *sandbox = *state;
    begin(sandbox, 1000000, 1015000, 0);
    pawl_must_exit(sandbox, 0, "check --base HEAD~1 --budget 20s --record");
    commit_size(sandbox, 1030000);
    commit_size(sandbox, 1045000);
    pawl_must_exit(sandbox, 0, "check --base HEAD~1 --budget 20s --record");
    struct outcome outcome =
        pawl_exits(sandbox, 1, "check --base HEAD~1 --budget 20s --anchor=HEAD~3");

    assert_contains(outcome.out, "since HEAD~3: +4.5 %");
    assert_contains(outcome.out, "+1.5 % (+1.5 .. +1.5) ");
    assert_contains(outcome.out, "(session");
    outcome_clear(&outcome);
}

#define T(name) cmocka_unit_test_setup_teardown(name, gate_setup, gate_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(change_beyond_its_margin_is_a_regression),
        T(what_is_within_its_margin_is_ok),
        T(four_sessions_decide_nothing),
        T(base_need_not_be_buildable_and_the_error_says_so),
        T(other_machines_are_refused_with_what_differs),
        T(across_machines_compares_and_warns_in_every_format),
        T(stale_sessions_are_named),
        T(damaged_session_costs_a_warning),
        T(goals_are_shown_with_their_way_so_far),
        T(goals_are_judged_on_head_and_sessions_tell_old_misses),
        T(a_store_that_can_not_be_read_fails_no_check),
        T(steps_of_what_crept_are_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
