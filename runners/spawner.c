/* Starting the spawner, talking to it, ending it. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/interrupt.h"
#include "gate/base/path.h"
#include "runners/installed.h"
#include "runners/process.h"
#include "runners/spawner/protocol.h"
#include "runners/spawner_link.h"

static const char program[] = "pawl-spawner";

/* The spawner's path, the caller's; NULL with err where there is none. */
static char *find_spawner(struct error *err)
{
    const char *chosen = getenv("PAWL_SPAWNER");
    return chosen ? xstrdup(chosen) : installed_find(program, X_OK, err);
}

/* A wait for the spawner ends at least this often, should a signal come just before it
 * begins. */
static void set_receive_timeout(int fd)
{
    const struct timeval second = { .tv_sec = 1 };
    (void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &second, sizeof second);
}

/* Gives the spawner its end of the line and an empty environment, which keeps it small.
 * Returns 0 or an errno. */
static int start(const char *path, int its_end, int cgroup, pid_t *pid)
{
    char name[sizeof program];
    memcpy(name, program, sizeof program);
    char *argv[] = { name, NULL };
    char *environment[] = { NULL };
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, its_end, SPAWNER_SOCKET);
    if (cgroup >= 0)
        posix_spawn_file_actions_adddup2(&actions, cgroup, SPAWNER_CGROUP);
    int trouble = posix_spawn(pid, path, &actions, NULL, argv, environment);
    posix_spawn_file_actions_destroy(&actions);
    return trouble;
}

/* The hello's bits are in the order of these. */
static uint64_t counters_of(uint32_t bits)
{
    static const enum metric counters[SPAWNER_COUNTERS] = {
        METRIC_INSTRUCTIONS, METRIC_CYCLES, METRIC_BRANCH_MISSES, METRIC_CACHE_MISSES
    };
    uint64_t metrics = 0;
    for (size_t i = 0; i < SPAWNER_COUNTERS; i++)
        if (bits & (1u << i))
            metrics |= METRIC_BIT(counters[i]);
    return metrics;
}

static int receive_hello(struct spawner *spawner, const char *path, struct error *err)
{
    struct spawner_hello hello;
    if (spawner_receive(spawner, &hello.version, sizeof hello.version, true, err) < 0)
        return error_prefix(err, "starting '%s': ", path);
    if (hello.version != SPAWNER_VERSION)
        return error_set(
            err, ERROR_SYSTEM,
            "'%s' belongs to another version of pawl (it speaks %08x, not %08x)", path,
            hello.version, SPAWNER_VERSION);
    char *rest = (char *)&hello + sizeof hello.version;
    if (spawner_receive(spawner, rest, sizeof hello - sizeof hello.version, true, err) <
        0)
        return error_prefix(err, "starting '%s': ", path);
    int trouble = spawner->cgroup.trouble;
    spawner->accounting = (struct accounting){
        .has_cgroup = hello.has_cgroup,
        .cgroup_errno = trouble ? trouble : hello.cgroup_errno,
        .counters = counters_of(hello.counters),
        .counters_errno = hello.counters_errno,
        .counts_disk_wait = hello.counts_disk_wait,
    };
    spawner->priority = (struct priority){
        .is_raised = hello.priority != SPAWNER_PRIORITY_USUAL,
        .is_groups = hello.priority == SPAWNER_PRIORITY_SESSION,
        .trouble = hello.priority_errno,
        .usual_nice = hello.nice,
    };
    return 0;
}

/* dup2 of a descriptor to itself would leave it to be closed by exec, and one to the
 * other's number would close that: both go out of the way. */
static int move_up(int fd)
{
    if (fd < 0 || fd > SPAWNER_CGROUP)
        return fd;
    int moved = fcntl(fd, F_DUPFD_CLOEXEC, SPAWNER_CGROUP + 1);
    close(fd);
    return moved;
}

struct spawner *spawner_open(struct error *err)
{
    AUTO_FREE char *path = find_spawner(err);
    if (!path)
        return NULL;
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0) {
        error_errno(err, "cannot make a socket");
        return NULL;
    }
    AUTO_SPAWNER struct spawner *spawner = xcalloc(1, sizeof *spawner);
    *spawner = (struct spawner){ .socket = ends[0], .pid = -1, .message = STR_INIT };
    AUTO_FD int its_end = move_up(ends[1]);
    cgroup_open("", &spawner->cgroup);
    spawner->cgroup.fd = move_up(spawner->cgroup.fd);

    int trouble = start(path, its_end, spawner->cgroup.fd, &spawner->pid);
    if (trouble) {
        spawner->pid = -1;
        error_set(err, ERROR_SYSTEM, "cannot start '%s': %s", path, strerror(trouble));
        return NULL;
    }
    fd_close(&its_end);
    set_receive_timeout(spawner->socket);
    if (receive_hello(spawner, path, err) < 0)
        return NULL;
    struct spawner *opened = spawner;
    spawner = NULL;
    return opened;
}

const struct accounting *spawner_accounting(const struct spawner *spawner)
{
    return &spawner->accounting;
}

const struct priority *spawner_priority(const struct spawner *spawner)
{
    return &spawner->priority;
}

void spawner_close(struct spawner *spawner)
{
    if (!spawner)
        return;
    /* It takes the end of the line as the order to kill what runs, and to end. */
    fd_close(&spawner->socket);
    while (spawner->pid > 0 && waitpid(spawner->pid, NULL, 0) < 0 && errno == EINTR)
        continue;
    cgroup_close(&spawner->cgroup);
    str_clear(&spawner->message);
    free(spawner);
}

void spawner_release(struct spawner **spawner)
{
    spawner_close(*spawner);
    *spawner = NULL;
}

/* The line is dead: says how the spawner ended. Always -1. */
static int tell_end(struct spawner *spawner, struct error *err)
{
    int status = 0;
    fd_close(&spawner->socket);
    if (spawner->pid < 0)
        return error_set(err, ERROR_SYSTEM, "the spawner has ended before");
    /* A spawner that closed its end without ending would be waited for in vain. */
    kill(spawner->pid, SIGKILL);
    while (waitpid(spawner->pid, &status, 0) < 0 && errno == EINTR)
        continue;
    spawner->pid = -1;
    if (WIFSIGNALED(status))
        return error_set(err, ERROR_SYSTEM, "the spawner was killed by SIG%s",
                         sigabbrev_np(WTERMSIG(status)));
    return error_set(err, ERROR_SYSTEM, "the spawner exited with %d",
                     WEXITSTATUS(status));
}

int spawner_send(struct spawner *spawner,
                 const void *bytes,
                 size_t length,
                 struct error *err)
{
    const char *rest = bytes;
    while (length) {
        ssize_t put = send(spawner->socket, rest, length, MSG_NOSIGNAL);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return tell_end(spawner, err);
        rest += put;
        length -= (size_t)put;
    }
    return 0;
}

int spawner_receive(struct spawner *spawner,
                    void *bytes,
                    size_t length,
                    bool may_interrupt,
                    struct error *err)
{
    char *rest = bytes;
    while (length) {
        ssize_t got = recv(spawner->socket, rest, length, 0);
        if (got > 0) {
            rest += got;
            length -= (size_t)got;
            continue;
        }
        bool is_woken = got < 0 && (errno == EINTR || errno == EAGAIN);
        if (!is_woken)
            return tell_end(spawner, err);
        if (may_interrupt && interrupt_check(err) < 0)
            return -1;
    }
    return 0;
}

int64_t spawner_floor_rss_bytes(const struct spawner *spawner)
{
    AUTO_STR struct str status = STR_INIT;
    AUTO_FREE char *path = str_format("/proc/%d/status", (int)spawner->pid);
    struct error ignored = { 0 };
    if (file_read(path, &status, &ignored) < 0)
        return 0;
    const char *line = strstr(status.data, "VmHWM:");
    return line ? strtoll(line + strlen("VmHWM:"), NULL, 10) * 1024 : 0;
}

/* "12 (any ) text) S 1 ...": the 14th to 17th fields are utime, stime, cutime, cstime. */
int64_t spawner_cpu_ns(const struct spawner *spawner)
{
    AUTO_STR struct str stat = STR_INIT;
    AUTO_FREE char *path = str_format("/proc/%d/stat", (int)spawner->pid);
    struct error ignored = { 0 };
    long per_second = sysconf(_SC_CLK_TCK);
    if (file_read(path, &stat, &ignored) < 0 || per_second <= 0)
        return 0;
    const char *field = strrchr(stat.data, ')');
    for (int i = 2; field && i < 14; i++) {
        field = strchr(field, ' ');
        field += field ? 1 : 0;
    }
    int64_t ticks = 0;
    char *next = NULL;
    for (int i = 14; field && i <= 17; i++) {
        ticks += strtoll(field, &next, 10);
        field = next;
    }
    return ticks * (INT64_C(1000000000) / per_second);
}
