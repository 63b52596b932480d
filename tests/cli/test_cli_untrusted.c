/* pawl report on results that somebody else may have written: the golden result, spoiled
 * in one way each. */
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/file.h"
#include "gate/base/str.h"
#include "tests/cli/gate.h"
#include "tests/support/check.h"

#define BASE   "4f1c2a9be07d55a3c1b0e9d8f7a6b5c4d3e2f1a0"
#define HEAD   "9d8e7f6a5b4c3d2e1f0a9b8c7d6e5f4a3b2c1d0e"
#define REPORT "report --untrusted --format comment "

static int setup(void **state)
{
    if (gate_setup(state) != 0)
        return -1;
    struct sandbox *sandbox = *state;
    sandbox_write(sandbox, "project/x", "");
    sandbox_must(sandbox, "cp \"$PAWL_TEST_DATA\"/golden/result_trouble.json r.json");
    return 0;
}

/* The copy of r.json that sed makes. */
static void spoil(struct sandbox *sandbox, const char *script)
{
    sandbox_must(sandbox, "sed '%s' r.json >spoiled.json && ! cmp -s r.json spoiled.json",
                 script);
}

static void a_comment_comes_out_whole(void **state)
{
    struct outcome outcome = pawl_exits(
        *state, 0, REPORT "--comment-key arm64 --expect-head " HEAD " ../r.json");

    assert_true(str_starts_with(outcome.out, "<!-- pawl:v1 key=arm64 -->\n**Could not "
                                             "measure 2 of 7 benchmarks"));
    assert_contains(outcome.out, "- base `4f1c2a9be0` ");
    outcome_clear(&outcome);
}

static void links_lead_to_the_repository_of_the_step(void **state)
{
    setenv("GITHUB_ACTIONS", "true", 1);
    setenv("GITHUB_SERVER_URL", "https://ghe.example", 1);
    setenv("GITHUB_REPOSITORY", "o/r", 1);
    struct outcome outcome = pawl_exits(*state, 0, REPORT "--run-id 12 ../r.json");
    unsetenv("GITHUB_ACTIONS");
    unsetenv("GITHUB_SERVER_URL");
    unsetenv("GITHUB_REPOSITORY");

    assert_contains(outcome.out,
                    "- head [`9d8e7f6a5b`](https://ghe.example/o/r/commit/" HEAD ") `");
    assert_contains(outcome.out, "(https://ghe.example/o/r/actions/runs/12)\n");
    outcome_clear(&outcome);
}

static void a_result_of_another_head_is_refused(void **state)
{
    pawl_refuses(*state, 2,
                 "the result is of head " HEAD ", and not of " BASE
                 " as --expect-head asks: it is another commit's",
                 REPORT "--expect-head " BASE " ../r.json");
    pawl_refuses(*state, 2,
                 "--expect-head must be a commit's whole id in hex, not 'main'",
                 REPORT "--expect-head main ../r.json");
}

/* Checked out is a merge of the pull request into its base; what counts is what it
 * merged. */
static void of_a_merge_the_head_is_what_it_merged(void **state)
{
    spoil(*state, "/^  \"head\": {/a \"merged\": \"" BASE "\",");

    pawl_must_exit(*state, 0, REPORT "--expect-head " BASE " ../spoiled.json");
    pawl_refuses(*state, 2, "the result is of head " BASE ", and not of ",
                 REPORT "--expect-head 0000000000000000000000000000000000000000 "
                        "../spoiled.json");
}

static void a_check_of_a_merge_says_what_it_merged(void **state)
{
    struct sandbox *sandbox = *state;
    sandbox_must(sandbox, "rm -r project");
    gate_two_commits(sandbox, 100, 100);
    repository_git(sandbox, "project", "checkout -q -b feature HEAD~1");
    repository_commit_file(sandbox, "project", "notes", "file", NULL);
    struct outcome feature = sandbox_run(sandbox, "git -C project rev-parse HEAD");
    feature.out[strcspn(feature.out, "\n")] = '\0';
    repository_git(sandbox, "project", "checkout -q main");
    repository_git(sandbox, "project", "merge -q --no-ff -m merge feature");

    pawl_must_exit(sandbox, 0, "check --base HEAD~1 -o ../out");
    pawl_must_exit(sandbox, 0, REPORT "--expect-head %s ../out/result.json", feature.out);
    outcome_clear(&feature);
}

static void what_is_no_plain_file_is_refused(void **state)
{
    struct sandbox *sandbox = *state;
    sandbox_must(sandbox, "ln -s r.json link.json && mkfifo pipe.json && mkdir folder");
    pawl_refuses(sandbox, 2, "cannot read '../link.json': ", REPORT "../link.json");
    pawl_refuses(sandbox, 2, "cannot read '../pipe.json': it is no file",
                 REPORT "../pipe.json");
    pawl_refuses(sandbox, 2, "cannot read '../folder': it is no file",
                 REPORT "../folder");
    pawl_refuses(sandbox, 2, "cannot read '../none.json': ", REPORT "../none.json");
    pawl_refuses(sandbox, 2, "cannot read '/dev/zero': it is no file",
                 REPORT "/dev/zero");
}

static void a_file_that_is_too_large_is_refused(void **state)
{
    sandbox_must(*state, "truncate -s 33M large.json");
    pawl_refuses(*state, 2, "cannot read '../large.json': it has more than 32 MiB",
                 REPORT "../large.json");
}

static void what_is_no_result_is_refused(void **state)
{
    static const struct {
        const char *script;
        const char *message;
    } cases[] = {
        { "s/\"commit\": \"" BASE "\"/\"commit\": \"main\"/",
          "in '../spoiled.json': in the result, '/base/commit' must be an id in hex, not 'main'" },
        { "/^  \"head\": {/a \"merged\": \"x](y\",",
          "in '../spoiled.json': in the result, '/head/merged' must be an id in hex, not 'x](y'" },
        { "s/\"verdict\": \"failed\"/\"verdict\": \"fine\"/",
          "in '../spoiled.json': in the result, '/" },
        { "/^  \"head\": {/a \"surprise\": 1,",
          "in '../spoiled.json': in the result, '/head" },
        { "s/pawl-result.1/pawl-result\\/9/", "in '../spoiled.json': " },
        { "$d", "in '../spoiled.json', line " },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        spoil(*state, cases[i].script);
        pawl_refuses(*state, 2, cases[i].message, REPORT "../spoiled.json");
    }
}

static void options_that_do_not_fit_are_refused(void **state)
{
    static const struct {
        const char *arguments;
        const char *message;
    } cases[] = {
        { "report --format poem ../r.json", "--format must be one of " },
        { "report --comment-key x ../r.json",
          "--comment-key and --run-id go with --format comment" },
        { REPORT "--comment-key 'a b' ../r.json",
          "--comment-key must be 1 to 100 letters, digits, '.', '_' and '-', not 'a b'" },
        { REPORT "--run-id x ../r.json", "--run-id must be a number, not 'x'" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        pawl_refuses(*state, 2, cases[i].message, cases[i].arguments);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, gate_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_comment_comes_out_whole),
        T(links_lead_to_the_repository_of_the_step),
        T(a_result_of_another_head_is_refused),
        T(of_a_merge_the_head_is_what_it_merged),
        T(a_check_of_a_merge_says_what_it_merged),
        T(what_is_no_plain_file_is_refused),
        T(a_file_that_is_too_large_is_refused),
        T(what_is_no_result_is_refused),
        T(options_that_do_not_fit_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
