/* The payloads of tests/data/github are cut down from @octokit/webhooks-examples 7.6.1;
 * what that package lacks (forks, forced pushes, workflow_run of a pull request) is after
 * GitHub's documentation of the same members. */
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/json.h"
#include "gate/base/str.h"
#include "gate/github/event.h"
#include "tests/support/check.h"

#define A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

static void read_file(struct github_event *event, const char *name, const char *file)
{
    struct error err = { 0 };
    AUTO_FREE char *path = str_format("%s/%s.json", GITHUB_DATA, file);
    AUTO_JSON json_t *payload = json_read_file(path, ERROR_CONFIG, &err);
    if (!payload || github_event_read(event, name, payload, &err) < 0)
        fail_msg("%s: %s", file, err.message);
}

static void pull_request_names_branch_and_head(void **state)
{
    AUTO_GITHUB_EVENT struct github_event event = { 0 };

    (void)state;
    read_file(&event, "pull_request", "pull_request");

    assert_int_equal(event.number, 7);
    assert_string_equal(event.head_sha, A);
    assert_string_equal(event.base_ref, "main");
    assert_string_equal(event.repository, "octo-org/octo-repo");
    assert_null(event.base_sha);
    assert_false(github_event_is_from_fork("pull_request", &event));
}

static void check_fork(const char *name, const char *file, bool is_fork)
{
    AUTO_GITHUB_EVENT struct github_event event = { 0 };
    read_file(&event, name, file);
    if (github_event_is_from_fork(name, &event) != is_fork)
        fail_msg("%s of %s: fork is %d", name, file, !is_fork);
}

static void forks_are_told_by_their_repository(void **state)
{
    (void)state;
    check_fork("pull_request", "pull_request", false);
    check_fork("pull_request", "pull_request_fork", true);
    check_fork("pull_request_target", "pull_request_fork", true);
    check_fork("pull_request_target", "pull_request", false);
    check_fork("pull_request_target", "pull_request_deleted_fork", true);
    check_fork("workflow_run", "workflow_run", false);
    check_fork("workflow_run", "workflow_run_fork", true);
    check_fork("workflow_run", "push", true); /* names no head's repository */
    check_fork("push", "push", false);
}

static void privileged_events_are_two(void **state)
{
    (void)state;
    assert_true(github_event_is_privileged("pull_request_target"));
    assert_true(github_event_is_privileged("workflow_run"));
    assert_false(github_event_is_privileged("pull_request"));
    assert_false(github_event_is_privileged("push"));
}

static void merge_group_names_its_base(void **state)
{
    AUTO_GITHUB_EVENT struct github_event event = { 0 };

    (void)state;
    read_file(&event, "merge_group", "merge_group");

    assert_string_equal(event.base_sha, B);
    assert_string_equal(event.base_ref, "main");
}

static void push_names_what_was_before(void **state)
{
    AUTO_GITHUB_EVENT struct github_event plain = { 0 };
    AUTO_GITHUB_EVENT struct github_event forced = { 0 };

    (void)state;
    read_file(&plain, "push", "push");
    read_file(&forced, "push", "push_forced");

    assert_string_equal(plain.before, B);
    assert_false(plain.is_forced);
    assert_true(forced.is_forced);
}

static void zeros_are_nothing_before(void **state)
{
    AUTO_GITHUB_EVENT struct github_event event = { 0 };

    (void)state;
    read_file(&event, "push", "push_new_branch");

    assert_null(event.before);
}

static void other_events_need_nothing(void **state)
{
    AUTO_GITHUB_EVENT struct github_event event = { 0 };
    struct error err = { 0 };
    AUTO_JSON json_t *empty = json_object();

    (void)state;
    read_file(&event, "schedule", "schedule");
    assert_string_equal(event.default_branch, "main");
    github_event_clear(&event);
    read_file(&event, "workflow_dispatch", "workflow_dispatch");
    github_event_clear(&event);

    assert_int_equal(github_event_read(&event, "pull_request", empty, &err), 0);
    assert_null(event.head_sha);
    assert_null(event.repository);
}

static void check_refused(const char *name, const char *text, const char *message)
{
    struct error err = { 0 };
    AUTO_GITHUB_EVENT struct github_event event = { 0 };
    AUTO_JSON json_t *payload = json_read_text(text, "event", ERROR_CONFIG, &err);
    assert_non_null(payload);
    assert_int_equal(github_event_read(&event, name, payload, &err), -1);
    assert_int_equal(err.code, ERROR_CONFIG);
    assert_string_equal(err.message, message);
}

static void members_of_another_kind_are_refused(void **state)
{
    (void)state;
    check_refused("push", "{\"before\": \"main; rm -rf /\"}",
                  "'before' must be a commit id in hex");
    check_refused("push", "{\"before\": 7}", "'before' must be a text");
    check_refused("pull_request", "{\"pull_request\": {\"head\": {\"sha\": \"AB\"}}}",
                  "'pull_request.head.sha' must be a commit id in hex");
    check_refused("merge_group", "[]", "the payload must be an object");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pull_request_names_branch_and_head),
        cmocka_unit_test(forks_are_told_by_their_repository),
        cmocka_unit_test(privileged_events_are_two),
        cmocka_unit_test(merge_group_names_its_base),
        cmocka_unit_test(push_names_what_was_before),
        cmocka_unit_test(zeros_are_nothing_before),
        cmocka_unit_test(other_events_need_nothing),
        cmocka_unit_test(members_of_another_kind_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
