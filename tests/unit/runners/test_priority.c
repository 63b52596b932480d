/* Runs that come before other work, and the others, which don't. Where that is not
 * permitted, only how it is said is tested. */
#include <errno.h>
#include <sys/resource.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "runners/priority.h"
#include "runners/process.h"
#include "tests/support/check.h"
#include "tests/unit/runners/running.h"

/* Apart from the skip, which jumps past cleanups. */
static void say_why(const struct priority *priority)
{
    AUTO_FREE char *why = priority_describe(priority);
    print_message("skipped: priority %s\n", why);
}

static void need_permission(const struct running *running)
{
    const struct priority *priority = spawner_priority(running->spawner);
    if (priority->is_raised)
        return;
    say_why(priority);
    skip();
}

/* nice says its own nice value, which it has from the shell, which has it from us. */
static void raised_run_and_its_children_have_the_nice_value(void **state)
{
    struct running *running = *state;
    need_permission(running);

    running->spec.is_raised = true;
    run_script(running, "nice; sh -c 'nice; :'");

    assert_out(running, "-20\n-20\n");
}

static void other_runs_have_the_usual_one(void **state)
{
    struct running *running = *state;
    AUTO_FREE char *usual = str_format("%d\n", getpriority(PRIO_PROCESS, 0));

    run_script(running, "nice");

    assert_out(running, usual);
}

/* "/autogroup-123 nice -20": a session's group. */
#define PRINT_GROUP "sed 's/.* nice/nice/' /proc/self/autogroup; "

static void need_groups(const struct running *running)
{
    need_permission(running);
    if (spawner_priority(running->spawner)->is_groups)
        return;
    print_message("skipped: sessions have no groups here "
                  "(kernel.sched_autogroup_enabled)\n");
    skip();
}

static void group_of_a_raised_run_comes_first_and_others_do_not(void **state)
{
    struct running *running = *state;
    need_groups(running);

    for (int i = 0; i < 4; i++) {
        running->spec.is_raised = i % 2 == 0;
        run_script(running, PRINT_GROUP);
    }

    assert_out(running, "nice -20\nnice 0\nnice -20\nnice 0\n");
}

/* In a session of its own or not: what it started ends with it. */
static void time_out_ends_both_kinds_of_run_with_all_they_started(void **state)
{
    struct running *running = *state;

    for (int i = 0; i < 2; i++) {
        running->spec.is_raised = i == 0;
        running->spec.timeout_ns = 200000000;
        struct process_result result =
            run_script(running, "sleep 600 & echo $! >pid; wait");
        assert_int_equal(result.end, PROCESS_TIMED_OUT);
        sandbox_must(running->sandbox, "! kill -0 $(cat pid) 2>/dev/null");
    }
}

static void what_was_done_is_said(void **state)
{
    static const struct {
        struct priority priority;
        const char *want;
    } cases[] = {
        { { .is_raised = true, .is_groups = true },
          "runs come before other work (nice value -20, their session's group too)" },
        { { .is_raised = true }, "runs come before other work (nice value -20)" },
        { { .is_raised = true, .trouble = EROFS },
          "runs come before other work of their session alone (nice value -20; that of "
          "the session's group can't be set: Read-only file system)" },
        { { .usual_nice = 10 },
          "as usual: pawl was started with the nice value 10, which runs keep" },
        { { .trouble = EACCES },
          "as usual: more is not permitted (root may, and who has CAP_SYS_NICE or a limit "
          "of -20 for nice values)" },
        { { .trouble = ENOSYS }, "as usual: Function not implemented" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        AUTO_FREE char *text = priority_describe(&cases[i].priority);
        assert_string_equal(text, cases[i].want);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, running_setup, running_teardown)
    const struct CMUnitTest tests[] = {
        TEST(raised_run_and_its_children_have_the_nice_value),
        TEST(other_runs_have_the_usual_one),
        TEST(group_of_a_raised_run_comes_first_and_others_do_not),
        TEST(time_out_ends_both_kinds_of_run_with_all_they_started),
        cmocka_unit_test(what_was_done_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
