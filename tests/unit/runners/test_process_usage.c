/* What a run has cost, by the program known-work, which knows it (known_work.c). Bounds
 * say how far the truth is known: what is counted is exact; CPU time is that of the
 * program's own clock but for its last steps; peak memory holds the C library besides. No
 * upper bound depends on how busy the machine is. */
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "runners/process.h"
#include "tests/support/check.h"
#include "tests/unit/runners/running.h"

static const int64_t ms_ns = 1000000;
static const int64_t mib = 1 << 20;

/* known-work with up to three words more. */
static struct process_result
run_known(struct running *running, const char *kind, const char *const *words)
{
    const char *all[6] = { KNOWN_WORK, kind };
    for (size_t i = 0; words && words[i]; i++)
        all[i + 2] = words[i];
    struct process_result result = run_words(running, all);
    if (!process_succeeded(&result)) {
        AUTO_FREE char *text = process_describe(&running->spec, &result);
        fail_msg("known-work %s %s", kind, text);
    }
    return result;
}

#define RUN_KNOWN(running, kind, ...) \
    run_known((running), (kind), (const char *const[]){ __VA_ARGS__, NULL })

static bool tells(const struct process_result *result, enum metric metric)
{
    return result->told & METRIC_BIT(metric);
}

static int64_t cpu_ns_of(const struct process_result *result)
{
    return result->user_ns + result->system_ns;
}

static void make_zeros(struct running *running, const char *name, int64_t size)
{
    int fd = open(sandbox_file(running->sandbox, name), O_WRONLY | O_CREAT, 0600);
    assert_true(fd >= 0);
    assert_int_equal(ftruncate(fd, size), 0);
    close(fd);
}

/* File systems of which it is sure that the kernel counts what goes to their disk. */
static bool is_on_disk(const struct running *running)
{
    enum {
        EXT4 = 0xef53,
        XFS = 0x58465342
    };
    struct statfs info;
    return statfs(running->sandbox->path, &info) == 0 &&
           (info.f_type == EXT4 || info.f_type == XFS);
}

static void sixty_four_mib_are_the_peak(void **state)
{
    struct process_result result = RUN_KNOWN(*state, "allocate", "67108864");

    assert_in_range(result.peak_rss_bytes, 64 * mib, 72 * mib);
}

/* 16384 pages of 4 KiB, each a fault; a kernel that maps several at once has fewer. */
static void each_page_is_a_fault(void **state)
{
    if (sysconf(_SC_PAGESIZE) != 4096) {
        print_message("skipped: pages of another size than 4 KiB\n");
        skip();
    }
    struct process_result none = RUN_KNOWN(*state, "allocate", "0");
    struct process_result all = RUN_KNOWN(*state, "allocate", "67108864");

    assert_in_range(all.minor_faults - none.minor_faults, 16384 - 50, 16384 + 50);
}

static void writes_are_counted_exactly(void **state)
{
    struct process_result result = RUN_KNOWN(*state, "write", "data", "2560", "4096");

    assert_int_equal(result.written_bytes, 10 * mib);
    assert_int_equal(result.write_calls, 2560);
}

/* The loader's own reads are the same in both, and so is the read that finds the end. */
static void reads_are_counted_exactly(void **state)
{
    struct running *running = *state;
    make_zeros(running, "none", 0);
    make_zeros(running, "data", 3 * mib);

    struct process_result none = RUN_KNOWN(running, "read", "none", "4096");
    struct process_result all = RUN_KNOWN(running, "read", "data", "4096");

    assert_int_equal(all.read_bytes - none.read_bytes, 3 * mib);
    assert_int_equal(all.read_calls - none.read_calls, 768);
}

/* What the child reads on its way to the program is not in it: only what the kernel and
 * the loader read of program and library, some hundred bytes each. */
static void our_own_reads_are_not_counted(void **state)
{
    struct process_result result = RUN_KNOWN(*state, "allocate", "0");

    assert_in_range(result.read_bytes, 0, 16384);
    assert_in_range(result.read_calls, 0, 16);
}

static void what_goes_to_a_disk_is_counted(void **state)
{
    struct running *running = *state;
    if (!is_on_disk(running)) {
        print_message("skipped: the temporary directory is on no disk\n");
        skip();
    }

    struct process_result result = RUN_KNOWN(running, "write", "data", "2560", "4096");

    assert_in_range(result.disk_written_bytes, 10 * mib, 11 * mib);
}

static void what_comes_from_a_disk_is_counted(void **state)
{
    struct running *running = *state;
    static const char *const words[] = { KNOWN_WORK, "read-disk", "data", NULL };
    RUN_KNOWN(running, "write", "data", "2560", "4096");

    struct process_result result = run_words(running, words);

    if (result.exit_code == 77 || !is_on_disk(running)) {
        print_message("skipped: the temporary directory is on no disk\n");
        skip();
    }
    assert_in_range(result.disk_read_bytes, 10 * mib, 20 * mib);
}

static void sleep_is_wall_and_no_cpu_time(void **state)
{
    struct process_result result = RUN_KNOWN(*state, "sleep", "50");

    assert_true(result.wall_ns >= 50 * ms_ns);
    assert_true(cpu_ns_of(&result) < 50 * ms_ns);
    assert_true(result.voluntary_switches >= 1);
}

/* A nap can be over before the program has gone to sleep, and reading the program from
 * the disk can need some waits. */
static void naps_are_voluntary_switches(void **state)
{
    struct process_result result = RUN_KNOWN(*state, "nap", "200");

    assert_in_range(result.voluntary_switches, 180, 260);
}

/* What the run has printed: the CPU time that it has used, in ns. */
static int64_t told_ns(struct running *running)
{
    AUTO_FREE char *out = sandbox_read(running->sandbox, "out");
    return strtoll(out, NULL, 10);
}

static void burnt_time_is_the_programs_own_figure(void **state)
{
    struct process_result result = RUN_KNOWN(*state, "burn", "50");

    int64_t told = told_ns(*state);
    assert_true(told >= 50 * ms_ns);
    assert_in_range(cpu_ns_of(&result), told - ms_ns, told + 20 * ms_ns);
}

static void threads_are_counted(void **state)
{
    struct process_result result = RUN_KNOWN(*state, "threads", "50");

    assert_in_range(cpu_ns_of(&result), 99 * ms_ns, 150 * ms_ns);
}

static void children_waited_for_are_counted(void **state)
{
    struct process_result result = RUN_KNOWN(*state, "child", "50");

    assert_in_range(cpu_ns_of(&result), 49 * ms_ns, 100 * ms_ns);
}

static void orphans_are_counted(void **state)
{
    struct process_result result = RUN_KNOWN(*state, "orphan", "50");

    assert_in_range(cpu_ns_of(&result), 49 * ms_ns, 100 * ms_ns);
}

static void writes_of_orphans_are_counted(void **state)
{
    struct process_result result =
        RUN_KNOWN(*state, "orphan-writes", "data", "2560", "4096");

    assert_int_equal(result.written_bytes, 10 * mib);
    assert_int_equal(result.write_calls, 2560);
}

static void writes_of_children_are_counted(void **state)
{
    struct process_result result =
        run_script(*state, KNOWN_WORK " write data 2560 4096; exit 0");

    assert_int_equal(result.written_bytes, 10 * mib);
    assert_int_equal(result.write_calls, 2560);
}

/* With SCHED_INFO in the kernel it is known; no wait can be outside of the wall time. */
static void wait_for_a_cpu_is_a_part_of_wall(void **state)
{
    struct process_result result = RUN_KNOWN(*state, "burn", "5");

    if (access("/proc/self/schedstat", R_OK) == 0) {
        assert_true(tells(&result, METRIC_RUN_QUEUE_WAIT));
        assert_in_range(result.run_queue_wait_ns, 0, result.wall_ns);
    } else
        assert_false(tells(&result, METRIC_RUN_QUEUE_WAIT));
}

/* Two that burn 100 ms each on one CPU: each waits about as long as the other runs. */
static void rival_on_the_same_cpu_is_waited_for(void **state)
{
    struct process_result result = RUN_KNOWN(*state, "rival", "100");

    if (!tells(&result, METRIC_RUN_QUEUE_WAIT)) {
        print_message("skipped: the kernel doesn't tell how long a process waits\n");
        skip();
    }
    assert_in_range(result.run_queue_wait_ns, 30 * ms_ns, result.wall_ns);
}

static void wait_for_disks_is_known_where_it_is_counted(void **state)
{
    struct process_result result = RUN_KNOWN(*state, "write", "data", "1", "4096");

    char counted = '0';
    int fd = open("/proc/sys/kernel/task_delayacct", O_RDONLY | O_CLOEXEC);
    (void)!read(fd, &counted, 1);
    close(fd);
    if (counted == '1')
        assert_in_range(result.io_wait_ns, 0, result.wall_ns);
    else
        assert_false(tells(&result, METRIC_IO_WAIT));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, running_setup, running_teardown)
    const struct CMUnitTest tests[] = {
        TEST(sixty_four_mib_are_the_peak),
        TEST(each_page_is_a_fault),
        TEST(writes_are_counted_exactly),
        TEST(reads_are_counted_exactly),
        TEST(our_own_reads_are_not_counted),
        TEST(what_goes_to_a_disk_is_counted),
        TEST(what_comes_from_a_disk_is_counted),
        TEST(sleep_is_wall_and_no_cpu_time),
        TEST(naps_are_voluntary_switches),
        TEST(burnt_time_is_the_programs_own_figure),
        TEST(threads_are_counted),
        TEST(children_waited_for_are_counted),
        TEST(orphans_are_counted),
        TEST(writes_of_orphans_are_counted),
        TEST(writes_of_children_are_counted),
        TEST(wait_for_a_cpu_is_a_part_of_wall),
        TEST(rival_on_the_same_cpu_is_waited_for),
        TEST(wait_for_disks_is_known_where_it_is_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
