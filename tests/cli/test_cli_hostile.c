/* Code under test is shown, never obeyed, and gets no secrets. */
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "tests/cli/gate.h"
#include "tests/support/check.h"

/* No line that a CI log or a terminal would obey. */
static void assert_forges_nothing(const char *text)
{
    assert_lacks(text, "\x1b");
    assert_lacks(text, "\r");
    assert_lacks(text, "##[");
    for (const char *line = text; line; line = strchr(line, '\n')) {
        line += strspn(line, " \t\n");
        if (strncmp(line, "::", 2) == 0)
            fail_msg("a command of a CI log is in:\n%s", text);
    }
}

static void check_report(struct sandbox *sandbox, int want)
{
    static const char *const formats[] = { "markdown", "terminal", "junit", "tsv" };
    struct outcome check = pawl_exits(sandbox, want, "check --pairs 8 -o ../out");
    assert_forges_nothing(check.out);
    assert_forges_nothing(check.err);
    outcome_clear(&check);
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        struct outcome report =
            pawl_exits(sandbox, 0, "report -f %s ../out/result.json", formats[i]);
        assert_forges_nothing(report.out);
        if (strcmp(formats[i], "junit") == 0)
            assert_lacks(report.out, "<script>");
        outcome_clear(&report);
    }
}

static void hostile_subject_forges_nothing(void **state)
{
    struct sandbox *sandbox = *state;

    gate_two_commits(sandbox, 100, 100);
    sandbox_write(sandbox, "subject",
                  "::error::forged \x1b[2J##[error]x <script> `a` **b** @everyone\n\n"
                  "::warning::in the body\n");
    repository_git(sandbox, "project",
                   "commit -q --allow-empty --cleanup=verbatim -F "
                   "../subject");
    check_report(sandbox, 0);
}

/* The words are long enough to be wrapped, whatever stands before them. */
#define FORGERIES                                                                  \
    "::error::a\\n  ::error::b\\n\\t::error::c\\n\xe3\x80\x80::error::d\\n"        \
    "\\033[2J\\r::error::e\\n##[error]f\\n<script>\\n"                             \
    "::error::gggggggggggggggggggggggggggggggggg ::error::hhhhhhhhhhhhhhhhhhhhhh " \
    "::error::iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii ::error::jjjjjjjjjjjjjjjjjjjjjj\\n"

static void commit_head(struct sandbox *sandbox, const char *statement)
{
    gate_write_bench(sandbox, statement, 100);
    repository_commit_all(sandbox, "project", "hostile", NULL);
}

static void words_of_a_failing_benchmark_forge_nothing(void **state)
{
    gate_two_commits(*state, 100, 100);
    commit_head(*state, "fputs(\"" FORGERIES "\", stderr); return 1;");

    check_report(*state, 3);
}

static void different_output_forges_nothing(void **state)
{
    struct sandbox *sandbox = *state;

    gate_two_commits(sandbox, 100, 100);
    gate_write_config(sandbox,
                      &(struct gate_config){ .benchmark = ", \"same_output\": true" });
    commit_head(sandbox, "fputs(\"" FORGERIES "\", stdout);");

    check_report(sandbox, 3);
}

static void log_of_a_failing_build_forges_nothing(void **state)
{
    struct sandbox *sandbox = *state;

    gate_two_commits(sandbox, 100, 100);
    sandbox_must(sandbox, "printf '" FORGERIES "' >project/forgery");
    sandbox_write(sandbox, "project/fail.sh", "cat forgery\nfalse\n");
    sandbox_must(sandbox, "sed -i 's/\"cc -O1/\"sh fail.sh\", &/' project/pawl.json");
    repository_commit_all(sandbox, "project", "hostile", NULL);
    struct outcome outcome = pawl_exits(sandbox, 3, "check");

    assert_contains(outcome.err, "error::a");
    assert_forges_nothing(outcome.err);
    outcome_clear(&outcome);
}

static void config_with_forgeries_forges_nothing(void **state)
{
    struct sandbox *sandbox = *state;

    gate_two_commits(sandbox, 100, 100);
    sandbox_write(sandbox, "project/pawl.json",
                  "{ \"\\n::error::forged\\u001b[2J##[error]\": 1 }");
    repository_commit_all(sandbox, "project", "hostile", NULL);
    struct outcome outcome = pawl_exits(sandbox, 2, "check");

    assert_contains(outcome.err, "unknown key");
    assert_forges_nothing(outcome.err);
    outcome_clear(&outcome);
}

static const char *const secrets[] = { "GITHUB_TOKEN",
                                       "GITHUB_ENV",
                                       "GITHUB_OUTPUT",
                                       "GITHUB_PATH",
                                       "GITHUB_STATE",
                                       "GITHUB_STEP_SUMMARY",
                                       "GH_TOKEN",
                                       "ACTIONS_RUNTIME_TOKEN",
                                       "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
                                       "ACTIONS_ID_TOKEN_REQUEST_URL",
                                       "INPUT_TOKEN",
                                       "STATE_KEY",
                                       "RUNNER_TEMP",
                                       "RUNNER_TRACKING_ID",
                                       "AWS_SECRET_ACCESS_KEY",
                                       "MY_UNKNOWN_VARIABLE" };

/* A config whose every command adds its environment to the sandbox's file "seen". */
static void write_spying_config(struct sandbox *sandbox, const char *more)
{
    const char *seen = sandbox_file(sandbox, "seen");
    AUTO_FREE char *text = str_format(
        "{ \"version\": 1, %s\n"
        "  \"build\": { \"shell\": true, \"run\": [\"env >>%s; echo build >>%s\"] },\n"
        "  \"verify\": { \"shell\": true, \"run\": [\"env >>%s; echo verify >>%s\"] "
        "},\n"
        "  \"suites\": [{ \"name\": \"s\", \"shell\": true,\n"
        "    \"prepare\": [\"env >>%s; echo prepare >>%s\"],\n"
        "    \"benchmarks\": [{ \"name\": \"spy\", \"shell\": true,\n"
        "      \"setup\": [\"env >>%s; echo setup >>%s\"],\n"
        "      \"run\": \"env >>%s; echo run >>%s\" }] }] }\n",
        more, seen, seen, seen, seen, seen, seen, seen, seen, seen, seen);
    sandbox_write(sandbox, "project/pawl.json", text);
}

static void no_command_sees_a_secret(void **state)
{
    struct sandbox *sandbox = *state;

    repository_make(sandbox, "project");
    write_spying_config(sandbox, "");
    repository_commit_all(sandbox, "project", "base", NULL);
    repository_commit_file(sandbox, "project", "other", "file", NULL);
    for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++)
        setenv(secrets[i], "s3cret", 1);
    pawl_must_exit(sandbox, 0, "check --pairs 8 --no-identical");
    AUTO_FREE char *seen = sandbox_read(sandbox, "seen");

    assert_contains(seen, "\nbuild\n");
    assert_contains(seen, "\nverify\n");
    assert_contains(seen, "\nprepare\n");
    assert_contains(seen, "\nsetup\n");
    assert_contains(seen, "\nrun\n");
    assert_contains(seen, "PATH=");
    assert_lacks(seen, "s3cret");
    for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++) {
        assert_lacks(seen, secrets[i]);
        unsetenv(secrets[i]);
    }
}

static void config_can_not_ask_for_a_token(void **state)
{
    struct sandbox *sandbox = *state;

    repository_make(sandbox, "project");
    write_spying_config(sandbox, "\"pass_env\": [\"GITHUB_TOKEN\"],");
    repository_commit_all(sandbox, "project", "base", NULL);
    repository_commit_file(sandbox, "project", "other", "file", NULL);

    pawl_refuses(
        sandbox, 2,
        "the rules are those of base (--config FILE puts others in their place): in '",
        "check -q");
}

#define T(name) cmocka_unit_test_setup_teardown(name, gate_setup, gate_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(hostile_subject_forges_nothing),
        T(words_of_a_failing_benchmark_forge_nothing),
        T(different_output_forges_nothing),
        T(log_of_a_failing_build_forges_nothing),
        T(config_with_forgeries_forges_nothing),
        T(no_command_sees_a_secret),
        T(config_can_not_ask_for_a_token),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
