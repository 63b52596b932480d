#include "runners/spawner/reap.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "runners/spawner/start.h"
#include "runners/spawner/usage.h"

static const int64_t patience_ns = INT64_C(10) * 1000000000;

/* Kills a child of ours with its whole group, which is one of the run's too: another than
 * ours it can only have got from a descendant of ours. */
static void kill_child(pid_t pid)
{
    pid_t group = getpgid(pid);
    if (group > 1 && group != getpgrp())
        kill(-group, SIGKILL);
    kill(pid, SIGKILL);
}

/* Kills the processes that stand in text, "12 34 ", and returns where an unfinished
 * number begins. */
static size_t kill_listed(const char *text, size_t length)
{
    pid_t pid = 0;
    size_t begin = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] >= '0' && text[i] <= '9') {
            pid = pid * 10 + (text[i] - '0');
            continue;
        }
        if (pid > 1)
            kill_child(pid);
        pid = 0;
        begin = i + 1;
    }
    return begin;
}

/* Their children become ours as they die; the next round gets them. */
static bool kill_by_list(void)
{
    int fd = open("/proc/thread-self/children", O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    char text[1024];
    size_t kept = 0;
    ssize_t got = 0;
    while ((got = read(fd, text + kept, sizeof text - kept)) > 0) {
        size_t length = kept + (size_t)got;
        size_t begin = kill_listed(text, length);
        kept = length - begin;
        memmove(text, text + begin, kept);
    }
    close(fd);
    return got == 0;
}

/* The parent that /proc/PID/stat names: "12 (any ) text) S 1 ...". */
static pid_t parent_of(const char *pid)
{
    char path[64];
    char text[512];
    snprintf(path, sizeof path, "/proc/%.20s/stat", pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return -1;
    ssize_t got = read(fd, text, sizeof text - 1);
    close(fd);
    text[got > 0 ? got : 0] = '\0';
    const char *name_end = strrchr(text, ')');
    return name_end && strlen(name_end) > 4 ? (pid_t)strtol(name_end + 4, NULL, 10) : -1;
}

/* For kernels without the list of children. */
static void kill_by_search(void)
{
    DIR *processes = opendir("/proc");
    if (!processes)
        return;
    const struct dirent *entry = NULL;
    while ((entry = readdir(processes)))
        if (entry->d_name[0] >= '1' && entry->d_name[0] <= '9' &&
            parent_of(entry->d_name) == getpid())
            kill_child((pid_t)strtol(entry->d_name, NULL, 10));
    closedir(processes);
}

static void nap(int64_t duration_ns)
{
    struct timespec time = { .tv_nsec = duration_ns };
    nanosleep(&time, NULL);
}

/* Reaps those that have ended. 1: some had; 0: none had; -1: there are no children. */
static int reap_ended(struct spawner_usage *usage)
{
    int reaped = 0;
    for (;; reaped = 1) {
        siginfo_t info = { 0 };
        if (waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT | __WALL) < 0)
            return -1;
        if (!info.si_pid)
            return reaped;
        struct spawner_usage of_one;
        usage_init(&of_one);
        usage_reap(info.si_pid, &of_one);
        usage_add(usage, &of_one);
    }
}

bool reap_all(struct leaf *leaf, struct spawner_usage *usage)
{
    const int64_t shortest_ns = 50000;
    const int64_t longest_ns = 20000000;
    int64_t pause_ns = shortest_ns;
    int64_t deadline_ns = 0;
    int reaped = 0;
    while ((reaped = reap_ended(usage)) >= 0) {
        int64_t now_ns = clock_now_ns();
        if (!deadline_ns)
            deadline_ns = now_ns + patience_ns;
        if (now_ns > deadline_ns)
            return false;
        leaf_kill(leaf); /* all at once: nothing multiplies faster than that */
        if (!kill_by_list())
            kill_by_search();
        /* Quick while it helps, to be faster than what still multiplies. */
        if (reaped)
            pause_ns = shortest_ns;
        else if (pause_ns < longest_ns)
            pause_ns *= 2;
        nap(pause_ns);
    }
    return true;
}
