/* The table of docs/ci-commits.md, a case a row. */
#include "gate/github/base_plan.h"
#include "gate/github/environment.h"
#include "gate/github/event.h"
#include "tests/support/check.h"

#define MERGE  "1111111111111111111111111111111111111111"
#define MAIN   "2222222222222222222222222222222222222222"
#define HEAD   "3333333333333333333333333333333333333333"
#define BEFORE "4444444444444444444444444444444444444444"
#define REF    "refs/pull/7/merge"

struct given {
    const char *event; /* GITHUB_EVENT_NAME, and so on */
    const char *ref;
    const char *sha;
    const char *base_ref;
    const char *head_sha; /* of the payload, as what follows */
    const char *base_sha;
    const char *before;
    const char *checked_out;
    const char *parents[2];
};

/* What the structs hold is only read. */
static char *borrow(const char *text)
{
    return (char *)(uintptr_t)text;
}

static void plan(struct github_plan *out, const struct given *given)
{
    const struct github_environment environment = {
        .is_active = true,
        .event_name = borrow(given->event),
        .ref = borrow(given->ref),
        .sha = borrow(given->sha),
        .base_ref = borrow(given->base_ref),
    };
    const struct github_event event = {
        .head_sha = borrow(given->head_sha),
        .base_sha = borrow(given->base_sha),
        .before = borrow(given->before),
    };
    const struct github_head head = {
        .id = given->checked_out,
        .parents = given->parents,
        .parent_count = given->parents[1]   ? 2
                        : given->parents[0] ? 1
                                            : 0,
    };
    github_plan_base(out, &environment, &event, &head);
}

static void check_parent(const struct given *given, const char *rule, const char *notice)
{
    AUTO_GITHUB_PLAN struct github_plan got = { 0 };
    plan(&got, given);
    assert_int_equal(got.base, GITHUB_BASE_PARENT);
    assert_string_equal(got.rule, rule);
    if (notice)
        assert_contains(got.notice, notice);
    else
        assert_null(got.notice);
}

static void check_merge_base(const struct given *given, const char *rule)
{
    AUTO_GITHUB_PLAN struct github_plan got = { 0 };
    plan(&got, given);
    assert_int_equal(got.base, GITHUB_BASE_MERGE_BASE);
    assert_string_equal(got.branch, "main");
    assert_string_equal(got.rule, rule);
}

static void merge_of_a_pull_request_is_compared_with_its_first_parent(void **state)
{
    (void)state;
    check_parent(&(struct given){ .event = "pull_request",
                                  .ref = REF,
                                  .sha = MERGE,
                                  .base_ref = "main",
                                  .head_sha = HEAD,
                                  .checked_out = MERGE,
                                  .parents = { MAIN, HEAD } },
                 "first parent of the merge commit", NULL);
}

static void payload_that_lags_does_not_matter(void **state)
{
    (void)state;
    check_parent(&(struct given){ .event = "pull_request",
                                  .ref = REF,
                                  .sha = MERGE,
                                  .base_ref = "main",
                                  .head_sha = BEFORE,
                                  .base_sha = BEFORE,
                                  .checked_out = MERGE,
                                  .parents = { MAIN, HEAD } },
                 "first parent of the merge commit", NULL);
}

/* refs/pull/7/merge moved on since the event. */
static void newer_merge_is_told_by_its_second_parent(void **state)
{
    (void)state;
    check_parent(&(struct given){ .event = "pull_request",
                                  .ref = REF,
                                  .sha = BEFORE,
                                  .base_ref = "main",
                                  .head_sha = HEAD,
                                  .checked_out = MERGE,
                                  .parents = { MAIN, HEAD } },
                 "first parent of the merge commit", NULL);
}

static void head_of_a_pull_request_has_a_merge_base(void **state)
{
    (void)state;
    check_merge_base(&(struct given){ .event = "pull_request",
                                      .ref = REF,
                                      .sha = MERGE,
                                      .base_ref = "main",
                                      .head_sha = HEAD,
                                      .checked_out = HEAD,
                                      .parents = { BEFORE } },
                     "merge base of the pull request's head and main");
}

static void head_that_merged_main_is_no_merge_of_the_request(void **state)
{
    (void)state;
    check_merge_base(&(struct given){ .event = "pull_request",
                                      .ref = REF,
                                      .sha = MERGE,
                                      .base_ref = "main",
                                      .head_sha = HEAD,
                                      .checked_out = HEAD,
                                      .parents = { BEFORE, MAIN } },
                     "merge base of the pull request's head and main");
    /* Nor is one that the event does not name. */
    check_merge_base(&(struct given){ .event = "pull_request",
                                      .ref = REF,
                                      .sha = MERGE,
                                      .base_ref = "main",
                                      .head_sha = BEFORE,
                                      .checked_out = HEAD,
                                      .parents = { BEFORE, MAIN } },
                     "merge base of the pull request's head and main");
}

static void target_event_goes_by_what_is_checked_out(void **state)
{
    (void)state;
    check_parent(&(struct given){ .event = "pull_request_target",
                                  .ref = "refs/heads/main",
                                  .sha = MAIN,
                                  .base_ref = "main",
                                  .head_sha = HEAD,
                                  .checked_out = MAIN,
                                  .parents = { BEFORE } },
                 "first parent of HEAD", "is the base branch, not the pull request");
    check_merge_base(&(struct given){ .event = "pull_request_target",
                                      .ref = "refs/heads/main",
                                      .sha = MAIN,
                                      .base_ref = "main",
                                      .head_sha = HEAD,
                                      .checked_out = HEAD,
                                      .parents = { BEFORE } },
                     "merge base of the pull request's head and main");
    check_parent(&(struct given){ .event = "pull_request_target",
                                  .ref = "refs/heads/main",
                                  .sha = MAIN,
                                  .base_ref = "main",
                                  .head_sha = HEAD,
                                  .checked_out = MERGE,
                                  .parents = { MAIN, HEAD } },
                 "first parent of the merge commit", NULL);
}

static void merge_group_has_the_base_of_its_event(void **state)
{
    AUTO_GITHUB_PLAN struct github_plan got = { 0 };

    (void)state;
    plan(&got, &(struct given){ .event = "merge_group",
                                .sha = HEAD,
                                .base_sha = MAIN,
                                .checked_out = HEAD,
                                .parents = { BEFORE, MERGE } });

    assert_int_equal(got.base, GITHUB_BASE_COMMIT);
    assert_string_equal(got.commit, MAIN);
    assert_string_equal(got.rule, "what the merge group is built on");
    assert_null(got.rule_without);
}

static void push_is_compared_with_what_was_before(void **state)
{
    AUTO_GITHUB_PLAN struct github_plan got = { 0 };

    (void)state;
    plan(&got, &(struct given){ .event = "push",
                                .ref = "refs/heads/main",
                                .sha = HEAD,
                                .before = BEFORE,
                                .checked_out = HEAD,
                                .parents = { MAIN } });

    assert_int_equal(got.base, GITHUB_BASE_COMMIT);
    assert_string_equal(got.commit, BEFORE);
    assert_string_equal(got.rule, "what main was before the push");
    assert_string_equal(got.rule_without,
                        "first parent of HEAD, as what main was before the push is gone "
                        "(4444444444)");
}

static void new_branch_is_compared_with_the_parent(void **state)
{
    (void)state;
    check_parent(&(struct given){ .event = "push",
                                  .ref = "refs/heads/topic",
                                  .sha = HEAD,
                                  .checked_out = HEAD,
                                  .parents = { MAIN } },
                 "first parent of HEAD, as topic is new", NULL);
}

static void another_checkout_than_the_pushed_one_is_said(void **state)
{
    (void)state;
    check_parent(&(struct given){ .event = "push",
                                  .ref = "refs/heads/main",
                                  .sha = HEAD,
                                  .before = BEFORE,
                                  .checked_out = MAIN,
                                  .parents = { MERGE } },
                 "first parent of HEAD", "is not the commit of the event (3333333333)");
}

static void events_without_a_commit_before_say_so(void **state)
{
    static const char *const events[] = { "schedule", "workflow_dispatch", "release",
                                          NULL };

    (void)state;
    for (size_t i = 0; i < 4; i++)
        check_parent(&(struct given){ .event = events[i],
                                      .sha = HEAD,
                                      .checked_out = HEAD,
                                      .parents = { MAIN } },
                     "first parent of HEAD", "give 'base' to compare with another");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(merge_of_a_pull_request_is_compared_with_its_first_parent),
        cmocka_unit_test(payload_that_lags_does_not_matter),
        cmocka_unit_test(newer_merge_is_told_by_its_second_parent),
        cmocka_unit_test(head_of_a_pull_request_has_a_merge_base),
        cmocka_unit_test(head_that_merged_main_is_no_merge_of_the_request),
        cmocka_unit_test(target_event_goes_by_what_is_checked_out),
        cmocka_unit_test(merge_group_has_the_base_of_its_event),
        cmocka_unit_test(push_is_compared_with_what_was_before),
        cmocka_unit_test(new_branch_is_compared_with_the_parent),
        cmocka_unit_test(another_checkout_than_the_pushed_one_is_said),
        cmocka_unit_test(events_without_a_commit_before_say_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
