#include "runners/spawner/usage.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runners/spawner/number.h"
#include "runners/spawner/start.h"

/* Reads a small file whole, with a NUL behind it. False where it can't be read. */
static bool read_file(const char *path, char *text, size_t size)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    ssize_t got = read(fd, text, size - 1);
    close(fd);
    text[got > 0 ? got : 0] = '\0';
    return got > 0;
}

/* Reads /proc/PID/NAME; without snprintf, which would take longer than the kernel. */
static bool read_of(pid_t pid, const char *name, char *text, size_t size)
{
    char path[64] = "/proc/";
    char digits[16];
    size_t count = 0;
    size_t at = strlen(path);
    for (pid_t rest = pid; rest; rest /= 10)
        digits[count++] = (char)('0' + rest % 10);
    while (count)
        path[at++] = digits[--count];
    path[at++] = '/';
    memcpy(path + at, name, strlen(name) + 1);
    return read_file(path, text, size);
}

/* "running waiting slices", all zeros where the kernel doesn't count them. */
static int64_t wait_in(const char *schedstat)
{
    (void)number_next(&schedstat);
    int64_t wait_ns = number_next(&schedstat);
    return number_next(&schedstat) > 0 ? wait_ns : SPAWNER_UNKNOWN;
}

/* The 42nd field of "12 (any ) text) S 1 ...". */
static void
read_io_wait(pid_t pid, int64_t tick_ns, int64_t wall_ns, struct spawner_usage *usage)
{
    enum {
        STATE_FIELD = 3,
        WAIT_FIELD = 42
    };
    char text[1024];
    if (!tick_ns || !read_of(pid, "stat", text, sizeof text))
        return;
    const char *next = strrchr(text, ')');
    for (int field = STATE_FIELD; next && field <= WAIT_FIELD; field++)
        next = strchr(next + 1, ' ');
    if (!next)
        return;
    /* A kernel that has begun to count a moment ago has some waits begin at its boot. */
    int64_t wait_ns = number_next(&next) * tick_ns;
    if (wait_ns >= 0 && wait_ns <= wall_ns)
        usage->io_wait_ns = wait_ns;
}

void usage_init(struct spawner_usage *usage)
{
    *usage = (struct spawner_usage){
        .run_queue_wait_ns = SPAWNER_UNKNOWN,
        .io_wait_ns = SPAWNER_UNKNOWN,
        .read_bytes = SPAWNER_UNKNOWN,
        .written_bytes = SPAWNER_UNKNOWN,
        .read_calls = SPAWNER_UNKNOWN,
        .write_calls = SPAWNER_UNKNOWN,
        .disk_read_bytes = SPAWNER_UNKNOWN,
        .disk_written_bytes = SPAWNER_UNKNOWN,
    };
}

void usage_read_waits(const struct child *child,
                      int64_t disk_wait_tick_ns,
                      int64_t wall_ns,
                      struct spawner_usage *usage)
{
    char text[64];
    int64_t before_ns = wait_in(child->schedstat);
    if (before_ns >= 0 && read_of(child->pid, "schedstat", text, sizeof text)) {
        int64_t wait_ns = wait_in(text);
        usage->run_queue_wait_ns = wait_ns < before_ns ? wait_ns : wait_ns - before_ns;
    }
    read_io_wait(child->pid, disk_wait_tick_ns, wall_ns, usage);
}

static int64_t nanoseconds_of(struct timeval time)
{
    return (int64_t)time.tv_sec * 1000000000 + (int64_t)time.tv_usec * 1000;
}

int usage_reap(pid_t pid, struct spawner_usage *usage)
{
    int status = 0;
    struct rusage rusage = { 0 };
    while (wait4(pid, &status, __WALL, &rusage) < 0 && errno == EINTR)
        continue;
    usage->user_ns = nanoseconds_of(rusage.ru_utime);
    usage->system_ns = nanoseconds_of(rusage.ru_stime);
    usage->peak_rss_bytes = (int64_t)rusage.ru_maxrss * 1024;
    usage->minor_faults = rusage.ru_minflt;
    usage->major_faults = rusage.ru_majflt;
    usage->voluntary_switches = rusage.ru_nvcsw;
    usage->involuntary_switches = rusage.ru_nivcsw;
    return status;
}

void usage_add(struct spawner_usage *usage, const struct spawner_usage *orphan)
{
    usage->user_ns += orphan->user_ns;
    usage->system_ns += orphan->system_ns;
    if (usage->peak_rss_bytes < orphan->peak_rss_bytes)
        usage->peak_rss_bytes = orphan->peak_rss_bytes;
    usage->minor_faults += orphan->minor_faults;
    usage->major_faults += orphan->major_faults;
    usage->voluntary_switches += orphan->voluntary_switches;
    usage->involuntary_switches += orphan->involuntary_switches;
}
