/* Two values, for the kernel has two ways to share out a CPU. Where it groups the
 * processes of a session (sched_autogroup_enabled), a nice value counts within the
 * session alone, and the group's decides between sessions; in cgroups with a share of
 * CPU, and where nothing is grouped, it is the process's own that counts. So both are
 * set. Real-time priority would be quieter by a little, but a run that never ends would
 * take the CPU from everything, the kernel's own threads included.
 *
 * They are set once and not for each run: the kernel lets others than root set a group's
 * value ten times a second only, counted over all of them. */
#include "runners/spawner/priority.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#define RAISED_NICE (-20)
#define GROUP_FILE  "/proc/self/autogroup"
#define SWITCH_FILE "/proc/sys/kernel/sched_autogroup_enabled"
#define TRIES       30

/* For the kernel's tenth of a second, in which others may come first. */
static bool write_patiently(int file, const char *text)
{
    const struct timespec rest = { .tv_nsec = 10000000 };
    const size_t length = strlen(text);
    for (int i = 0; i < TRIES; i++) {
        if (write(file, text, length) == (ssize_t)length)
            return true;
        if (errno != EAGAIN)
            return false;
        (void)nanosleep(&rest, NULL);
    }
    return false;
}

static bool set_group(const char *nice)
{
    int file = open(GROUP_FILE, O_WRONLY | O_CLOEXEC);
    if (file < 0)
        return false;
    bool is_set = write_patiently(file, nice);
    close(file);
    return is_set;
}

static bool has_groups(void)
{
    char digit = '0';
    int file = open(SWITCH_FILE, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return false;
    (void)!read(file, &digit, 1);
    close(file);
    return digit != '0';
}

void priority_raise(struct priority_raise *raise, struct spawner_hello *hello)
{
    errno = 0;
    *raise = (struct priority_raise){ .usual_nice = getpriority(PRIO_PROCESS, 0) };
    hello->nice = raise->usual_nice;
    /* Whoever started us to stand back has a reason. */
    if (errno || raise->usual_nice > 0)
        return;
    if (setpriority(PRIO_PROCESS, 0, RAISED_NICE) < 0) {
        hello->priority_errno = errno;
        return;
    }
    raise->is_raised = true;
    hello->priority = SPAWNER_PRIORITY_PROCESS;
    if (!has_groups())
        return;
    if (set_group("-20"))
        hello->priority = SPAWNER_PRIORITY_SESSION;
    else
        hello->priority_errno = errno;
}

ON_CHILD_STACK void priority_lower(const struct priority_raise *raise)
{
    (void)setsid();
    (void)setpriority(PRIO_PROCESS, 0, raise->usual_nice);
}
