/* Nothing of a run outlives it, however it ends. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/interrupt.h"
#include "gate/base/str.h"
#include "runners/process.h"
#include "tests/support/check.h"
#include "tests/unit/runners/running.h"

static const int64_t second_ns = INT64_C(1000000000);

/* Fails unless no process has the number that the run wrote to its file "pid". */
static void assert_gone(struct running *running)
{
    AUTO_FREE char *text = sandbox_read(running->sandbox, "pid");
    pid_t pid = (pid_t)strtol(text, NULL, 10);
    assert_true(pid > 1);
    assert_int_equal(kill(pid, 0), -1);
    assert_int_equal(errno, ESRCH);
}

static void make_pipe(struct running *running, const char *name)
{
    assert_int_equal(mkfifo(sandbox_file(running->sandbox, name), 0600), 0);
}

static void timed_out_run_is_told_so(void **state)
{
    struct running *running = *state;
    running->spec.timeout_ns = second_ns / 20;

    struct process_result result = run_script(running, "exec sleep 1000");

    AUTO_FREE char *text = process_describe(&running->spec, &result);
    assert_int_equal(result.end, PROCESS_TIMED_OUT);
    assert_false(process_succeeded(&result));
    assert_true(result.wall_ns >= running->spec.timeout_ns);
    assert_string_equal(text, "took longer than 50.0 ms");
}

static void timed_out_group_dies_whole(void **state)
{
    struct running *running = *state;
    running->spec.timeout_ns = second_ns;

    struct process_result result =
        run_script(running, "sleep 1000 & echo $! >pid; trap '' TERM; wait");

    assert_int_equal(result.end, PROCESS_TIMED_OUT);
    assert_gone(running);
}

static void far_time_out_does_not_matter(void **state)
{
    struct running *running = *state;
    running->spec.timeout_ns = INT64_MAX;

    struct process_result result = run_script(running, "exit 0");

    assert_true(process_succeeded(&result));
}

static void children_left_behind_die_with_the_run(void **state)
{
    struct process_result result = run_script(*state, "sleep 1000 & echo $! >pid");

    assert_true(process_succeeded(&result));
    assert_gone(*state);
}

/* The daemon says that it is there before its starter ends. */
static void daemons_die_with_the_run(void **state)
{
    struct running *running = *state;
    make_pipe(running, "ready");

    struct process_result result =
        run_script(running, "setsid sh -c 'echo $$ >pid; echo >ready; exec sleep 1000' & "
                            "read -r line <ready");

    assert_true(process_succeeded(&result));
    assert_gone(running);
}

/* The inner one becomes an orphan only when the outer one is killed. */
static void children_of_daemons_die_with_the_run(void **state)
{
    struct running *running = *state;
    make_pipe(running, "ready");

    run_script(running, "setsid sh -c 'setsid sleep 1000 & echo $! >pid; echo >ready; "
                        "wait' & read -r line <ready");

    assert_gone(running);
}

static void many_daemons_die_with_the_run(void **state)
{
    struct running *running = *state;

    struct process_result result = run_script(
        running, "i=0; while [ $i -lt 300 ]; do setsid sleep 1000 & i=$((i + 1)); done; "
                 "echo $! >pid");

    assert_true(process_succeeded(&result));
    assert_gone(running);
}

static void next_run_is_as_good_after_a_killed_one(void **state)
{
    struct running *running = *state;
    running->spec.timeout_ns = second_ns / 50;
    run_script(running, "exec sleep 1000");
    running->spec.timeout_ns = 0;

    struct process_result result = run_script(running, "exit 7");

    assert_int_equal(result.end, PROCESS_EXITED);
    assert_int_equal(result.exit_code, 7);
}

/* A whole pawl for itself, to be ended from outside, with a run that does not end. */
struct stand_in {
    pid_t pid;
    pid_t run_pid;
    pid_t spawner_pid;
    int run_fd; /* pidfds of these two */
    int spawner_fd;
};

/* What the stand-in exits with: the code of process_run's error. */
static void live_as_stand_in(struct running *running)
{
    struct error err = { 0 };
    struct process_result result;
    interrupt_install();
    struct spawner *spawner = spawner_open(&err);
    if (!spawner)
        _exit(99);
    strvec_push(&running->argv, "sh");
    strvec_push(&running->argv, "-c");
    strvec_push(&running->argv, "echo $$ $PPID >pids; exec sleep 1000");
    if (process_run(spawner, &running->spec, &result, &err) == 0)
        _exit(98);
    _exit((int)err.code);
}

static struct stand_in start_stand_in(struct running *running)
{
    struct stand_in stand_in = { 0 };
    make_pipe(running, "pids");
    stand_in.pid = fork();
    assert_true(stand_in.pid >= 0);
    if (stand_in.pid == 0)
        live_as_stand_in(running);
    FILE *pids = fopen(sandbox_file(running->sandbox, "pids"), "re");
    assert_non_null(pids);
    char line[64] = "";
    char *next = fgets(line, sizeof line, pids);
    fclose(pids);
    assert_non_null(next);
    stand_in.run_pid = (pid_t)strtol(next, &next, 10);
    stand_in.spawner_pid = (pid_t)strtol(next, NULL, 10);
    stand_in.run_fd = pidfd_of(stand_in.run_pid);
    stand_in.spawner_fd = pidfd_of(stand_in.spawner_pid);
    return stand_in;
}

static int status_of(pid_t pid)
{
    int status = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return status;
}

static void run_dies_when_pawl_is_killed(void **state)
{
    struct stand_in stand_in = start_stand_in(*state);

    kill(stand_in.pid, SIGKILL);

    assert_true(WIFSIGNALED(status_of(stand_in.pid)));
    assert_ends(stand_in.run_fd);
    assert_ends(stand_in.spawner_fd);
}

static void run_dies_when_the_spawner_is_killed(void **state)
{
    struct stand_in stand_in = start_stand_in(*state);

    kill(stand_in.spawner_pid, SIGKILL);

    assert_int_equal(WEXITSTATUS(status_of(stand_in.pid)), ERROR_SYSTEM);
    assert_ends(stand_in.run_fd);
    assert_ends(stand_in.spawner_fd);
}

static void run_dies_when_pawl_is_interrupted(void **state)
{
    static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
    struct running *running = *state;
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
        struct stand_in stand_in = start_stand_in(running);

        kill(stand_in.pid, signals[i]);

        assert_int_equal(WEXITSTATUS(status_of(stand_in.pid)), ERROR_INTERRUPTED);
        assert_ends(stand_in.run_fd);
        assert_ends(stand_in.spawner_fd);
        sandbox_must(running->sandbox, "rm pids");
    }
}

/* What a terminal sends to the whole group, and what a tired user sends besides. */
static void spawner_survives_signals_meant_for_pawl(void **state)
{
    struct process_result result =
        run_script(*state, "kill -INT $PPID; kill -TERM $PPID; kill -HUP $PPID; "
                           "kill -QUIT $PPID; kill -USR1 $PPID; exit 5");

    assert_int_equal(result.end, PROCESS_EXITED);
    assert_int_equal(result.exit_code, 5);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, running_setup, running_teardown)
    const struct CMUnitTest tests[] = {
        TEST(timed_out_run_is_told_so),
        TEST(timed_out_group_dies_whole),
        TEST(far_time_out_does_not_matter),
        TEST(children_left_behind_die_with_the_run),
        TEST(daemons_die_with_the_run),
        TEST(children_of_daemons_die_with_the_run),
        TEST(many_daemons_die_with_the_run),
        TEST(next_run_is_as_good_after_a_killed_one),
        TEST(run_dies_when_pawl_is_killed),
        TEST(run_dies_when_the_spawner_is_killed),
        TEST(run_dies_when_pawl_is_interrupted),
        TEST(spawner_survives_signals_meant_for_pawl),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
