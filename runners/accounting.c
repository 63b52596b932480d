#include "runners/accounting.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>

#include "gate/base/str.h"
#include "runners/metric.h"

static void add_processes(const struct accounting *accounting, struct str *out)
{
    str_add(out, "processes: ");
    if (accounting->has_cgroup) {
        str_add(out, "all of a run, by its cgroup");
        return;
    }
    str_add(out, "those that a run waited for or left behind (no cgroup of our own");
    if (accounting->cgroup_errno)
        str_addf(out, ": %s", strerror(accounting->cgroup_errno));
    str_add(out,
            "; under 'systemd-run --user --scope -p Delegate=yes' there may be one)");
}

static const char *reason_of(int counters_errno)
{
    switch (counters_errno) {
    case EACCES:
    case EPERM:
        return "not permitted: sysctl kernel.perf_event_paranoid=2 allows them, "
               "but for containers that forbid perf_event_open";
    case ENOSYS:
        return "this kernel has no perf_event_open";
    case ENOENT:
    case ENODEV:
    case EOPNOTSUPP:
        return "the machine offers none, as most virtual ones";
    default:
        return strerror(counters_errno);
    }
}

static void add_counters(const struct accounting *accounting, struct str *out)
{
    static const enum metric counters[] = { METRIC_INSTRUCTIONS, METRIC_CYCLES,
                                            METRIC_BRANCH_MISSES, METRIC_CACHE_MISSES };
    const char *separator = "";
    str_add(out, "; hardware counters: ");
    for (size_t i = 0; i < sizeof counters / sizeof counters[0]; i++) {
        if (!(accounting->counters & METRIC_BIT(counters[i])))
            continue;
        str_addf(out, "%s%s", separator, metric_name(counters[i]));
        separator = ", ";
    }
    if (!accounting->counters)
        str_add(out, "none");
    if (accounting->counters_errno)
        str_addf(out, " (%s%s)", accounting->counters ? "others: " : "",
                 reason_of(accounting->counters_errno));
}

char *accounting_describe(const struct accounting *accounting)
{
    struct str out = STR_INIT;
    add_processes(accounting, &out);
    add_counters(accounting, &out);
    str_add(&out,
            accounting->counts_disk_wait
                ? "; waits for disks: counted"
                : "; waits for disks: not counted (sysctl kernel.task_delayacct=1)");
    return str_detach(&out);
}
