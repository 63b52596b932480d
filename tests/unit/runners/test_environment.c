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

static void compilers_and_what_was_asked_for_decide_a_build(void **state)
{
    static const char *const all[] = { "CC=clang", "CFLAGS=-O3", "HOME=/root", "MINE=1",
                                       "MY_OWN=2", "OTHER=3",    "PATH=/bin" };
    static const char *const want[] = { "CC=clang", "CFLAGS=-O3", "MINE=1", "MY_OWN=2" };
    AUTO_STRVEC struct strvec environment = { 0 };
    AUTO_STRVEC struct strvec pass = { 0 };
    AUTO_STRVEC struct strvec set = { 0 };
    AUTO_STRVEC struct strvec out = { 0 };

    (void)state;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        strvec_push(&environment, all[i]);
    strvec_push(&pass, "MY_*");
    strvec_push(&set, "MINE=0");
    environment_deciding(&environment, &pass, &set, &out);

    assert_int_equal(out.count, sizeof want / sizeof *want);
    for (size_t i = 0; i < out.count; i++)
        assert_string_equal(out.items[i], want[i]);
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

static void busy_time_is_everybodys_without_idling(void **state)
{
    const int64_t tick_ns = second_ns / sysconf(_SC_CLK_TCK);
    sandbox_write(*state, "proc/stat",
                  "cpu  1 2 3 400 500 6 7 8 1 2\ncpu0 9 9 9 9 9 9 9 9 9 9\n"
                  "cpu12 9 9 9 9 9 9 9 9 9 9\nctxt 5\n");

    struct environment_sample sample = sample_in(*state, 12);

    assert_int_equal(sample.busy_ns, (1 + 2 + 3 + 6 + 7) * tick_ns);
    assert_int_equal(sample.cpu_count, 2);
}

static void pressure_is_told_where_the_kernel_has_it(void **state)
{
    sandbox_write(*state, "proc/pressure/cpu",
                  "some avg10=1.00 avg60=0.50 avg300=0.10 total=12345\n"
                  "full avg10=0.00 avg60=0.00 avg300=0.00 total=9\n");
    sandbox_write(*state, "proc/pressure/io", "some nonsense\n");

    struct environment_sample sample = sample_in(*state, PROCESS_ANY_CPU);

    assert_int_equal(sample.pressure_ns[PRESSURE_CPU], 12345000);
    assert_int_equal(sample.pressure_ns[PRESSURE_IO], ENVIRONMENT_UNKNOWN);
    assert_int_equal(sample.pressure_ns[PRESSURE_MEMORY], ENVIRONMENT_UNKNOWN);
}

#define CPUS "sys/devices/system/cpu/"

static void heat_and_frequency_are_the_chosen_cpus(void **state)
{
    sandbox_write(*state, CPUS "cpu0/thermal_throttle/core_throttle_count", "1\n");
    sandbox_write(*state, CPUS "cpu0/cpufreq/scaling_cur_freq", "3000000\n");
    sandbox_write(*state, CPUS "cpu3/thermal_throttle/core_throttle_count", "20\n");
    sandbox_write(*state, CPUS "cpu3/thermal_throttle/package_throttle_count", "300\n");
    sandbox_write(*state, CPUS "cpu3/cpufreq/scaling_cur_freq", "2400000\n");

    assert_int_equal(sample_in(*state, 3).throttle_count, 320);
    assert_int_equal(sample_in(*state, 3).frequency_hz, INT64_C(2400000000));
    assert_int_equal(sample_in(*state, PROCESS_ANY_CPU).throttle_count, 1);
    assert_int_equal(sample_in(*state, PROCESS_ANY_CPU).frequency_hz, 0);
    assert_int_equal(sample_in(*state, 5).throttle_count, 0);
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

static void pressure_frequency_and_heat_are_compared(void **state)
{
    (void)state;
    const struct environment_sample before = { .taken_ns = 5,
                                               .pressure_ns = { 100, -1, 7 },
                                               .throttle_count = 3,
                                               .frequency_hz = 9,
                                               .load_average = 1 };
    const struct environment_sample after = { .taken_ns = 25,
                                              .pressure_ns = { 150, 8, -1 },
                                              .throttle_count = 5,
                                              .frequency_hz = 4,
                                              .load_average = 2 };

    struct environment_change change = environment_between(&before, &after);

    assert_int_equal(change.span_ns, 20);
    assert_int_equal(change.pressure_ns[PRESSURE_CPU], 50);
    assert_int_equal(change.pressure_ns[PRESSURE_IO], ENVIRONMENT_UNKNOWN);
    assert_int_equal(change.pressure_ns[PRESSURE_MEMORY], ENVIRONMENT_UNKNOWN);
    assert_int_equal(change.throttle_count, 2);
    assert_int_equal(change.lowest_hz, 4);
    assert_int_equal(change.highest_hz, 9);
    assert_close(change.load_average, 2, 0);
    assert_close(change.others_share, ENVIRONMENT_UNKNOWN, 0);
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

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, sandbox_setup, sandbox_teardown)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_programs_need_is_passed),
        cmocka_unit_test(nothing_else_is_passed),
        cmocka_unit_test(secrets_are_not_passed_even_when_asked_for),
        cmocka_unit_test(harmless_names_are_no_secrets),
        cmocka_unit_test(pass_adds_names_and_beginnings),
        cmocka_unit_test(compilers_and_what_was_asked_for_decide_a_build),
        cmocka_unit_test(merging_lets_the_later_win),
        cmocka_unit_test(set_wins_and_the_last_one_most),
        TEST(steal_is_the_chosen_cpus_or_everybodys),
        TEST(busy_time_is_everybodys_without_idling),
        TEST(pressure_is_told_where_the_kernel_has_it),
        TEST(heat_and_frequency_are_the_chosen_cpus),
        TEST(unreadable_counters_are_nought),
        cmocka_unit_test(pressure_frequency_and_heat_are_compared),
        cmocka_unit_test(change_between_samples_is_their_difference),
        cmocka_unit_test(neither_jitter_nor_reset_counters_are_a_change),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
