/* "paths": changes that touch nothing that benchmarks depend on. */
#include <string.h>

#include "gate/base/alloc.h"
#include "tests/cli/gate.h"
#include "tests/support/check.h"

/* bench.c is what counts; base is committed. */
static void make_project(struct sandbox *sandbox, const char *top)
{
    repository_make(sandbox, "project");
    gate_write_config(sandbox, &(struct gate_config){ .top = top });
    gate_write_bench(sandbox, "", 1);
    repository_commit_all(sandbox, "project", "base", NULL);
}

#define PATHS "\"paths\": [\"*.c\", \"lib/\"],"

static void change_of_other_files_passes_without_a_build(void **state)
{
    struct sandbox *sandbox = *state;
    make_project(sandbox, PATHS);
    sandbox_write(sandbox, "project/docs/b.md", "1\n");
    repository_commit_file(sandbox, "project", "docs/a.md", "1\n", NULL);
    repository_commit_all(sandbox, "project", "more", NULL);

    struct outcome outcome =
        pawl_exits(sandbox, 0, "check --base HEAD~2 --json ../r.json --markdown ../r.md");
    AUTO_FREE char *result = sandbox_read(sandbox, "r.json");
    AUTO_FREE char *report = sandbox_read(sandbox, "r.md");

    assert_contains(outcome.err,
                    "no relevant change: none of the 2 changed files is one that the "
                    "benchmarks depend on (\"paths\"); nothing is built or measured\n");
    assert_lacks(outcome.err, "building");
    assert_contains(outcome.out,
                    "Yes: no relevant change (none of the 2 changed files is "
                    "one that the benchmarks");
    assert_contains(report, "**Yes: no relevant change**");
    assert_contains(result, "\"relevance\": \"none of the 2 changed files");
    assert_contains(result, "\"exit\": \"pass\"");
    assert_int_equal(count_entries(sandbox, "cache/builds"), 0);
    pawl_must_exit(sandbox, 0, "report ../r.json");
    outcome_clear(&outcome);
}

static void change_of_its_files_or_of_the_config_is_measured(void **state)
{
    struct sandbox *sandbox = *state;
    make_project(sandbox, PATHS);
    repository_commit_file(sandbox, "project", "lib/a.h", "/* */\n", NULL);
    struct outcome of_lib = pawl_exits(sandbox, 0, "check");
    gate_write_config(sandbox, &(struct gate_config){ .top = "\"paths\": [\"none\"]," });
    repository_commit_all(sandbox, "project", "config", NULL);
    struct outcome of_config = pawl_exits(sandbox, 0, "check");

    assert_contains(of_lib.out, "Yes: base and head run the same program");
    assert_contains(of_config.err, "measuring 1 bench,"); /* which may read it */
    assert_contains(of_config.out,
                    "changed rule: paths: *.c, lib/ on base, none on head");
    outcome_clear(&of_lib);
    outcome_clear(&of_config);
}

static void file_that_was_renamed_away_counts(void **state)
{
    struct sandbox *sandbox = *state;
    make_project(sandbox, PATHS);
    repository_commit_file(sandbox, "project", "lib/a.h", "/* much the same */\n", NULL);
    sandbox_must(sandbox, "mkdir project/old && mv project/lib/a.h project/old");
    repository_commit_all(sandbox, "project", "rename", NULL);

    struct outcome outcome = pawl_exits(sandbox, 0, "check");

    assert_contains(outcome.out, "Yes: base and head run the same program");
    outcome_clear(&outcome);
}

static void suite_that_is_not_concerned_is_left_out_of_the_measuring(void **state)
{
    struct sandbox *sandbox = *state;
    repository_make(sandbox, "project");
    gate_write_config(
        sandbox,
        &(struct gate_config){ .benchmark = " }] }, { \"name\": \"other\", \"paths\": "
                                            "[\"other/\"], \"benchmarks\": [ { \"name\": "
                                            "\"far\", \"run\": \"./bench\"" });
    gate_write_bench(sandbox, "", 600);
    repository_commit_all(sandbox, "project", "base", NULL);
    gate_write_bench(sandbox, "", 1400);
    repository_commit_all(sandbox, "project", "head", NULL);

    struct outcome outcome =
        pawl_exits(sandbox, 1, "check --pairs 40 --budget 20s --json ../r.json");
    AUTO_FREE char *result = sandbox_read(sandbox, "r.json");

    assert_contains(outcome.err, "measuring 1 bench,");
    assert_contains(outcome.out, "regressed  spin written_bytes");
    assert_contains(result, "\"reason\": \"no relevant change: the changed file is none");
    assert_lacks(result, "\"relevance\"");
    outcome_clear(&outcome);
}

static void no_identical_measures_nevertheless(void **state)
{
    struct sandbox *sandbox = *state;
    make_project(sandbox, PATHS);
    repository_commit_file(sandbox, "project", "docs/a.md", "1\n", NULL);

    struct outcome outcome =
        pawl_exits(sandbox, 0, "check --no-identical --pairs 40 --budget 20s");

    assert_contains(outcome.err, "measuring 1 bench,");
    outcome_clear(&outcome);
}

static void nothing_is_recorded_where_nothing_was_measured(void **state)
{
    struct sandbox *sandbox = *state;
    make_project(sandbox, PATHS);
    repository_commit_file(sandbox, "project", "docs/a.md", "1\n", NULL);

    struct outcome outcome = pawl_exits(sandbox, 0, "check --record");

    assert_contains(outcome.out, "Yes: no relevant change");
    assert_int_equal(count_entries(sandbox, "project/baselines"), 0);
    outcome_clear(&outcome);
}

static void shards_of_nothing_are_merged_into_nothing(void **state)
{
    struct sandbox *sandbox = *state;
    make_project(sandbox, PATHS);
    repository_commit_file(sandbox, "project", "docs/a.md", "1\n", NULL);

    pawl_must_exit(sandbox, 0, "check --shard 1/2 --json ../1.json");
    pawl_must_exit(sandbox, 0, "check --shard 2/2 --json ../2.json");
    struct outcome merged = pawl_exits(sandbox, 0, "merge ../1.json ../2.json");

    assert_contains(merged.out, "Yes: no relevant change");
    assert_contains(merged.out, "1 benchmark identical");
    outcome_clear(&merged);
}

#define T(name) cmocka_unit_test_setup_teardown(name, gate_setup, gate_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(change_of_other_files_passes_without_a_build),
        T(change_of_its_files_or_of_the_config_is_measured),
        T(file_that_was_renamed_away_counts),
        T(suite_that_is_not_concerned_is_left_out_of_the_measuring),
        T(no_identical_measures_nevertheless),
        T(shards_of_nothing_are_merged_into_nothing),
        T(nothing_is_recorded_where_nothing_was_measured),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
