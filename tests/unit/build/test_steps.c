#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/str.h"
#include "gate/build/recipe.h"
#include "gate/build/steps.h"
#include "tests/support/check.h"
#include "tests/unit/build/workshop.h"

/* Runs the script in the sandbox with "log" there as its log. */
static int run(struct workshop *shop, const char *script, struct error *err)
{
    const struct workplace place = {
        .spawner = shop->spawner,
        .environment = &shop->environment,
        .directory = shop->sandbox->path,
        .log_path = sandbox_file(shop->sandbox, "log"),
        .timeout_ns = shop->recipe.timeout_ns,
    };
    workshop_set_recipe(shop, script);
    return recipe_run(&place, &shop->recipe, ERROR_BUILD, "building head", err);
}

static void output_goes_to_the_log_below_the_command(void **state)
{
    struct workshop *shop = *state;
    struct error err = { 0 };

    assert_int_equal(run(shop, "echo out; echo err >&2", &err), 0);

    AUTO_FREE char *log = sandbox_read(shop->sandbox, "log");
    assert_string_equal(log, "$ echo out; echo err >&2\nout\nerr\n");
}

static void failing_command_is_named_with_the_end_of_its_output(void **state)
{
    struct workshop *shop = *state;
    struct error err = { 0 };
    assert_int_equal(run(shop, "echo earlier", &err), 0);

    assert_int_equal(run(shop, "echo 'oh\033[1mno'; exit 2", &err), -1);

    AUTO_FREE char *want = str_format(
        "building head failed: 'echo 'oh?[1mno'; exit 2' exited with 2; the end of its "
        "output (all of it: %s/log):\noh?[1mno",
        shop->sandbox->path);
    assert_int_equal(err.code, ERROR_BUILD);
    assert_string_equal(err.message, want);
}

static void commands_after_a_failure_do_not_run(void **state)
{
    struct workshop *shop = *state;
    const struct workplace place = {
        .spawner = shop->spawner,
        .environment = &shop->environment,
        .directory = shop->sandbox->path,
        .log_path = sandbox_file(shop->sandbox, "log"),
    };
    AUTO_STRVEC struct strvec fails = { 0 };
    AUTO_STRVEC struct strvec touches = { 0 };
    strvec_push(&fails, "false");
    strvec_push(&touches, "touch");
    strvec_push(&touches, "ran");
    const struct step steps[] = { { "false", &fails }, { "touch ran", &touches } };
    struct error err = { 0 };

    assert_int_equal(steps_run(&place, steps, 2, ERROR_BENCHMARK, "preparing base", &err),
                     -1);

    assert_int_equal(err.code, ERROR_BENCHMARK);
    assert_contains(err.message, "preparing base failed: 'false' exited with 1; it "
                                 "printed nothing (log: ");
    assert_false(file_exists(sandbox_file(shop->sandbox, "ran")));
}

static void tail_is_twenty_lines_at_most(void **state)
{
    struct workshop *shop = *state;
    struct error err = { 0 };

    assert_int_equal(run(shop, "seq 1000; exit 1", &err), -1);

    assert_contains(err.message, "log):\n981\n982\n");
    assert_true(str_ends_with(err.message, "\n999\n1000"));
}

static void tail_of_long_lines_is_cut_to_whole_lines(void **state)
{
    struct workshop *shop = *state;
    struct error err = { 0 };

    assert_int_equal(
        run(shop, "for i in 1 2 3 4 5 6; do printf \"$i%0400d\\n\" 0; done; exit 1",
            &err),
        -1);

    assert_contains(err.message, "log):\n4000");
    assert_true(strlen(err.message) < sizeof err.message - 1);
}

static void end_of_output_survives_a_long_command(void **state)
{
    struct workshop *shop = *state;
    AUTO_STR struct str script = STR_INIT;
    struct error err = { 0 };
    str_add(&script, "seq 100000; echo THE END; exit 1; #");
    for (int i = 0; i < 3000; i++)
        str_add_char(&script, 'x');

    assert_int_equal(run(shop, script.data, &err), -1);

    assert_contains(err.message, "xxx...' exited with 1");
    assert_true(str_ends_with(err.message, "\nTHE END"));
}

static void output_of_one_endless_line_is_shown(void **state)
{
    struct workshop *shop = *state;
    struct error err = { 0 };

    assert_int_equal(run(shop, "printf '%05000dZ' 0; exit 1", &err), -1);

    assert_true(str_ends_with(err.message, "000Z"));
}

/* It stays in the cache with the build. */
static void log_keeps_the_ends_of_what_is_very_long(void **state)
{
    struct workshop *shop = *state;
    struct error err = { 0 };

    assert_int_equal(run(shop,
                         "echo first; head -c 9437184 /dev/zero | tr '\\0' x; echo; echo "
                         "last; exit 1",
                         &err),
                     -1);

    AUTO_FREE char *log = sandbox_read(shop->sandbox, "log");
    assert_contains(log, "\nfirst\nxxxx");
    assert_contains(log, "xxxx\n[... 7.00 MiB left out ...]\nxxxx");
    assert_string_equal(log + strlen(log) - strlen("x\nlast\n"), "x\nlast\n");
    assert_in_range(strlen(log), 2 << 20, (2 << 20) + 200);
    assert_contains(err.message, "\nlast");
}

static void nul_bytes_do_not_end_the_tail(void **state)
{
    struct workshop *shop = *state;
    struct error err = { 0 };

    assert_int_equal(run(shop, "printf 'a\\0b'; exit 1", &err), -1);

    assert_true(str_ends_with(err.message, "\na?b"));
}

static void missing_program_is_told(void **state)
{
    struct workshop *shop = *state;
    struct error err = { 0 };
    const struct workplace place = {
        .spawner = shop->spawner,
        .environment = &shop->environment,
        .directory = shop->sandbox->path,
        .log_path = sandbox_file(shop->sandbox, "log"),
    };
    AUTO_STRVEC struct strvec argv = { 0 };
    strvec_push(&argv, "no-such-program");
    const struct step step = { "no-such-program", &argv };

    assert_int_equal(steps_run(&place, &step, 1, ERROR_BUILD, "building base", &err), -1);

    assert_contains(err.message, "building base failed: 'no-such-program' ");
    assert_contains(err.message, "No such file or directory");
}

static void time_limit_ends_the_command_and_its_children(void **state)
{
    struct workshop *shop = *state;
    struct error err = { 0 };
    shop->recipe.timeout_ns = (int64_t)300 * 1000 * 1000;

    assert_int_equal(run(shop, "sleep 1000 & echo $! >pid; wait", &err), -1);

    AUTO_FREE char *pid = sandbox_read(shop->sandbox, "pid");
    assert_contains(err.message,
                    "was stopped, for all together took longer than 300 ms; it printed");
    assert_int_equal(kill((pid_t)strtol(pid, NULL, 10), 0), -1);
}

static void log_that_can_not_be_written_is_told(void **state)
{
    struct workshop *shop = *state;
    struct error err = { 0 };
    sandbox_must(shop->sandbox, "mkdir log");

    assert_int_equal(run(shop, "true", &err), -1);

    assert_int_equal(err.code, ERROR_SYSTEM);
    assert_contains(err.message, "building head: cannot open the log '");
    assert_contains(err.message, "Is a directory");
}

#define TEST(name) \
    cmocka_unit_test_setup_teardown(name, workshop_setup, workshop_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(output_goes_to_the_log_below_the_command),
        TEST(failing_command_is_named_with_the_end_of_its_output),
        TEST(commands_after_a_failure_do_not_run),
        TEST(tail_is_twenty_lines_at_most),
        TEST(tail_of_long_lines_is_cut_to_whole_lines),
        TEST(end_of_output_survives_a_long_command),
        TEST(output_of_one_endless_line_is_shown),
        TEST(log_keeps_the_ends_of_what_is_very_long),
        TEST(nul_bytes_do_not_end_the_tail),
        TEST(missing_program_is_told),
        TEST(time_limit_ends_the_command_and_its_children),
        TEST(log_that_can_not_be_written_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
