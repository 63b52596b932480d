/* Counters of a run, by software events in place of the hardware's, which few virtual
 * machines have: the spawner is started as "pawl-spawner software". In the fields of
 * instructions, cycles, branch misses and cache misses then stand time on a CPU in ns,
 * page faults, switches and moves to another CPU. */
#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "runners/accounting.h"
#include "runners/counters.h"
#include "runners/process.h"
#include "runners/spawner_link.h"
#include "tests/support/check.h"
#include "tests/unit/runners/running.h"

static const int64_t ms_ns = 1000000;
static const uint64_t all_counters =
    METRIC_BIT(METRIC_INSTRUCTIONS) | METRIC_BIT(METRIC_CYCLES) |
    METRIC_BIT(METRIC_BRANCH_MISSES) | METRIC_BIT(METRIC_CACHE_MISSES);

static int setup(void **state)
{
    if (running_setup(state) != 0)
        return -1;
    struct running *running = *state;
    AUTO_FREE char *program = xstrdup(getenv("PAWL_SPAWNER"));
    AUTO_FREE char *script = str_format("#!/bin/sh\nexec '%s' software\n", program);
    sandbox_write(running->sandbox, "spawner", script);
    sandbox_must(running->sandbox, "chmod +x spawner");
    spawner_release(&running->spawner);
    setenv("PAWL_SPAWNER", sandbox_file(running->sandbox, "spawner"), 1);
    running->spawner = spawner_open(NULL);
    setenv("PAWL_SPAWNER", program, 1);
    assert_non_null(running->spawner);
    return 0;
}

/* Who is not root may count what happens in user mode alone. */
static void need(const struct running *running, enum metric metric)
{
    if (!(spawner_accounting(running->spawner)->counters & METRIC_BIT(metric))) {
        print_message("skipped: perf_event_open is not permitted\n");
        skip();
    }
}

static struct process_result
run_known(struct running *running, const char *kind, const char *amount)
{
    const char *words[] = { KNOWN_WORK, kind, amount, NULL };
    uint64_t counters = spawner_accounting(running->spawner)->counters;
    need(running, METRIC_INSTRUCTIONS);
    struct process_result result = run_words(running, words);
    assert_true(process_succeeded(&result));
    assert_int_equal(result.told & all_counters, counters);
    return result;
}

/* The counters begin later than the process's own clock, which has the spawner's steps
 * before execve in it too. */
static void counting_begins_with_the_program(void **state)
{
    struct process_result result = run_known(*state, "burn", "50");

    assert_in_range(result.instructions, 50 * ms_ns,
                    result.user_ns + result.system_ns + ms_ns);
}

static void faults_are_counted(void **state)
{
    if (sysconf(_SC_PAGESIZE) != 4096) {
        print_message("skipped: pages of another size than 4 KiB\n");
        skip();
    }
    struct process_result none = run_known(*state, "allocate", "0");
    struct process_result all = run_known(*state, "allocate", "67108864");

    assert_in_range(all.cycles - none.cycles, 16384 - 50, 16384 + 50);
}

static void switches_are_counted(void **state)
{
    need(*state, METRIC_BRANCH_MISSES);
    struct process_result result = run_known(*state, "nap", "200");

    assert_true(result.branch_misses >= 180);
}

/* Three ways to have others do the work; the last two are not waited for by anyone. */
static void work_of_descendants_is_counted(void **state)
{
    static const char *const kinds[] = { "child", "unwaited", "orphan" };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        struct process_result result = run_known(*state, kinds[i], "50");
        assert_in_range(result.instructions, 50 * ms_ns, 100 * ms_ns);
    }
}

static void work_of_threads_is_counted(void **state)
{
    struct process_result result = run_known(*state, "threads", "50");

    assert_in_range(result.instructions, 100 * ms_ns, 150 * ms_ns);
}

static void each_run_is_counted_for_itself(void **state)
{
    run_known(*state, "burn", "50");

    struct process_result result = run_known(*state, "allocate", "0");

    assert_in_range(result.instructions, 1, 40 * ms_ns);
}

static void what_does_not_start_has_no_counts(void **state)
{
    static const char *const words[] = { "no-such-program", NULL };

    struct process_result result = run_words(*state, words);

    assert_int_equal(result.end, PROCESS_NOT_STARTED);
    assert_int_equal(result.told, 0);
}

static size_t count_files_of(pid_t pid)
{
    AUTO_FREE char *path = str_format("/proc/%d/fd", (int)pid);
    DIR *files = opendir(path);
    assert_non_null(files);
    size_t count = 0;
    while (readdir(files))
        count++;
    closedir(files);
    return count;
}

static void no_counter_stays_open(void **state)
{
    struct running *running = *state;
    run_script(running, "exit 0");
    size_t before = count_files_of(running->spawner->pid);

    for (int i = 0; i < 20; i++)
        run_script(running, "exit 0");
    running->spec.timeout_ns = 20 * ms_ns;
    run_script(running, "exec sleep 1000");

    assert_int_equal(count_files_of(running->spawner->pid), before);
}

static void program_inherits_no_counter(void **state)
{
    run_script(*state, "ls /proc/self/fd | wc -l");

    assert_out(*state, "4\n"); /* 0, 1, 2, and the directory itself */
}

/* A machine without hardware counters is as good as one with them, and says why. */
static void hardware_is_counted_or_its_absence_explained(void **state)
{
    struct running *running = *state;
    spawner_release(&running->spawner);
    running->spawner = spawner_open(NULL);
    assert_non_null(running->spawner);

    struct process_result result = run_script(running, "exit 0");

    const struct accounting *accounting = spawner_accounting(running->spawner);
    assert_true(process_succeeded(&result));
    assert_true(accounting->counters == all_counters || accounting->counters_errno != 0);
    assert_int_equal(result.told & all_counters & ~accounting->counters, 0);
    if (accounting->counters & METRIC_BIT(METRIC_INSTRUCTIONS))
        assert_true(!(result.told & METRIC_BIT(METRIC_INSTRUCTIONS)) ||
                    result.instructions > 10000);
}

/* A file that holds what perf_event_open's would: value, ns enabled, ns running. */
static int64_t taken_of(uint64_t value, uint64_t enabled_ns, uint64_t running_ns)
{
    const uint64_t reading[] = { value, enabled_ns, running_ns };
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], reading, sizeof reading), sizeof reading);
    close(ends[1]);
    int fds[COUNTERS_MAX] = { ends[0], -1, -1, -1 };
    int64_t values[COUNTERS_MAX];
    counters_take(fds, values);
    assert_int_equal(values[1], COUNTERS_UNKNOWN);
    return values[0];
}

static void shared_hardware_gives_no_count(void **state)
{
    (void)state;
    assert_int_equal(taken_of(1000, 50, 50), 1000);
    assert_int_equal(taken_of(1000, 50, 49), COUNTERS_UNKNOWN);
    assert_int_equal(taken_of(0, 50, 0), COUNTERS_UNKNOWN);
    assert_int_equal(taken_of(0, 0, 0), COUNTERS_UNKNOWN);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, running_teardown)
    const struct CMUnitTest tests[] = {
        TEST(counting_begins_with_the_program),
        TEST(faults_are_counted),
        TEST(switches_are_counted),
        TEST(work_of_descendants_is_counted),
        TEST(work_of_threads_is_counted),
        TEST(each_run_is_counted_for_itself),
        TEST(what_does_not_start_has_no_counts),
        TEST(no_counter_stays_open),
        TEST(program_inherits_no_counter),
        TEST(hardware_is_counted_or_its_absence_explained),
        cmocka_unit_test(shared_hardware_gives_no_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
