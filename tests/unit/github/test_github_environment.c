#include "gate/github/environment.h"
#include "tests/support/check.h"

static void step_of_a_pull_request_is_read(void **state)
{
    const char *const variables[] = { "GITHUB_ACTIONS=true",
                                      "GITHUB_BASE_REF=main",
                                      "GITHUB_EVENT_NAME=pull_request",
                                      "GITHUB_REF=refs/pull/7/merge",
                                      "GITHUB_WORKSPACE=/home/runner/work/a/a",
                                      "ImageOS=ubuntu24",
                                      NULL };
    AUTO_GITHUB_ENVIRONMENT struct github_environment environment = { 0 };

    (void)state;
    github_environment_read(&environment, variables);

    assert_true(github_environment_active(&environment));
    assert_false(environment.is_debug);
    assert_string_equal(environment.base_ref, "main");
    assert_string_equal(environment.event_name, "pull_request");
    assert_string_equal(environment.ref, "refs/pull/7/merge");
    assert_string_equal(environment.workspace, "/home/runner/work/a/a");
    assert_string_equal(environment.image_os, "ubuntu24");
    assert_null(environment.head_ref);
}

static void elsewhere_nothing_is_taken(void **state)
{
    const char *const others[] = { "GITHUB_ACTIONS=false", "GITHUB_OUTPUT=/tmp/out",
                                   NULL };
    const char *const none[] = { "GITHUB_OUTPUT=/tmp/out", "RUNNER_DEBUG=1", NULL };
    AUTO_GITHUB_ENVIRONMENT struct github_environment environment = { 0 };

    (void)state;
    github_environment_read(&environment, others);
    assert_false(github_environment_active(&environment));
    assert_null(environment.output_path);

    github_environment_read(&environment, none);
    assert_false(github_environment_active(&environment));
    assert_false(environment.is_debug);
    assert_null(environment.output_path);
}

static void empty_value_counts_as_none(void **state)
{
    const char *const variables[] = { "GITHUB_ACTIONS=true", "GITHUB_BASE_REF=", NULL };
    AUTO_GITHUB_ENVIRONMENT struct github_environment environment = { 0 };

    (void)state;
    github_environment_read(&environment, variables);

    assert_null(environment.base_ref);
}

static void name_is_taken_whole_and_the_first_counts(void **state)
{
    const char *const variables[] = { "GITHUB_ACTIONS=true", "GITHUB_REFERENCE=x",
                                      "GITHUB_REF=a=b",      "GITHUB_REF=c",
                                      "GITHUB_REF",          NULL };
    AUTO_GITHUB_ENVIRONMENT struct github_environment environment = { 0 };

    (void)state;
    github_environment_read(&environment, variables);

    assert_string_equal(environment.ref, "a=b");
}

static void values_are_copies(void **state)
{
    char sha[] = "GITHUB_SHA=abc";
    const char *const variables[] = { "GITHUB_ACTIONS=true", "RUNNER_DEBUG=1", sha,
                                      NULL };
    AUTO_GITHUB_ENVIRONMENT struct github_environment environment = { 0 };

    (void)state;
    github_environment_read(&environment, variables);
    sha[11] = 'x';

    assert_true(environment.is_debug);
    assert_string_equal(environment.sha, "abc");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(step_of_a_pull_request_is_read),
        cmocka_unit_test(elsewhere_nothing_is_taken),
        cmocka_unit_test(empty_value_counts_as_none),
        cmocka_unit_test(name_is_taken_whole_and_the_first_counts),
        cmocka_unit_test(values_are_copies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
