/* Two runs at the same time. */
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "tests/support/check.h"
#include "tests/unit/runners/running.h"

/* A second spawner, and a script for each. */
struct both {
    struct spawner *second;
    struct strvec argv[2];
    struct process_spec specs[2];
    struct process_result results[2];
};

static void both_open(struct running *running, struct both *both, const char *scripts[2])
{
    struct error err = { 0 };
    *both = (struct both){ .second = spawner_open(&err) };
    assert_non_null(both->second);
    for (int i = 0; i < 2; i++) {
        strvec_push(&both->argv[i], "sh");
        strvec_push(&both->argv[i], "-c");
        strvec_push(&both->argv[i], scripts[i]);
        both->specs[i] = running->spec;
        both->specs[i].argv = &both->argv[i];
    }
}

static void both_close(struct both *both)
{
    spawner_close(both->second);
    strvec_clear(&both->argv[0]);
    strvec_clear(&both->argv[1]);
}

static int run_both(struct running *running, struct both *both, struct error *err)
{
    return process_run_together(
        &(struct process_one){ running->spawner, &both->specs[0], &both->results[0] },
        &(struct process_one){ both->second, &both->specs[1], &both->results[1] }, err);
}

/* Each waits for the other. */
static void both_are_under_way_at_once(void **state)
{
    struct running *running = *state;
    const char *scripts[] = { "read -r x <there; echo $x >back",
                              "echo 1 >there; read -r x <back; exit $x" };
    struct error err = { 0 };
    struct both both;

    assert_int_equal(mkfifo(sandbox_file(running->sandbox, "there"), 0600), 0);
    assert_int_equal(mkfifo(sandbox_file(running->sandbox, "back"), 0600), 0);
    both_open(running, &both, scripts);
    assert_int_equal(run_both(running, &both, &err), 0);

    assert_int_equal(both.results[0].exit_code, 0);
    assert_int_equal(both.results[1].exit_code, 1);
    both_close(&both);
}

static void either_may_end_first(void **state)
{
    struct running *running = *state;
    const char *scripts[] = { "read -r x <fifo; exit 3", "echo >fifo; exit 4" };
    struct error err = { 0 };
    struct both both;

    assert_int_equal(mkfifo(sandbox_file(running->sandbox, "fifo"), 0600), 0);
    both_open(running, &both, scripts);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(run_both(running, &both, &err), 0);
        assert_int_equal(both.results[i].exit_code, 3);
        assert_int_equal(both.results[1 - i].exit_code, 4);
        struct strvec other = both.argv[0];
        both.argv[0] = both.argv[1];
        both.argv[1] = other;
    }
    both_close(&both);
}

static void neither_is_left_where_one_spawner_is_lost(void **state)
{
    struct running *running = *state;
    const char *scripts[] = { "kill -KILL $PPID", "sleep 600" };
    struct error err = { 0 };
    struct both both;

    both_open(running, &both, scripts);
    assert_int_equal(run_both(running, &both, &err), -1);
    assert_int_equal(err.code, ERROR_SYSTEM);

    /* The second has ended its run, and does the next. */
    error_clear(&err);
    free(both.argv[1].items[2]);
    both.argv[1].items[2] = xstrdup("exit 5");
    assert_int_equal(process_run(both.second, &both.specs[1], &both.results[1], &err), 0);
    assert_int_equal(both.results[1].exit_code, 5);
    both_close(&both);
}

static void neither_is_begun_where_the_second_can_not_be(void **state)
{
    struct running *running = *state;
    const char *scripts[] = { "sleep 600", "true" };
    struct error err = { 0 };
    struct both both;
    struct process_result result;

    both_open(running, &both, scripts);
    free(both.argv[1].items[2]);
    both.argv[1].items[2] = xstrdup("kill -KILL $PPID");
    assert_int_equal(process_run(both.second, &both.specs[1], &result, &err), -1);
    error_clear(&err);
    assert_int_equal(run_both(running, &both, &err), -1);

    error_clear(&err);
    free(both.argv[0].items[2]);
    both.argv[0].items[2] = xstrdup("exit 6");
    assert_int_equal(process_run(running->spawner, &both.specs[0], &result, &err), 0);
    assert_int_equal(result.exit_code, 6);
    both_close(&both);
}

static void abandoning_nothing_is_fine(void **state)
{
    struct running *running = *state;

    process_abandon(running->spawner);

    assert_int_equal(run_script(running, "exit 7").exit_code, 7);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, running_setup, running_teardown)
    const struct CMUnitTest tests[] = {
        TEST(both_are_under_way_at_once),
        TEST(either_may_end_first),
        TEST(neither_is_left_where_one_spawner_is_lost),
        TEST(neither_is_begun_where_the_second_can_not_be),
        TEST(abandoning_nothing_is_fine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
