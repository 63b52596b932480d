/* The cgroup of a spawner's own, on the machine that the tests run on; most containers
 * give none, and the tests that need one say so. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/file.h"
#include "gate/base/str.h"
#include "runners/accounting.h"
#include "runners/cgroup.h"
#include "runners/process.h"
#include "runners/spawner_link.h"
#include "tests/support/check.h"
#include "tests/unit/runners/running.h"

static const int64_t ms_ns = 1000000;

static void need_cgroup(const struct running *running)
{
    if (!spawner_accounting(running->spawner)->has_cgroup) {
        print_message("skipped: no cgroup of our own can be had here\n");
        skip();
    }
}

static void absence_has_a_reason(void **state)
{
    struct running *running = *state;
    const struct accounting *accounting = spawner_accounting(running->spawner);

    assert_true(accounting->has_cgroup || accounting->cgroup_errno != 0);
}

static void machine_without_version_2_has_none(void **state)
{
    struct running *running = *state;
    struct cgroup cgroup;
    sandbox_write(running->sandbox, "proc/self/cgroup", "4:memory:/a\n1:cpu:/\n");

    cgroup_open(running->sandbox->path, &cgroup);

    assert_null(cgroup.path);
    assert_int_equal(cgroup.fd, -1);
    assert_int_equal(cgroup.trouble, ENOENT);
    cgroup_close(&cgroup);
}

static void runs_live_in_it(void **state)
{
    struct running *running = *state;
    need_cgroup(running);

    run_script(running, "sed -n 's/^0:://p' /proc/self/cgroup");

    AUTO_FREE char *out = sandbox_read(running->sandbox, "out");
    AUTO_FREE char *want =
        str_format("%s\n", strrchr(running->spawner->cgroup.path, '/'));
    assert_true(str_ends_with(out, want));
}

static void cpu_time_of_children_that_nobody_waits_for_is_counted(void **state)
{
    struct running *running = *state;
    static const char *const words[] = { KNOWN_WORK, "unwaited", "50", NULL };
    need_cgroup(running);

    for (int i = 0; i < 2; i++) {
        struct process_result result = run_words(running, words);
        assert_in_range(result.user_ns + result.system_ns, 49 * ms_ns, 100 * ms_ns);
    }
}

static void it_goes_with_its_spawner(void **state)
{
    struct running *running = *state;
    need_cgroup(running);
    AUTO_FREE char *path = xstrdup(running->spawner->cgroup.path);
    assert_true(file_is_directory(path));

    spawner_release(&running->spawner);

    assert_false(file_is_directory(path));
}

static void it_goes_when_the_spawner_is_killed(void **state)
{
    struct running *running = *state;
    struct process_result result;
    need_cgroup(running);
    AUTO_FREE char *path = xstrdup(running->spawner->cgroup.path);
    strvec_push(&running->argv, "sh");
    strvec_push(&running->argv, "-c");
    strvec_push(&running->argv, "setsid sleep 1000 & kill -KILL $PPID; sleep 1000");

    assert_int_equal(process_run(running->spawner, &running->spec, &result, NULL), -1);
    spawner_release(&running->spawner);

    assert_false(file_is_directory(path));
}

/* What a pawl that was killed has left behind. */
static void abandoned_ones_are_removed(void **state)
{
    struct running *running = *state;
    struct cgroup cgroup;
    need_cgroup(running);
    AUTO_FREE char *path = str_format("%s-abandoned", running->spawner->cgroup.path);
    assert_int_equal(mkdir(path, 0700), 0);

    cgroup_open("", &cgroup);

    assert_int_equal(cgroup.trouble, 0);
    assert_false(file_is_directory(path));
    assert_true(file_is_directory(running->spawner->cgroup.path));
    cgroup_close(&cgroup);
}

/* A process that is followed by its own child again and again is nowhere for long: who
 * kills processes one by one comes too late. */
static void what_runs_away_is_killed(void **state)
{
    struct running *running = *state;
    static const char *const words[] = { KNOWN_WORK, "run-away", "20000", NULL };
    need_cgroup(running);

    struct process_result result = run_words(running, words);

    AUTO_STR struct str text = STR_INIT;
    AUTO_FREE char *path = str_format("%s/cgroup.procs", running->spawner->cgroup.path);
    assert_true(process_succeeded(&result));
    assert_int_equal(file_read(path, &text, NULL), 0);
    assert_string_equal(text.data, "");
}

/* Twice, since the second time it is no longer the cgroup that we began with. */
static void runs_are_as_good_after_a_kill(void **state)
{
    struct running *running = *state;
    static const char *const words[] = { KNOWN_WORK, "unwaited", "50", NULL };
    need_cgroup(running);
    AUTO_FREE char *path = xstrdup(running->spawner->cgroup.path);
    for (int i = 0; i < 2; i++) {
        run_script(running, "setsid sleep 1000 &");
        struct process_result result = run_words(running, words);
        assert_true(process_succeeded(&result));
        assert_in_range(result.user_ns + result.system_ns, 49 * ms_ns, 100 * ms_ns);
    }

    spawner_release(&running->spawner);

    assert_false(file_is_directory(path));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, running_setup, running_teardown)
    const struct CMUnitTest tests[] = {
        TEST(absence_has_a_reason),
        TEST(machine_without_version_2_has_none),
        TEST(runs_live_in_it),
        TEST(cpu_time_of_children_that_nobody_waits_for_is_counted),
        TEST(it_goes_with_its_spawner),
        TEST(it_goes_when_the_spawner_is_killed),
        TEST(abandoned_ones_are_removed),
        TEST(what_runs_away_is_killed),
        TEST(runs_are_as_good_after_a_kill),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
