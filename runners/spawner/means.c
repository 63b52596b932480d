#include "runners/spawner/means.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runners/spawner/clone.h"

/* A try by a child, as each run's child will do it (start.c). Its events stay open with
 * us, and being nobody's any more cost nothing. */
struct attempt {
    const struct counter_event *events;
    struct counters *counters;
};

ON_CHILD_STACK static int attempt_counters(void *context)
{
    const struct attempt *attempt = context;
    counters_probe(attempt->counters, attempt->events);
    if (close_range(~0u, ~0u, CLOSE_RANGE_UNSHARE) < 0)
        *attempt->counters = (struct counters){ .trouble = errno };
    _exit(0);
}

static void open_counters(enum means_choice choice, struct counters *counters)
{
    struct attempt attempt = {
        .events = choice == MEANS_SOFTWARE ? counters_software : counters_hardware,
        .counters = counters,
    };
    pid_t pid = clone_process(attempt_counters, &attempt, -1, true);
    if (pid < 0)
        counters->trouble = errno;
    while (pid > 0 && waitpid(pid, NULL, 0) < 0 && errno == EINTR)
        continue;
}

/* Where it counts none, /proc/PID/stat says 0 all the same. */
static int64_t disk_wait_tick_ns(void)
{
    char digit = '0';
    int fd = open("/proc/sys/kernel/task_delayacct", O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return 0;
    (void)!read(fd, &digit, 1);
    close(fd);
    return digit == '1' ? 1000000000 / sysconf(_SC_CLK_TCK) : 0;
}

void means_open(enum means_choice choice,
                struct means *means,
                struct spawner_hello *hello)
{
    *means = (struct means){ .io = { .all_file = -1 }, .leaf = { .directory = -1 } };
    if (choice != MEANS_WALL && !leaf_open(&means->leaf))
        hello->cgroup_errno = errno;
    if (means->leaf.directory < 0)
        close(SPAWNER_CGROUP); /* whatever it is */
    if (choice != MEANS_WALL) {
        means->reads_proc = true;
        io_open(&means->io);
        means->disk_wait_tick_ns = disk_wait_tick_ns();
        open_counters(choice, &means->counters);
    }
    priority_raise(&means->priority, hello);
    hello->has_cgroup = means->leaf.directory >= 0;
    hello->counters = means->counters.known;
    hello->counters_errno = means->counters.trouble;
    hello->counts_disk_wait = means->disk_wait_tick_ns > 0;
}
