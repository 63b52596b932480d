/* What suites do around their benches. The hooks write to "log" in the sandbox. */
#include <signal.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "tests/cli/background.h"
#include "tests/cli/gate.h"
#include "tests/support/check.h"

/* Adds keys of the suite to project/pawl.json. LOG stands for the log's path. */
static void add_to_suite(struct sandbox *sandbox, const char *keys)
{
    static const char marker[] = "\"suites\": [{";
    AUTO_FREE char *config = sandbox_read(sandbox, "project/pawl.json");
    AUTO_STR struct str text = STR_INIT;
    const char *rest = strstr(config, marker) + strlen(marker);
    str_add_bytes(&text, config, (size_t)(rest - config));
    for (const char *log = strstr(keys, "LOG"); log; log = strstr(keys, "LOG")) {
        str_add_bytes(&text, keys, (size_t)(log - keys));
        str_add(&text, sandbox_file(sandbox, "log"));
        keys = log + strlen("LOG");
    }
    str_addf(&text, "%s,%s", keys, rest);
    sandbox_write(sandbox, "project/pawl.json", text.data);
}

static void commit_with(struct sandbox *sandbox, const char *keys)
{
    gate_two_commits(sandbox, 100, 100);
    add_to_suite(sandbox, keys);
    repository_commit_all(sandbox, "project", "hooks", NULL);
    sandbox_must(sandbox, "echo >>project/bench.c");
    repository_commit_all(sandbox, "project", "blank line", NULL);
}

#define HOOKS(setup, teardown)                                                \
    "\"shell\": true, \"setup\": [\"" setup "\"], \"teardown\": [\"" teardown \
    "\", \"echo more >>LOG\"]"

static void suite_is_set_up_and_torn_down_once(void **state)
{
    struct sandbox *sandbox = *state;

    commit_with(sandbox, HOOKS("echo up $PWD >>LOG; echo >{work}/up", "echo down >>LOG"));
    pawl_must_exit(sandbox, 0, "check --no-identical --pairs 8");

    sandbox_must(sandbox,
                 "test \"$(sed 's/ .*//' log | tr '\\n' ' ')\" = 'up down more '");
    assert_int_equal(count_entries(sandbox, "cache/sessions"), 0);
}

static void nothing_is_set_up_where_nothing_is_measured(void **state)
{
    struct sandbox *sandbox = *state;

    commit_with(sandbox, HOOKS("echo up >>LOG", "echo down >>LOG"));
    pawl_must_exit(sandbox, 0, "check --pairs 8");

    sandbox_must(sandbox, "test ! -e log");
}

static void failing_setup_fails_the_benches_and_is_torn_down(void **state)
{
    struct sandbox *sandbox = *state;

    commit_with(sandbox, HOOKS("echo no such database; exit 4", "echo down >>LOG"));
    struct outcome outcome = pawl_exits(sandbox, 3, "check --no-identical --pairs 8");

    assert_contains(outcome.out, "Could not measure 1 of 1 benchmark");
    assert_contains(outcome.out, "setup of the suite 'suite' on base failed:");
    assert_contains(outcome.err, "exited with 4: no such database");
    sandbox_must(sandbox, "test \"$(cat log)\" = \"$(printf 'down\\nmore')\"");
    outcome_clear(&outcome);
}

static void failing_teardown_fails_the_benches_and_goes_on(void **state)
{
    struct sandbox *sandbox = *state;

    commit_with(sandbox, HOOKS("true", "echo still mounted; exit 4"));
    struct outcome outcome = pawl_exits(sandbox, 3, "check --no-identical --pairs 8");

    assert_contains(outcome.out, "Could not measure 1 of 1 benchmark");
    assert_contains(outcome.out, "teardown of the suite 'suite' on base failed:");
    assert_contains(outcome.err, "exited with 4: still mounted");
    sandbox_must(sandbox, "test \"$(cat log)\" = more");
    outcome_clear(&outcome);
}

static void sides_with_inputs_of_their_own_have_hooks_of_their_own(void **state)
{
    struct sandbox *sandbox = *state;

    commit_with(sandbox,
                "\"shell\": true, \"prepare\": [\"sha1sum bench.c >{work}/own\"], "
                "\"setup\": [\"cat {work}/own >>LOG\"]");
    struct outcome outcome = pawl_exits(sandbox, 0, "check --no-identical --pairs 8");

    assert_contains(outcome.out, "base and head prepared different inputs");
    sandbox_must(sandbox, "test $(sort -u log | wc -l) = 2 && test $(wc -l <log) = 2");
    outcome_clear(&outcome);
}

static void control_and_confirmation_have_theirs(void **state)
{
    struct sandbox *sandbox = *state;

    commit_with(sandbox, HOOKS("echo up >>LOG", "echo down >>LOG"));
    gate_write_bench(sandbox, "", 5000);
    repository_commit_all(sandbox, "project", "slower", NULL);
    pawl_must_exit(sandbox, 1, "check --control --confirm --pairs 40");

    sandbox_must(sandbox, "test \"$(grep -v more log | tr '\\n' ' ')\" = "
                          "'up up down down up down '");
}

/* In the first pair that counts. */
static void interrupted_check_is_torn_down(void **state)
{
    struct sandbox *sandbox = *state;

    background_make_project(sandbox);
    add_to_suite(sandbox, HOOKS("echo up >>LOG", "echo down >>LOG"));
    repository_commit_all(sandbox, "project", "hooks", NULL);
    sandbox_must(sandbox, "echo '# more' >>project/script");
    repository_commit_all(sandbox, "project", "script", NULL);
    background_block_at(sandbox, 7);
    struct background background = background_start(sandbox, "check");

    assert_int_equal(background_end(&background, SIGINT), 130);

    AUTO_FREE char *log = sandbox_read(sandbox, "log");
    assert_string_equal(log, "up\ndown\nmore\n");
}

static void failing_hook_of_a_run_is_told_with_its_words(void **state)
{
    struct sandbox *sandbox = *state;

    repository_make(sandbox, "project");
    gate_write_config(
        sandbox,
        &(struct gate_config){
            .benchmark = ", \"setup\": [{ \"run\": \"echo >>{work}/runs; if [ $(wc -l "
                         "<{work}/runs) -gt 8 ]; then echo disk full; exit 5; fi\", "
                         "\"shell\": true }]" });
    gate_write_bench(sandbox, "", 100);
    repository_commit_all(sandbox, "project", "base", NULL);
    gate_write_bench(sandbox, ";", 100);
    repository_commit_all(sandbox, "project", "head", NULL);
    struct outcome outcome = pawl_exits(sandbox, 3, "check --no-identical");

    assert_contains(outcome.out, "failed: 'echo >>{work}/runs; if [");
    assert_contains(outcome.out, "exited with 5: disk full");
    outcome_clear(&outcome);
}

#define T(name) cmocka_unit_test_setup_teardown(name, gate_setup, gate_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(suite_is_set_up_and_torn_down_once),
        T(nothing_is_set_up_where_nothing_is_measured),
        T(failing_setup_fails_the_benches_and_is_torn_down),
        T(failing_teardown_fails_the_benches_and_goes_on),
        T(sides_with_inputs_of_their_own_have_hooks_of_their_own),
        T(control_and_confirmation_have_theirs),
        T(interrupted_check_is_torn_down),
        T(failing_hook_of_a_run_is_told_with_its_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
