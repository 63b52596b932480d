/* What makes a pair one to throw away: a made-up machine in the sandbox, whose files the
 * measured program changes itself. */
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "tests/support/check.h"
#include "tests/unit/cli/side_fixture.h"

#define HEAT "sys/devices/system/cpu/cpu0/thermal_throttle/core_throttle_count"

static void calm(struct side_fixture *f)
{
    f->runner.watch.environment.root = f->sandbox->path;
    sandbox_write(f->sandbox, "proc/stat", "cpu 0 0 0 0 0 0 0 0\ncpu0 0\ncpu1 0\n");
    sandbox_write(f->sandbox, "proc/loadavg", "0.25 0 0 1/9 9\n");
    sandbox_write(f->sandbox, "proc/pressure/cpu", "some avg10=0.00 total=5\n");
    sandbox_write(f->sandbox, HEAT, "3\n");
}

/* A pair in whose runs the file gets this text. */
static struct pair pair_with(struct side_fixture *f, const char *file, const char *text)
{
    struct pair pair = { 0 };
    AUTO_FREE char *members = str_format("\"run\": \"printf '%s' >../%s\"", text, file);
    calm(f);
    side_use_bench(f, members);
    side_run_pair(f, &pair);
    return pair;
}

static void calm_pair_is_kept_with_its_surroundings(void **state)
{
    struct pair pair = pair_with(*state, "proc/loadavg", "0.50 0 0 1/9 9");

    assert_int_equal(pair.discard, DISCARD_NONE);
    assert_true(pair.around.span_ns > 0);
    assert_close(pair.around.load_average, 0.5, 0);
    assert_int_equal(pair.around.pressure_ns[PRESSURE_CPU], 0);
    assert_int_equal(pair.around.pressure_ns[PRESSURE_IO], ENVIRONMENT_UNKNOWN);
}

static void stolen_time_is_evidence(void **state)
{
    struct pair pair =
        pair_with(*state, "proc/stat", "cpu 0 0 0 0 0 0 0 99999\\\\ncpu0 0\\\\n");

    assert_int_equal(pair.discard, DISCARD_STEAL);
}

static void heat_is_evidence(void **state)
{
    struct pair pair = pair_with(*state, HEAT, "4");

    assert_int_equal(pair.discard, DISCARD_THROTTLE);
    assert_int_equal(pair.around.throttle_count, 1);
}

/* A busy program makes it by itself. */
static void pressure_is_no_evidence(void **state)
{
    struct pair pair =
        pair_with(*state, "proc/pressure/cpu", "some avg10=99.00 total=999999999\\\\n");

    assert_int_equal(pair.discard, DISCARD_NONE);
    assert_int_equal(pair.around.pressure_ns[PRESSURE_CPU], INT64_C(999999994000));
}

/* A window that began at boot, in which both CPUs were busy, though not with our runs. */
static void use_by_others_is_evidence(void **state)
{
    struct side_fixture *f = *state;
    f->runner.watch.environment.newer.taken_ns = 1;

    struct pair pair = pair_with(
        f, "proc/stat", "cpu 99999999999 0 0 0 0 0 0 0\\\\ncpu0 0\\\\ncpu1 0\\\\n");

    assert_int_equal(pair.discard, DISCARD_OTHERS);
    assert_close(pair.around.others_share, 1, 0);
}

static void little_use_by_others_is_none(void **state)
{
    struct side_fixture *f = *state;
    f->runner.watch.environment.newer.taken_ns = 1;

    struct pair pair = pair_with(f, "proc/loadavg", "0");

    assert_int_equal(pair.discard, DISCARD_NONE);
    assert_close(pair.around.others_share, 0, 0);
}

#define T(name) cmocka_unit_test_setup_teardown(name, side_setup, side_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(calm_pair_is_kept_with_its_surroundings),
        T(stolen_time_is_evidence),
        T(heat_is_evidence),
        T(pressure_is_no_evidence),
        T(use_by_others_is_evidence),
        T(little_use_by_others_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
