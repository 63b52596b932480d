/* What is compared: commits, the work tree, configs, benches; and by which draws. */
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/json.h"
#include "tests/cli/gate.h"
#include "tests/support/check.h"

#define QUICK "--budget 20s --pairs 40"

static void uncommitted_changes_are_judged_as_they_are(void **state)
{
    struct sandbox *sandbox = *state;

    gate_two_commits(sandbox, 6000, 6000);
    gate_write_bench(sandbox, "extern const int more; sum += more;", 14000);
    sandbox_must(sandbox, "sed -i '1i#include \"untracked.h\"' project/bench.c");
    sandbox_write(sandbox, "project/untracked.h", "const int more = 1;\n");
    AUTO_FREE char *before = repository_listing(sandbox, "project");
    struct outcome outcome = pawl_exits(sandbox, 1, "check --dirty " QUICK);
    AUTO_FREE char *after = repository_listing(sandbox, "project");

    assert_contains(outcome.out, "regressed  spin written_bytes");
    assert_contains(outcome.err, "the work tree, with uncommitted changes");
    assert_contains(outcome.err, "HEAD, for the work tree's uncommitted changes");
    assert_string_equal(after, before);
    outcome_clear(&outcome);
}

static void uncommitted_changes_do_not_matter_otherwise(void **state)
{
    struct sandbox *sandbox = *state;

    gate_two_commits(sandbox, 100, 100);
    sandbox_write(sandbox, "project/bench.c", "no C at all");

    pawl_must_exit(sandbox, 0, "check " QUICK);
}

static void config_file_serves_both_sides(void **state)
{
    struct sandbox *sandbox = *state;

    gate_two_commits(sandbox, 6000, 14000);
    gate_write_config(sandbox, &(struct gate_config){ .margins = GATE_NO_TIME
                                                      ", \"written_bytes\": \"900%\"" });
    sandbox_must(sandbox, "mv project/pawl.json wide.json");

    pawl_must_exit(sandbox, 0, "check --config ../wide.json " QUICK);
}

static void patterns_choose_benches(void **state)
{
    struct sandbox *sandbox = *state;

    gate_two_commits(sandbox, 100, 100);
    gate_write_config(sandbox, &(struct gate_config){
                                   .benchmark = ", \"sizes\": { \"n\": [1, 2] } }, { "
                                                "\"name\": \"other\", "
                                                "\"run\": \"./bench\"" });
    repository_commit_all(sandbox, "project", "more", NULL);
    struct outcome one = pawl_exits(sandbox, 0,
                                    "check --base HEAD --no-identical --budget 1ns "
                                    "'spin[n=2]'");
    struct outcome two =
        pawl_exits(sandbox, 0, "check --base HEAD --no-identical --budget 1ns 'sp?n'");

    assert_contains(one.err, "measuring 1 bench,");
    assert_contains(one.out, "spin[n=2]");
    assert_contains(two.err, "measuring 2 benches");
    assert_lacks(two.out, "other");
    outcome_clear(&one);
    outcome_clear(&two);
}

/* The sides that ran first, pair by pair, as letters. */
static char *read_orders(struct sandbox *sandbox, const char *file)
{
    struct error err = { 0 };
    char orders[64] = { 0 };
    AUTO_JSON json_t *result =
        json_read_file(sandbox_file(sandbox, file), ERROR_USAGE, &err);
    const json_t *bench = json_array_get(json_object_get(result, "benches"), 0);
    const json_t *pairs = json_object_get(bench, "pairs");
    assert_true(json_array_size(pairs) >= 10);
    for (size_t i = 0; i < 10; i++) {
        const json_t *pair = json_array_get(pairs, i);
        orders[i] = json_string_value(json_object_get(pair, "first"))[0];
    }
    return xstrdup(orders);
}

static char *orders_of_seed(struct sandbox *sandbox, const char *seed)
{
    pawl_must_exit(sandbox, 0,
                   "check --no-identical --budget 20s --pairs 8 --seed %s --json "
                   "../result.json",
                   seed);
    return read_orders(sandbox, "result.json");
}

static void seed_decides_the_order_of_runs(void **state)
{
    struct sandbox *sandbox = *state;

    gate_two_commits(sandbox, 100, 100);
    AUTO_FREE char *one = orders_of_seed(sandbox, "1");
    AUTO_FREE char *again = orders_of_seed(sandbox, "1");
    AUTO_FREE char *two = orders_of_seed(sandbox, "2");

    assert_string_equal(again, one);
    assert_string_not_equal(two, one);
    assert_non_null(strchr(one, 'b'));
    assert_non_null(strchr(one, 'h'));
}

static void command_to_reproduce_can_be_run(void **state)
{
    struct sandbox *sandbox = *state;
    struct error err = { 0 };

    gate_two_commits(sandbox, 100, 100);
    pawl_must_exit(sandbox, 0,
                   "check --no-identical --budget 20s --pairs 8 'sp*' --json ../r.json");
    AUTO_FREE char *orders = read_orders(sandbox, "r.json");
    AUTO_JSON json_t *result =
        json_read_file(sandbox_file(sandbox, "r.json"), ERROR_USAGE, &err);
    const char *command = json_string_value(json_object_get(result, "reproduce"));
    assert_int_equal(strncmp(command, "pawl check --base ", 18), 0);
    pawl_must_exit(sandbox, 0, "%s --json ../r.json", command + strlen("pawl "));
    AUTO_FREE char *again = read_orders(sandbox, "r.json");

    assert_string_equal(again, orders);
}

static void repository_is_found_from_below_and_from_elsewhere(void **state)
{
    struct sandbox *sandbox = *state;

    gate_two_commits(sandbox, 100, 100);
    sandbox_must(sandbox, "mkdir -p project/deep/er");
    struct outcome below =
        sandbox_run(sandbox, "cd project/deep/er && %s check -q", PAWL_PROGRAM);
    struct outcome elsewhere =
        sandbox_run(sandbox, "cd / && %s check -q -C \"$OLDPWD\"/project", PAWL_PROGRAM);

    assert_int_equal(below.exit_code, 0);
    assert_contains(below.out, "Yes: base and head run the same program");
    assert_int_equal(elsewhere.exit_code, 0);
    assert_contains(elsewhere.out, "Yes: base and head run the same program");
    outcome_clear(&below);
    outcome_clear(&elsewhere);
}

static void bare_repository_is_checked_too(void **state)
{
    struct sandbox *sandbox = *state;

    gate_two_commits(sandbox, 100, 100);
    sandbox_must(sandbox, "git clone -q --bare project bare.git");

    pawl_must_exit(sandbox, 0, "check -C ../bare.git");
}

static void branch_is_compared_with_where_it_left_main(void **state)
{
    struct sandbox *sandbox = *state;

    gate_two_commits(sandbox, 100, 100);
    repository_git(sandbox, "project", "checkout -q -b topic");
    repository_commit_file(sandbox, "project", "a", "1", NULL);
    repository_commit_file(sandbox, "project", "a", "2", NULL);
    struct outcome outcome = pawl_exits(sandbox, 0, "check");

    assert_contains(outcome.err, "head (merge base of HEAD and main)");
    outcome_clear(&outcome);
}

#define T(name) cmocka_unit_test_setup_teardown(name, gate_setup, gate_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(uncommitted_changes_are_judged_as_they_are),
        T(uncommitted_changes_do_not_matter_otherwise),
        T(config_file_serves_both_sides),
        T(patterns_choose_benches),
        T(seed_decides_the_order_of_runs),
        T(command_to_reproduce_can_be_run),
        T(repository_is_found_from_below_and_from_elsewhere),
        T(bare_repository_is_checked_too),
        T(branch_is_compared_with_where_it_left_main),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
