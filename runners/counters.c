/* How it is done. The child opens the events on itself just before it executes its
 * program, and lets the spawner, which shares its file descriptors until then, read them
 * in the end. Two shorter ways were tried. Events that the spawner opens once on itself,
 * for each child to inherit, get lost: the kernel swaps the contexts of processes whose
 * events are alike, and enable_on_exec then enables those of the wrong one. Events that
 * the spawner opens on a child that waits for it cost two more switches a run. */
#include "runners/counters.h"

#include <errno.h>
#include <linux/perf_event.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "runners/spawner/clone.h"

const struct counter_event counters_hardware[COUNTERS_MAX] = {
    { PERF_COUNT_HW_INSTRUCTIONS, PERF_TYPE_HARDWARE, true },
    { PERF_COUNT_HW_CPU_CYCLES, PERF_TYPE_HARDWARE, true },
    { PERF_COUNT_HW_BRANCH_MISSES, PERF_TYPE_HARDWARE, true },
    { PERF_COUNT_HW_CACHE_MISSES, PERF_TYPE_HARDWARE, true },
};

/* A switch happens in the kernel: user mode alone would have none. */
const struct counter_event counters_software[COUNTERS_MAX] = {
    { PERF_COUNT_SW_TASK_CLOCK, PERF_TYPE_SOFTWARE, true },
    { PERF_COUNT_SW_PAGE_FAULTS, PERF_TYPE_SOFTWARE, true },
    { PERF_COUNT_SW_CONTEXT_SWITCHES, PERF_TYPE_SOFTWARE, false },
    { PERF_COUNT_SW_CPU_MIGRATIONS, PERF_TYPE_SOFTWARE, false },
};

ON_CHILD_STACK static int open_on_self(const struct counter_event *event)
{
    struct perf_event_attr attributes = {
        .type = event->type,
        .size = sizeof attributes,
        .config = event->config,
        .read_format = PERF_FORMAT_TOTAL_TIME_ENABLED | PERF_FORMAT_TOTAL_TIME_RUNNING,
        .disabled = 1,
        .inherit = 1,
        .enable_on_exec = 1,
        .exclude_kernel = event->is_user_only,
        .exclude_hv = 1,
    };
    return (int)syscall(SYS_perf_event_open, &attributes, 0, -1, -1,
                        PERF_FLAG_FD_CLOEXEC);
}

ON_CHILD_STACK void counters_probe(struct counters *counters,
                                   const struct counter_event *events)
{
    *counters = (struct counters){ .events = events };
    for (size_t i = 0; i < COUNTERS_MAX; i++) {
        if (open_on_self(&events[i]) >= 0)
            counters->known |= 1u << i;
        else if (!counters->trouble)
            counters->trouble = errno;
    }
}

ON_CHILD_STACK void counters_attach(const struct counters *counters, int *fds)
{
    for (size_t i = 0; i < COUNTERS_MAX; i++)
        fds[i] = counters->known & (1u << i) ? open_on_self(&counters->events[i]) : -1;
}

/* As perf_event_open's read_format says. */
struct reading {
    uint64_t value;
    uint64_t enabled_ns;
    uint64_t running_ns;
};

static int64_t read_value(int fd)
{
    struct reading reading;
    if (read(fd, &reading, sizeof reading) != sizeof reading || !reading.enabled_ns ||
        reading.running_ns < reading.enabled_ns)
        return COUNTERS_UNKNOWN;
    return (int64_t)reading.value;
}

void counters_take(int *fds, int64_t *values)
{
    for (size_t i = 0; i < COUNTERS_MAX; i++) {
        values[i] = fds[i] < 0 ? COUNTERS_UNKNOWN : read_value(fds[i]);
        if (fds[i] >= 0)
            close(fds[i]);
        fds[i] = -1;
    }
}
