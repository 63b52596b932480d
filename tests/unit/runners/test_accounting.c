#include <errno.h>

#include "gate/base/alloc.h"
#include "runners/accounting.h"
#include "runners/metric.h"
#include "tests/support/check.h"

static void assert_described(const struct accounting *accounting, const char *want)
{
    AUTO_FREE char *text = accounting_describe(accounting);
    assert_string_equal(text, want);
}

static void machine_that_tells_all_is_told_of(void **state)
{
    (void)state;
    const struct accounting all = {
        .has_cgroup = true,
        .counters = METRIC_BIT(METRIC_INSTRUCTIONS) | METRIC_BIT(METRIC_CYCLES) |
                    METRIC_BIT(METRIC_BRANCH_MISSES) | METRIC_BIT(METRIC_CACHE_MISSES),
        .counts_disk_wait = true,
    };
    assert_described(
        &all, "processes: all of a run, by its cgroup; hardware counters: "
              "instructions, cycles, branch_misses, cache_misses; waits for disks: "
              "counted");
}

static void what_is_missing_is_said_with_how_to_get_it(void **state)
{
    (void)state;
    const struct accounting none = { .cgroup_errno = EROFS, .counters_errno = ENOENT };
    assert_described(
        &none, "processes: those that a run waited for or left behind (no cgroup of "
               "our own: Read-only file system; under 'systemd-run --user --scope -p "
               "Delegate=yes' there may be one); hardware counters: none (the "
               "machine offers none, as most virtual ones); waits for disks: not "
               "counted (sysctl kernel.task_delayacct=1)");
}

static void forbidden_counters_name_their_sysctl(void **state)
{
    (void)state;
    static const int reasons[] = { EACCES, EPERM };
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
        const struct accounting accounting = { .counters_errno = reasons[i] };
        AUTO_FREE char *text = accounting_describe(&accounting);
        assert_contains(text, "none (not permitted: sysctl "
                              "kernel.perf_event_paranoid=2 allows them");
    }
}

static void some_counters_are_named(void **state)
{
    (void)state;
    const struct accounting some = { .has_cgroup = true,
                                     .counters = METRIC_BIT(METRIC_INSTRUCTIONS),
                                     .counters_errno = EOPNOTSUPP };
    AUTO_FREE char *text = accounting_describe(&some);
    assert_contains(text, "hardware counters: instructions (others: the machine "
                          "offers none, as most virtual ones)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(machine_that_tells_all_is_told_of),
        cmocka_unit_test(what_is_missing_is_said_with_how_to_get_it),
        cmocka_unit_test(forbidden_counters_name_their_sysctl),
        cmocka_unit_test(some_counters_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
