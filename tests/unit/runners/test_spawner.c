/* The spawner itself: found, started, lost. */
#include <stdlib.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "runners/process.h"
#include "tests/support/check.h"
#include "tests/unit/runners/running.h"

/* Opens a spawner that must fail to, with $PAWL_SPAWNER set to path. */
static struct error failure_with(const char *path)
{
    struct error err = { 0 };
    AUTO_FREE char *before = xstrdup(getenv("PAWL_SPAWNER"));
    if (path)
        setenv("PAWL_SPAWNER", path, 1);
    else
        unsetenv("PAWL_SPAWNER");
    struct spawner *spawner = spawner_open(&err);
    setenv("PAWL_SPAWNER", before ? before : "", 1);
    assert_null(spawner);
    assert_int_equal(err.code, ERROR_SYSTEM);
    return err;
}

static void missing_spawner_is_named(void **state)
{
    (void)state;

    struct error err = failure_with("/no/such/spawner");

    assert_string_equal(err.message,
                        "cannot start '/no/such/spawner': No such file or directory");
}

static void spawner_not_found_says_where_it_was_looked_for(void **state)
{
    (void)state;

    struct error err = failure_with(NULL);

    assert_contains(err.message, "cannot find 'pawl-spawner' in '/");
    assert_contains(err.message, "/../libexec/pawl'");
}

static void program_that_is_no_spawner_is_refused(void **state)
{
    (void)state;

    struct error err = failure_with("/bin/true");

    assert_string_equal(err.message, "starting '/bin/true': the spawner exited with 0");
}

static void spawner_of_another_version_is_refused(void **state)
{
    struct running *running = *state;
    sandbox_must(running->sandbox,
                 "printf '#!/bin/sh\\nprintf abcd >&3\\n' >other && chmod +x other");

    struct error err = failure_with(sandbox_file(running->sandbox, "other"));

    assert_contains(err.message, "/other' belongs to another version of pawl");
}

static void lost_spawner_is_an_error_from_then_on(void **state)
{
    struct running *running = *state;
    struct process_result result;
    struct error first = { 0 };
    struct error second = { 0 };
    strvec_push(&running->argv, "sh");
    strvec_push(&running->argv, "-c");
    strvec_push(&running->argv, "kill -KILL $PPID");

    assert_int_equal(process_run(running->spawner, &running->spec, &result, &first), -1);
    assert_int_equal(process_run(running->spawner, &running->spec, &result, &second), -1);

    assert_int_equal(first.code, ERROR_SYSTEM);
    assert_string_equal(first.message,
                        "cannot run 'sh': the spawner was killed by SIGKILL");
    assert_string_equal(second.message, "cannot run 'sh': the spawner has ended before");
    assert_int_equal(spawner_floor_rss_bytes(running->spawner), 0);
}

static void two_spawners_do_not_disturb_each_other(void **state)
{
    struct running *running = *state;
    struct error err = { 0 };
    AUTO_SPAWNER struct spawner *other = spawner_open(&err);
    assert_non_null(other);
    spawner_release(&other);

    struct process_result result = run_script(running, "exit 4");

    assert_int_equal(result.exit_code, 4);
}

/* The script goes on until the shell itself has used a quarter of a second. */
static void cpu_time_of_all_runs_is_counted(void **state)
{
    struct running *running = *state;
    int64_t before_ns = spawner_cpu_ns(running->spawner);

    run_script(running, "quarter=$(($(getconf CLK_TCK) / 4)); "
                        "until read -r line </proc/$$/stat; set -- ${line##*)}; "
                        "test $((${12} + ${13})) -ge $quarter; do :; done");

    assert_true(spawner_cpu_ns(running->spawner) - before_ns >= INT64_C(200000000));
}

static void closing_none_is_fine(void **state)
{
    (void)state;
    spawner_close(NULL);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, running_setup, running_teardown)
    const struct CMUnitTest tests[] = {
        TEST(missing_spawner_is_named),
        TEST(spawner_not_found_says_where_it_was_looked_for),
        TEST(program_that_is_no_spawner_is_refused),
        TEST(spawner_of_another_version_is_refused),
        TEST(lost_spawner_is_an_error_from_then_on),
        TEST(two_spawners_do_not_disturb_each_other),
        TEST(cpu_time_of_all_runs_is_counted),
        TEST(closing_none_is_fine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
