/* Which commits a check compares in GitHub Actions, on clones as actions/checkout makes
 * them: a few refs by their ids, at some depth. origin is a directory, reached by
 * file://, that hands out any commit by its id as GitHub does. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "tests/cli/gate.h"
#include "tests/support/check.h"

/* No commit changes what the benchmark depends on: nothing is built, unless asked for. */
#define BUILT "--no-identical --budget 1ns"

struct origin {
    char root[REPOSITORY_ID_SIZE];
    char main[REPOSITORY_ID_SIZE];   /* when the pull request was merged for its test */
    char fork[REPOSITORY_ID_SIZE];   /* where topic left main */
    char topic[REPOSITORY_ID_SIZE];  /* head of the pull request */
    char merge[REPOSITORY_ID_SIZE];  /* topic into main, refs/pull/7/merge */
    char latest[REPOSITORY_ID_SIZE]; /* main, which has moved on */
};

static void commit(struct sandbox *sandbox, const char *file, char id[REPOSITORY_ID_SIZE])
{
    repository_commit_file(sandbox, "origin", file, "1\n", id);
}

/* root - fork - main - latest
 *           \       \
 *            topic - merge */
static void make_origin(struct sandbox *sandbox, struct origin *out)
{
    repository_make(sandbox, "project");
    gate_write_config(sandbox, &(struct gate_config){ .top = "\"paths\": [\"*.c\"]," });
    gate_write_bench(sandbox, "", 1);
    sandbox_must(sandbox, "mv project origin");
    repository_git(sandbox, "origin", "config uploadpack.allowAnySHA1InWant true");
    repository_git(sandbox, "origin", "config uploadpack.allowFilter true");
    repository_commit_all(sandbox, "origin", "root", out->root);
    commit(sandbox, "fork.txt", out->fork);
    repository_git(sandbox, "origin", "checkout -q -b topic");
    commit(sandbox, "topic.txt", out->topic);
    repository_git(sandbox, "origin", "checkout -q main");
    commit(sandbox, "main.txt", out->main);
    repository_git(sandbox, "origin", "checkout -q --detach");
    repository_git(sandbox, "origin", "merge -q --no-ff -m 'Merge topic' topic");
    repository_id(sandbox, "origin", "HEAD", out->merge);
    repository_git(sandbox, "origin", "update-ref refs/pull/7/merge HEAD");
    repository_git(sandbox, "origin", "checkout -q main");
    commit(sandbox, "latest.txt", out->latest);
}

/* As actions/checkout: "project" with id checked out; options such as --depth=1. */
static void check_out(struct sandbox *sandbox, const char *options, const char *id)
{
    sandbox_must(sandbox,
                 "rm -rf project && git init -q project && cd project && "
                 "git remote add origin 'file://%s/origin' && "
                 "git fetch -q --no-tags %s origin +%s:refs/remotes/pull/7/merge && "
                 "git checkout -q --force refs/remotes/pull/7/merge",
                 sandbox->path, options, id);
}

/* A step of a job of that event, which is about the commit. */
static void
in_step(struct sandbox *sandbox, const char *event, const char *sha, const char *payload)
{
    sandbox_write(sandbox, "event.json", payload);
    setenv("GITHUB_ACTIONS", "true", 1);
    setenv("GITHUB_EVENT_NAME", event, 1);
    setenv("GITHUB_EVENT_PATH", sandbox_file(sandbox, "event.json"), 1);
    setenv("GITHUB_SHA", sha, 1);
    setenv("GITHUB_REF", "refs/heads/main", 1);
    setenv("GITHUB_WORKSPACE", sandbox_file(sandbox, "project"), 1);
    unsetenv("GITHUB_BASE_REF");
}

/* from: who the head comes from. base.sha is stale, as GitHub's is. */
static void in_request(struct sandbox *sandbox,
                       const char *event,
                       const struct origin *origin,
                       const char *from)
{
    AUTO_FREE char *payload =
        str_format("{ \"repository\": { \"full_name\": \"octo-org/repo\" },"
                   "  \"pull_request\": { \"number\": 7,"
                   "    \"head\": { \"sha\": \"%s\","
                   "      \"repo\": { \"full_name\": \"%s\" } },"
                   "    \"base\": { \"ref\": \"main\", \"sha\": \"%s\" } } }",
                   origin->topic, from, origin->root);
    in_step(sandbox, event, origin->merge, payload);
    setenv("GITHUB_REF", "refs/pull/7/merge", 1);
    setenv("GITHUB_BASE_REF", "main", 1);
}

static void in_push(struct sandbox *sandbox, const char *before, const char *after)
{
    AUTO_FREE char *payload = str_format("{ \"before\": \"%s\" }", before);
    in_step(sandbox, "push", after, payload);
}

static int teardown(void **state)
{
    unsetenv("GITHUB_ACTIONS");
    return gate_teardown(state);
}

/* A check passes, and says that it compared with base, by that rule. */
static void check_base(struct sandbox *sandbox,
                       const char *options,
                       const char *base,
                       const char *rule)
{
    struct outcome outcome = pawl_exits(sandbox, 0, "check %s --json ../r.json", options);
    AUTO_FREE char *result = sandbox_read(sandbox, "r.json");
    AUTO_FREE char *said = str_format("\"base_rule\": \"%s\"", rule);
    AUTO_FREE char *beginning = str_format("base %.10s ", base);
    AUTO_FREE char *end = str_format("(%s)\n", rule);
    assert_contains(result, said);
    assert_contains(outcome.err, beginning);
    assert_contains(outcome.err, end);
    outcome_clear(&outcome);
}

static void check_refused(struct sandbox *sandbox, int want, const char *message)
{
    struct outcome outcome = pawl_exits(sandbox, want, "check");
    assert_contains(outcome.err, message);
    outcome_clear(&outcome);
}

#define MERGE_RULE "first parent of the merge commit"

static void merge_of_depth_1_gets_its_first_parent(void **state)
{
    struct sandbox *sandbox = *state;
    struct origin origin;
    make_origin(sandbox, &origin);
    check_out(sandbox, "--depth=1", origin.merge);
    in_request(sandbox, "pull_request", &origin, "octo-org/repo");
    AUTO_FREE char *refs = repository_ask(sandbox, "project", "show-ref");
    AUTO_FREE char *config = repository_ask(sandbox, "project", "config -l --local");

    check_base(sandbox, BUILT, origin.main, MERGE_RULE);

    AUTO_FREE char *refs_after = repository_ask(sandbox, "project", "show-ref");
    AUTO_FREE char *config_after =
        repository_ask(sandbox, "project", "config -l --local");
    assert_string_equal(refs_after, refs);
    assert_string_equal(config_after, config);
}

static void merge_of_depth_2_and_of_the_whole_history_need_no_network(void **state)
{
    struct sandbox *sandbox = *state;
    struct origin origin;
    make_origin(sandbox, &origin);
    in_request(sandbox, "pull_request", &origin, "mona/repo");

    check_out(sandbox, "--depth=2", origin.merge);
    sandbox_must(sandbox, "mv origin away");
    check_base(sandbox, "", origin.main, MERGE_RULE);

    sandbox_must(sandbox, "mv away origin");
    check_out(sandbox, "", origin.merge);
    sandbox_must(sandbox, "mv origin away");
    check_base(sandbox, "", origin.main, MERGE_RULE);
}

static void head_of_a_pull_request_is_held_against_where_it_left_main(void **state)
{
    struct sandbox *sandbox = *state;
    struct origin origin;
    make_origin(sandbox, &origin);
    check_out(sandbox, "--depth=1", origin.topic);
    in_request(sandbox, "pull_request", &origin, "octo-org/repo");

    check_base(sandbox, "", origin.fork,
               "merge base of the pull request's head and main");
}

static void push_is_held_against_what_was_before(void **state)
{
    struct sandbox *sandbox = *state;
    struct origin origin;
    make_origin(sandbox, &origin);
    check_out(sandbox, "--depth=1", origin.latest);

    in_push(sandbox, origin.fork, origin.latest);
    check_base(sandbox, "", origin.fork, "what main was before the push");
}

static void forced_push_and_new_branch_are_held_against_the_parent(void **state)
{
    struct sandbox *sandbox = *state;
    struct origin origin;
    make_origin(sandbox, &origin);
    check_out(sandbox, "--depth=1", origin.latest);

    in_push(sandbox, "1234567890123456789012345678901234567890", origin.latest);
    check_base(sandbox, "", origin.main,
               "first parent of HEAD, as what main was before the push is gone "
               "(1234567890)");
    in_push(sandbox, "0000000000000000000000000000000000000000", origin.latest);
    check_base(sandbox, "", origin.main, "first parent of HEAD, as main is new");
}

static void first_commit_has_nothing_to_be_compared_with(void **state)
{
    struct sandbox *sandbox = *state;
    struct origin origin;
    make_origin(sandbox, &origin);
    check_out(sandbox, "--depth=1", origin.root);
    in_push(sandbox, "0000000000000000000000000000000000000000", origin.root);

    check_refused(sandbox, 2,
                  "is the first of the history, and there is nothing to compare it "
                  "with: the gate begins with the next one");
}

static void merge_group_is_held_against_its_base(void **state)
{
    struct sandbox *sandbox = *state;
    struct origin origin;
    make_origin(sandbox, &origin);
    check_out(sandbox, "--depth=1", origin.merge);
    AUTO_FREE char *payload =
        str_format("{ \"merge_group\": { \"base_sha\": \"%s\" } }", origin.fork);
    in_step(sandbox, "merge_group", origin.merge, payload);

    check_base(sandbox, "", origin.fork, "what the merge group is built on");
}

static void schedule_takes_the_parent_and_says_so_or_a_base_that_is_fetched(void **state)
{
    struct sandbox *sandbox = *state;
    struct origin origin;
    make_origin(sandbox, &origin);
    repository_git(sandbox, "origin", "tag -a v1 -m one %s", origin.root);
    check_out(sandbox, "--depth=1", origin.latest);
    in_step(sandbox, "schedule", origin.latest, "{ \"schedule\": \"30 5 * * 1\" }");

    check_base(sandbox, "", origin.main, "first parent of HEAD");
    AUTO_FREE char *result = sandbox_read(sandbox, "r.json");
    assert_contains(result, "an event 'schedule' names no commit to compare with");
    check_base(sandbox, "--base v1", origin.root, "as asked: v1");
    check_base(sandbox, "--base origin/topic", origin.topic, "as asked: origin/topic");
    check_base(sandbox, "--anchor=v1 --budget 1ns", origin.main, "first parent of HEAD");
}

static void parent_that_cannot_be_fetched_names_the_line_that_mends_it(void **state)
{
    struct sandbox *sandbox = *state;
    struct origin origin;
    make_origin(sandbox, &origin);
    check_out(sandbox, "--depth=1", origin.merge);
    in_request(sandbox, "pull_request", &origin, "octo-org/repo");
    sandbox_must(sandbox, "mv origin away");

    check_refused(sandbox, 2,
                  "in the workflow, give actions/checkout 'with: { fetch-depth: 2 }'");
}

static void nothing_is_fetched_outside_of_github(void **state)
{
    struct sandbox *sandbox = *state;
    struct origin origin;
    make_origin(sandbox, &origin);
    check_out(sandbox, "--depth=1", origin.latest);
    AUTO_FREE char *before = repository_listing(sandbox, "project");

    check_refused(sandbox, 2, "run git fetch --deepen=100 or git fetch --unshallow");

    AUTO_FREE char *after = repository_listing(sandbox, "project");
    assert_string_equal(after, before);
}

/* As in a container. Only root can give files away. */
static void workspace_of_another_user_is_deepened_too(void **state)
{
    struct sandbox *sandbox = *state;
    struct origin origin;
    if (geteuid() != 0)
        skip();
    make_origin(sandbox, &origin);
    check_out(sandbox, "--depth=1", origin.merge);
    in_request(sandbox, "pull_request", &origin, "octo-org/repo");
    sandbox_must(sandbox, "chown -R 12345 project && test ! -e .gitconfig");

    check_base(sandbox, "", origin.main, MERGE_RULE);

    sandbox_must(sandbox, "test ! -e .gitconfig");
}

static void sparse_checkout_without_its_files_is_compared_whole(void **state)
{
    struct sandbox *sandbox = *state;
    struct origin origin;
    make_origin(sandbox, &origin);
    sandbox_must(sandbox,
                 "git init -q project && cd project && git remote add origin "
                 "'file://%s/origin' && git config remote.origin.promisor true && "
                 "git config remote.origin.partialclonefilter blob:none && "
                 "git sparse-checkout set docs && git fetch -q --no-tags --depth=1 "
                 "--filter=blob:none origin +%s:refs/remotes/pull/7/merge && "
                 "git checkout -q --force refs/remotes/pull/7/merge",
                 sandbox->path, origin.merge);
    in_request(sandbox, "pull_request", &origin, "octo-org/repo");

    check_base(sandbox, BUILT, origin.main, MERGE_RULE);
}

static void fork_code_is_refused_where_the_event_has_rights(void **state)
{
    struct sandbox *sandbox = *state;
    struct origin origin;
    make_origin(sandbox, &origin);
    check_out(sandbox, "", origin.topic);
    in_request(sandbox, "pull_request_target", &origin, "mona/repo");
    setenv("GITHUB_SHA", origin.latest, 1);

    check_refused(sandbox, 2,
                  "an event 'pull_request_target' has the repository's rights and "
                  "secrets, and its head comes from the fork mona/repo");
    check_base(sandbox, "--allow-fork-code-in-privileged-event", origin.fork,
               "merge base of the pull request's head and main");
    in_request(sandbox, "pull_request_target", &origin, "octo-org/repo");
    setenv("GITHUB_SHA", origin.latest, 1);
    check_base(sandbox, "", origin.fork,
               "merge base of the pull request's head and main");
    in_request(sandbox, "workflow_run", &origin, "octo-org/repo");
    check_refused(sandbox, 2, "comes from an unknown repository");
}

#define T(name) cmocka_unit_test_setup_teardown(name, gate_setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(merge_of_depth_1_gets_its_first_parent),
        T(merge_of_depth_2_and_of_the_whole_history_need_no_network),
        T(head_of_a_pull_request_is_held_against_where_it_left_main),
        T(push_is_held_against_what_was_before),
        T(forced_push_and_new_branch_are_held_against_the_parent),
        T(first_commit_has_nothing_to_be_compared_with),
        T(merge_group_is_held_against_its_base),
        T(schedule_takes_the_parent_and_says_so_or_a_base_that_is_fetched),
        T(parent_that_cannot_be_fetched_names_the_line_that_mends_it),
        T(nothing_is_fetched_outside_of_github),
        T(workspace_of_another_user_is_deepened_too),
        T(sparse_checkout_without_its_files_is_compared_whole),
        T(fork_code_is_refused_where_the_event_has_rights),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
