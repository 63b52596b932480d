#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "runners/surroundings.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"

static struct surroundings read_in(struct sandbox *sandbox)
{
    struct surroundings surroundings = { 0 };
    surroundings_read(sandbox->path, sandbox->path, &surroundings);
    return surroundings;
}

static void a_container_that_hides_everything_is_unknown(void **state)
{
    AUTO_SURROUNDINGS struct surroundings found = read_in(*state);

    assert_int_equal(found.has_smt, KNOWN_NOT);
    assert_true(found.load_average < 0);
    assert_true(found.steal_share < 0);
    assert_int_equal(found.has_psi, KNOWN_NO);
    assert_true(found.cpu_pressure < 0);
    assert_close(found.cgroup_cpus, 0, 0);
    assert_int_equal(found.cgroup_memory_bytes, 0);
    assert_int_equal(found.has_pmu, KNOWN_NOT);
    assert_int_equal(found.perf_paranoid, -2);
    assert_int_equal(found.has_delays, KNOWN_NOT);
    assert_int_equal(found.swap_used_bytes, -1);
}

static void load_steal_and_pressure_are_read(void **state)
{
    sandbox_write(*state, "proc/loadavg", "1.50 0.70 0.30 2/300 4711\n");
    sandbox_write(*state, "proc/stat", "cpu  600 0 200 1000 100 0 50 50 0 0\ncpu0 1 2\n");
    sandbox_write(*state, "proc/pressure/cpu",
                  "some avg10=9.00 avg60=12.50 avg300=1.00 total=7\n");

    AUTO_SURROUNDINGS struct surroundings found = read_in(*state);

    assert_close(found.load_average, 1.5, 1e-12);
    assert_close(found.steal_share, 0.025, 1e-12);
    assert_int_equal(found.has_psi, KNOWN_YES);
    assert_close(found.cpu_pressure, 0.125, 1e-12);
}

static void limits_of_both_kinds_of_cgroups_are_read(void **state)
{
    sandbox_write(*state, "proc/self/cgroup", "0::/job/one\n");
    sandbox_write(*state, "sys/fs/cgroup/job/one/cpu.max", "150000 100000\n");
    sandbox_write(*state, "sys/fs/cgroup/job/one/memory.max", "1073741824\n");
    AUTO_SURROUNDINGS struct surroundings second = read_in(*state);

    sandbox_must(*state, "rm -r sys proc");
    sandbox_write(*state, "sys/fs/cgroup/cpu/cpu.cfs_quota_us", "50000\n");
    sandbox_write(*state, "sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");
    sandbox_write(*state, "sys/fs/cgroup/memory/memory.limit_in_bytes",
                  "9223372036854771712\n");
    AUTO_SURROUNDINGS struct surroundings first = read_in(*state);

    assert_close(second.cgroup_cpus, 1.5, 1e-12);
    assert_int_equal(second.cgroup_memory_bytes, 1073741824);
    assert_close(first.cgroup_cpus, 0.5, 1e-12);
    assert_int_equal(first.cgroup_memory_bytes, 0);
}

static void no_limit_is_none(void **state)
{
    sandbox_write(*state, "proc/self/cgroup", "0::/\n");
    sandbox_write(*state, "sys/fs/cgroup/cpu.max", "max 100000\n");
    sandbox_write(*state, "sys/fs/cgroup/memory.max", "max\n");

    AUTO_SURROUNDINGS struct surroundings found = read_in(*state);

    assert_close(found.cgroup_cpus, 0, 0);
    assert_int_equal(found.cgroup_memory_bytes, 0);
}

static void counters_are_seen_by_the_kernels_list_of_them(void **state)
{
    sandbox_must(*state, "mkdir -p sys/bus/event_source/devices/software");
    AUTO_SURROUNDINGS struct surroundings without = read_in(*state);
    sandbox_must(*state, "mkdir -p sys/bus/event_source/devices/cpu");
    sandbox_write(*state, "proc/sys/kernel/perf_event_paranoid", "3\n");
    AUTO_SURROUNDINGS struct surroundings with = read_in(*state);

    assert_int_equal(without.has_pmu, KNOWN_NO);
    assert_int_equal(with.has_pmu, KNOWN_YES);
    assert_int_equal(with.perf_paranoid, 3);
}

static void swap_in_use_is_added_up(void **state)
{
    sandbox_write(*state, "proc/swaps",
                  "Filename\tType\t\tSize\tUsed\tPriority\n"
                  "/swapfile  file\t\t1000\t24\t-2\n/dev/sdb partition 2000 1000 -3\n");

    AUTO_SURROUNDINGS struct surroundings found = read_in(*state);

    assert_int_equal(found.swap_used_bytes, 1024 * 1024);
}

static void room_is_that_of_the_nearest_directory_there_is(void **state)
{
    struct sandbox *sandbox = *state;
    AUTO_SURROUNDINGS struct surroundings there = read_in(sandbox);
    AUTO_SURROUNDINGS struct surroundings not_there = { 0 };

    surroundings_read(sandbox->path, sandbox_file(sandbox, "a/b/c"), &not_there);

    assert_true(there.disk_free_bytes > 0);
    assert_true(not_there.disk_free_bytes > 0);
}

static void programs_are_found_by_path(void **state)
{
    struct sandbox *sandbox = *state;
    sandbox_must(sandbox, "mkdir x y && touch x/tool y/tool && chmod +x y/tool");
    AUTO_FREE char *both = str_format("%s/x::%s/y", sandbox->path, sandbox->path);
    AUTO_FREE char *first = str_format("%s/x", sandbox->path);

    AUTO_FREE char *found = surroundings_find_program("tool", both);
    AUTO_FREE char *not_found = surroundings_find_program("tool", first);

    assert_non_null(found);
    assert_true(str_ends_with(found, "/y/tool"));
    assert_null(not_found);
    assert_null(surroundings_find_program("tool", NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, sandbox_setup, sandbox_teardown)
        TEST(a_container_that_hides_everything_is_unknown),
        TEST(load_steal_and_pressure_are_read),
        TEST(limits_of_both_kinds_of_cgroups_are_read),
        TEST(no_limit_is_none),
        TEST(counters_are_seen_by_the_kernels_list_of_them),
        TEST(swap_in_use_is_added_up),
        TEST(room_is_that_of_the_nearest_directory_there_is),
        TEST(programs_are_found_by_path),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
