/* What could not be measured is never a pass. */
#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "tests/cli/gate.h"
#include "tests/support/check.h"

/* Commits a base that is well and a head whose main begins with statement. */
static void break_head(struct sandbox *sandbox,
                       const struct gate_config *config,
                       const char *statement)
{
    repository_make(sandbox, "project");
    gate_write_config(sandbox, config);
    gate_write_bench(sandbox, "puts(\"one\"); puts(\"two\");", 100);
    repository_commit_all(sandbox, "project", "base", NULL);
    gate_write_bench(sandbox, statement, 100);
    repository_commit_all(sandbox, "project", "head", NULL);
}

static void different_output_is_shown_as_a_difference(void **state)
{
    struct sandbox *sandbox = *state;

    break_head(sandbox, &(struct gate_config){ .benchmark = ", \"same_output\": true" },
               "puts(\"one\"); puts(\"2\");");
    struct outcome outcome = pawl_exits(sandbox, 3, "check --pairs 8");

    assert_contains(outcome.out, "Could not measure 1 of 1 benchmark");
    assert_contains(outcome.out, "different output");
    assert_contains(outcome.err, "spin failed: different output");
    assert_contains(outcome.err, "two");
    assert_lacks(outcome.err, "measuring");
    outcome_clear(&outcome);
}

static void other_output_is_fine_where_nobody_asked(void **state)
{
    struct sandbox *sandbox = *state;

    break_head(
        sandbox,
        &(struct gate_config){ .margins = GATE_NO_TIME ", \"written_bytes\": \"900%\"" },
        "puts(\"2\");");

    pawl_must_exit(sandbox, 0, "check --pairs 8");
}

static void
check_head_fails(struct sandbox *sandbox, const char *statement, const char *reason)
{
    break_head(sandbox, &(struct gate_config){ .benchmark = ", \"timeout\": \"1s\"" },
               statement);
    struct outcome outcome = pawl_exits(sandbox, 3, "check --pairs 8");
    assert_contains(outcome.out, "Could not measure 1 of 1 benchmark");
    assert_contains(outcome.out, reason);
    outcome_clear(&outcome);
}

static void crash_on_head_is_no_pass(void **state)
{
    check_head_fails(*state, "raise(SIGSEGV);", "head was killed by SIGSEGV");
}

static void hang_on_head_is_no_pass(void **state)
{
    check_head_fails(*state, "pause();", "head took longer than 1.00 s");
}

static void other_exit_code_on_head_is_no_pass_and_shows_its_words(void **state)
{
    check_head_fails(*state, "fputs(\"no such file\\n\", stderr); return 7;",
                     "head exited with 7: no such file");
}

/* Head's fourth run crashes: one was to compare the outputs, two were warm-ups. */
static void crash_in_the_middle_of_measuring_is_no_pass(void **state)
{
    check_head_fails(*state,
                     "if (chdir(argv[1]) || (mkdir(\"1\", 0700) && mkdir(\"2\", 0700) && "
                     "mkdir(\"3\", 0700))) abort();",
                     "head was killed by SIGABRT");
}

/* A wrong name is what a first pawl.json has most often. */
static void what_can_not_be_started_is_named(void **state)
{
    static const struct {
        const char *members;
        const char *reason;
    } cases[] = {
        { "\"run\": \"./nosuch\"", "cannot run './nosuch': No such file or directory" },
        { "\"run\": \"./pawl.json\"", "cannot run './pawl.json': Permission denied" },
        { "\"run\": \"true\", \"stdin\": \"nosuch\"",
          "/nosuch': No such file or directory" },
        { "\"run\": \"true\", \"cwd\": \"nosuch\"",
          "/nosuch': No such file or directory" },
        { "\"run\": \"./nosuch\", \"margins\": { \"instructions\": \"1%\" }",
          "cannot run './nosuch': No such file or directory" },
    };
    struct sandbox *sandbox = *state;
    repository_make(sandbox, "project");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        AUTO_FREE char *config = str_format(
            "{ \"version\": 1, \"suites\": [{ \"name\": \"s\", \"benchmarks\": "
            "[{ \"name\": \"b\", %s }] }] }\n",
            cases[i].members);
        sandbox_write(sandbox, "project/pawl.json", config);
        repository_commit_all(sandbox, "project", "one", NULL);
        struct outcome alone = pawl_exits(sandbox, 3, "run");
        sandbox_write(sandbox, "project/other", cases[i].members);
        repository_commit_all(sandbox, "project", "two", NULL);
        struct outcome gate = pawl_exits(sandbox, 3, "check --base HEAD~1");

        assert_contains(alone.out, "b was not measured: head could not be started: ");
        assert_contains(alone.out, cases[i].reason);
        assert_contains(gate.err, "b failed: base could not be started: ");
        assert_contains(gate.err, cases[i].reason);
        outcome_clear(&alone);
        outcome_clear(&gate);
    }
}

static void failing_build_shows_the_end_of_its_log(void **state)
{
    struct sandbox *sandbox = *state;

    break_head(sandbox, &(struct gate_config){ 0 }, "this is not C;");
    struct outcome outcome = pawl_exits(sandbox, 3, "check --pairs 8");

    assert_contains(outcome.err, "pawl: building head failed: 'cc -O1 -o bench bench.c'");
    assert_contains(outcome.err, "bench.c:12:");
    assert_string_equal(outcome.out, "");
    outcome_clear(&outcome);
}

static void failing_verification_is_no_pass(void **state)
{
    struct sandbox *sandbox = *state;

    break_head(sandbox,
               &(struct gate_config){
                   .top = "\"verify\": { \"run\": [\"grep -q one bench.c\"] }," },
               "puts(\"nothing\");");
    struct outcome outcome = pawl_exits(sandbox, 3, "check --pairs 8");

    assert_contains(outcome.err,
                    "pawl: verifying head failed: 'grep -q one bench.c' exited with 1");
    assert_string_equal(outcome.out, "");
    outcome_clear(&outcome);
}

static void benchmark_that_head_dropped_is_no_pass(void **state)
{
    struct sandbox *sandbox = *state;

    gate_two_commits(sandbox, 100, 100);
    sandbox_must(sandbox, "sed -i 's/\"spin\"/\"turn\"/' project/pawl.json");
    repository_commit_all(sandbox, "project", "rename", NULL);
    struct outcome outcome = pawl_exits(sandbox, 3, "check --pairs 8");

    assert_contains(outcome.out, "missing  spin");
    assert_contains(outcome.out, "in base's pawl.json, but not in head's");
    assert_contains(outcome.out, "1 benchmark new");
    outcome_clear(&outcome);
}

static void benchmark_that_base_lacks_is_new(void **state)
{
    struct sandbox *sandbox = *state;

    gate_two_commits(sandbox, 100, 100);
    gate_write_config(sandbox,
                      &(struct gate_config){ .benchmark = " }, { \"name\": \"more\", "
                                                          "\"run\": \"./bench\"" });
    repository_commit_all(sandbox, "project", "more", NULL);
    struct outcome outcome = pawl_exits(sandbox, 0, "check --pairs 8");

    assert_contains(outcome.out, "1 benchmark new");
    assert_contains(outcome.out, "benchmark 'more' is new on head");
    outcome_clear(&outcome);
}

#define T(name) cmocka_unit_test_setup_teardown(name, gate_setup, gate_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(different_output_is_shown_as_a_difference),
        T(other_output_is_fine_where_nobody_asked),
        T(crash_on_head_is_no_pass),
        T(hang_on_head_is_no_pass),
        T(other_exit_code_on_head_is_no_pass_and_shows_its_words),
        T(crash_in_the_middle_of_measuring_is_no_pass),
        T(what_can_not_be_started_is_named),
        T(failing_build_shows_the_end_of_its_log),
        T(failing_verification_is_no_pass),
        T(benchmark_that_head_dropped_is_no_pass),
        T(benchmark_that_base_lacks_is_new),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
