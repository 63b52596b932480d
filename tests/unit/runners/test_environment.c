#include <stdlib.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "runners/environment.h"
#include "runners/process.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"

static const int64_t second_ns = INT64_C(1000000000);

/* The scrubbed environment, a line each; the caller's. */
static char *scrubbed(const struct strvec *pass, const struct strvec *set)
{
    AUTO_STRVEC struct strvec out = { 0 };
    environment_scrub(pass, set, &out);
    return strvec_join(&out, "\n");
}

static void what_programs_need_is_passed(void **state)
{
    (void)state;
    static const char *const names[] = {
        "PATH",       "HOME",     "LC_ALL", "LC_TIME", "TZ", "CC", "PKG_CONFIG_PATH",
        "CARGO_HOME", "JAVA_HOME"
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        setenv(names[i], "kept", 1);

    AUTO_FREE char *text = scrubbed(NULL, NULL);

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        AUTO_FREE char *want = str_format("%s=kept", names[i]);
        assert_contains(text, want);
    }
}

static void nothing_else_is_passed(void **state)
{
    (void)state;
    static const char *const names[] = { "FOO", "path",       "PATHS",    "PAT",
                                         "LC",  "LD_PRELOAD", "BASH_ENV", "" };
    clearenv();
    for (size_t i = 0; *names[i]; i++)
        setenv(names[i], "dropped", 1);
    setenv("LANG", "C", 1);

    AUTO_FREE char *text = scrubbed(NULL, NULL);

    assert_string_equal(text, "LANG=C");
}

static const char *const secrets[] = {
    "GITHUB_TOKEN",          "GITHUB_ENV",
    "GITHUB_PATH",           "GITHUB_OUTPUT",
    "GITHUB_STEP_SUMMARY",   "GH_TOKEN",
    "ACTIONS_RUNTIME_TOKEN", "ACTIONS_ID_TOKEN_REQUEST_URL",
    "ACTIONS_CACHE_URL",     "AWS_ACCESS_KEY_ID",
    "AWS_PROFILE",           "CI_JOB_TOKEN",
    "CI_REPOSITORY_URL",     "INPUT_KEY",
    "npm_config__authToken", "MY_SECRET",
    "db_password",           "SSH_AUTH_SOCK",
};

/* A change under test may edit the configuration that pass comes from. */
static void secrets_are_not_passed_even_when_asked_for(void **state)
{
    (void)state;
    AUTO_STRVEC struct strvec pass = { 0 };
    clearenv();
    for (size_t i = 0; i < sizeof secrets / sizeof secrets[0]; i++) {
        setenv(secrets[i], "stolen", 1);
        strvec_push(&pass, secrets[i]);
        assert_true(environment_is_secret(secrets[i]));
    }
    strvec_push(&pass, "*");
    setenv("OTHER", "harmless", 1);

    AUTO_FREE char *text = scrubbed(&pass, NULL);

    assert_string_equal(text, "OTHER=harmless");
}

static void harmless_names_are_no_secrets(void **state)
{
    (void)state;
    static const char *const names[] = { "PATH",   "PKG_CONFIG_PATH", "LD_LIBRARY_PATH",
                                         "GOPATH", "GIT_AUTHOR_NAME", "RUSTFLAGS" };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        assert_false(environment_is_secret(names[i]));
}

static void pass_adds_names_and_beginnings(void **state)
{
    (void)state;
    AUTO_STRVEC struct strvec pass = { 0 };
    strvec_push(&pass, "FOO");
    strvec_push(&pass, "BAR_*");
    clearenv();
    setenv("FOO", "1", 1);
    setenv("FOOT", "2", 1);
    setenv("BAR_A", "3", 1);
    setenv("BARK", "4", 1);

    AUTO_FREE char *text = scrubbed(&pass, NULL);

    assert_string_equal(text, "BAR_A=3\nFOO=1");
}

static void merging_lets_the_later_win(void **state)
{
    (void)state;
    AUTO_STRVEC struct strvec base = { 0 };
    AUTO_STRVEC struct strvec set = { 0 };
    AUTO_STRVEC struct strvec out = { 0 };
    strvec_push(&base, "PATH=/bin");
    strvec_push(&base, "A=base");
    strvec_push(&set, "A=first");
    strvec_push(&set, "B=x=y");
    strvec_push(&set, "A=last");

    environment_merge(&base, &set, &out);

    AUTO_FREE char *text = strvec_join(&out, "\n");
    assert_string_equal(text, "A=last\nB=x=y\nPATH=/bin");
}

static void set_wins_and_the_last_one_most(void **state)
{
    (void)state;
    AUTO_STRVEC struct strvec set = { 0 };
    strvec_push(&set, "LANG=first");
    strvec_push(&set, "NEW=a=b");
    strvec_push(&set, "LANG=last");
    clearenv();
    setenv("LANG", "ours", 1);
    setenv("LANGUAGE", "kept", 1);

    AUTO_FREE char *text = scrubbed(NULL, &set);

    assert_string_equal(text, "LANG=last\nLANGUAGE=kept\nNEW=a=b");
}

static struct environment_sample sample_in(struct sandbox *sandbox, int cpu)
{
    struct environment_sample sample = { 0 };
    environment_sample(sandbox->path, cpu, &sample);
    return sample;
}

static void steal_is_the_chosen_cpus_or_everybodys(void **state)
{
    const int64_t tick_ns = second_ns / sysconf(_SC_CLK_TCK);
    sandbox_write(*state, "proc/stat",
                  "cpu  1 2 3 4 5 6 7 80 9 10\ncpu0 1 2 3 4 5 6 7 30 9 10\n"
                  "cpu1 1 2 3 4 5 6 7 50 9 10\ncpu10 1 2 3 4 5 6 7 99 9 10\nintr 5\n");
    sandbox_write(*state, "proc/loadavg", "1.25 0.50 0.10 1/100 12345\n");

    assert_int_equal(sample_in(*state, PROCESS_ANY_CPU).steal_ns, 80 * tick_ns);
    assert_int_equal(sample_in(*state, 1).steal_ns, 50 * tick_ns);
    assert_int_equal(sample_in(*state, 7).steal_ns, 0);
    assert_close(sample_in(*state, 1).load_average, 1.25, 1e-12);
}

static void unreadable_counters_are_nought(void **state)
{
    struct environment_sample sample = sample_in(*state, PROCESS_ANY_CPU);

    assert_int_equal(sample.steal_ns, 0);
    assert_close(sample.load_average, 0, 1e-12);
}

static void change_between_samples_is_their_difference(void **state)
{
    (void)state;
    const struct environment_sample before = { .steal_ns = 10, .suspended_ns = 5 };
    const struct environment_sample after = { .steal_ns = 30,
                                              .suspended_ns = 5 + 3 * second_ns };

    struct environment_change change = environment_between(&before, &after);

    assert_int_equal(change.steal_ns, 20);
    assert_int_equal(change.suspended_ns, 3 * second_ns);
}

static void neither_jitter_nor_reset_counters_are_a_change(void **state)
{
    (void)state;
    const struct environment_sample before = { .steal_ns = 10, .suspended_ns = 5000 };
    const struct environment_sample after = { .steal_ns = 3, .suspended_ns = 900000 };

    struct environment_change change = environment_between(&before, &after);
    struct environment_change back = environment_between(&after, &before);

    assert_int_equal(change.steal_ns, 0);
    assert_int_equal(change.suspended_ns, 0);
    assert_int_equal(back.suspended_ns, 0);
}

static cpu_set_t cpus(int first, int last)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    for (int i = first; i <= last; i++)
        CPU_SET((size_t)i, &set);
    return set;
}

static int quiet_cpu(struct sandbox *sandbox, int first, int last)
{
    cpu_set_t allowed = cpus(first, last);
    return environment_quiet_cpu(sandbox->path, &allowed);
}

/* CPU 1 is offline; ERR counts for no CPU. */
static void quiet_cpu_has_the_fewest_interrupts(void **state)
{
    sandbox_write(*state, "proc/interrupts",
                  "           CPU0       CPU2       CPU3\n"
                  "  0:         50          7          0  IO-APIC   2-edge  timer\n"
                  "LOC:        100        200        206  Local timer interrupts\n"
                  "ERR:         99\n");

    assert_int_equal(quiet_cpu(*state, 0, 3), 0);
    assert_int_equal(quiet_cpu(*state, 1, 3), 3);
    assert_int_equal(quiet_cpu(*state, 1, 2), 2);
    assert_int_equal(quiet_cpu(*state, 5, 7), 7);
}

static void quiet_cpu_is_the_last_where_none_is_quieter(void **state)
{
    assert_int_equal(quiet_cpu(*state, 0, 3), 3);

    sandbox_write(*state, "proc/interrupts",
                  "     CPU0  CPU1  CPU2\n  1:    4     4     4  x\n");
    assert_int_equal(quiet_cpu(*state, 0, 1), 1);
}

static void only_one_cpu_is_no_choice(void **state)
{
    assert_int_equal(quiet_cpu(*state, 2, 2), PROCESS_ANY_CPU);
    assert_int_equal(quiet_cpu(*state, 2, 1), PROCESS_ANY_CPU);
}

static void quiet_cpu_of_this_machine_is_one_of_ours(void **state)
{
    (void)state;
    cpu_set_t ours;
    assert_int_equal(sched_getaffinity(0, sizeof ours, &ours), 0);

    int cpu = environment_quiet_cpu("", NULL);

    if (CPU_COUNT(&ours) == 1)
        assert_int_equal(cpu, PROCESS_ANY_CPU);
    else
        assert_true(cpu >= 0 && CPU_ISSET((size_t)cpu, &ours));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, sandbox_setup, sandbox_teardown)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_programs_need_is_passed),
        cmocka_unit_test(nothing_else_is_passed),
        cmocka_unit_test(secrets_are_not_passed_even_when_asked_for),
        cmocka_unit_test(harmless_names_are_no_secrets),
        cmocka_unit_test(pass_adds_names_and_beginnings),
        cmocka_unit_test(merging_lets_the_later_win),
        cmocka_unit_test(set_wins_and_the_last_one_most),
        TEST(steal_is_the_chosen_cpus_or_everybodys),
        TEST(unreadable_counters_are_nought),
        cmocka_unit_test(change_between_samples_is_their_difference),
        cmocka_unit_test(neither_jitter_nor_reset_counters_are_a_change),
        TEST(quiet_cpu_has_the_fewest_interrupts),
        TEST(quiet_cpu_is_the_last_where_none_is_quieter),
        TEST(only_one_cpu_is_no_choice),
        cmocka_unit_test(quiet_cpu_of_this_machine_is_one_of_ours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
