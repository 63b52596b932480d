/* Others' share of the CPUs, from a /proc/stat that says what a test wants, and moments
 * that it sets. */
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "runners/environment_watch.h"
#include "runners/process.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"

static const int64_t second_ns = INT64_C(1000000000);

/* Two CPUs, together busy for so many seconds since boot. */
static void set_busy(struct sandbox *sandbox, double seconds)
{
    AUTO_FREE char *text =
        str_format("cpu  %.0f 0 0 0 0 0 0 0\ncpu0 0 0 0 0\ncpu1 0 0 0 0\n",
                   seconds * (double)sysconf(_SC_CLK_TCK));
    sandbox_write(sandbox, "proc/stat", text);
}

/* As if the mark had been made so long ago. */
static void age(struct environment_mark *mark, double seconds)
{
    mark->taken_ns -= (int64_t)(seconds * 1e9);
}

static void long_pair_is_its_own_window(void **state)
{
    struct sandbox *sandbox = *state;
    struct environment_watch watch = { .root = sandbox->path };

    set_busy(sandbox, 100);
    environment_watch_begin(&watch, PROCESS_ANY_CPU, 7 * second_ns);
    age(&watch.begin, 1000);
    set_busy(sandbox, 100 + 1200);
    struct environment_change change =
        environment_watch_end(&watch, PROCESS_ANY_CPU, (7 + 200) * second_ns);

    /* 1200 of 2 * 1000 s busy, 200 of them ours. */
    assert_close(change.others_share, 0.5, 1e-3);
}

static void our_own_time_is_nobody_elses(void **state)
{
    struct sandbox *sandbox = *state;
    struct environment_watch watch = { .root = sandbox->path };

    set_busy(sandbox, 100);
    environment_watch_begin(&watch, 0, 0);
    age(&watch.begin, 1000);
    set_busy(sandbox, 100 + 900);

    assert_close(environment_watch_end(&watch, 0, 1000 * second_ns).others_share, 0, 0);
}

static void short_pairs_are_judged_by_the_window_before_them(void **state)
{
    struct sandbox *sandbox = *state;
    struct environment_watch watch = { .root = sandbox->path };

    set_busy(sandbox, 0);
    environment_watch_begin(&watch, 0, 0);
    struct environment_change first = environment_watch_end(&watch, 0, 0);
    age(&watch.newer, 1000);
    set_busy(sandbox, 1500);
    environment_watch_begin(&watch, 0, 0);
    struct environment_change second = environment_watch_end(&watch, 0, 0);

    assert_close(first.others_share, ENVIRONMENT_UNKNOWN, 0);
    assert_close(second.others_share, 0.75, 1e-3);
}

/* What was long ago says nothing of now. */
static void window_moves_on(void **state)
{
    struct sandbox *sandbox = *state;
    struct environment_watch watch = { .root = sandbox->path };

    set_busy(sandbox, 0);
    environment_watch_begin(&watch, 0, 0);
    for (int i = 0; i < 3; i++) {
        age(&watch.newer, 1000);
        age(&watch.older, 1000);
        environment_watch_begin(&watch, 0, 0);
    }
    age(&watch.newer, 1000);
    set_busy(sandbox, 500);

    assert_close(environment_watch_end(&watch, 0, 0).others_share, 0.25, 1e-3);
}

static void nothing_is_told_without_a_count_of_cpus(void **state)
{
    struct sandbox *sandbox = *state;
    struct environment_watch watch = { .root = sandbox->path };

    environment_watch_begin(&watch, 0, 0);
    age(&watch.begin, 1000);
    struct environment_change change = environment_watch_end(&watch, 0, 0);

    assert_close(change.others_share, ENVIRONMENT_UNKNOWN, 0);
    assert_int_equal(change.pressure_ns[PRESSURE_CPU], ENVIRONMENT_UNKNOWN);
    assert_true(change.span_ns > 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, sandbox_setup, sandbox_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(long_pair_is_its_own_window),
        TEST(our_own_time_is_nobody_elses),
        TEST(short_pairs_are_judged_by_the_window_before_them),
        TEST(window_moves_on),
        TEST(nothing_is_told_without_a_count_of_cpus),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
