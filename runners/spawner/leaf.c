#include "runners/spawner/leaf.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runners/spawner/clone.h"

ON_CHILD_STACK static int end_at_once(void *context)
{
    (void)context;
    _exit(0);
}

/* Rights and kernels differ in many ways: one try tells. */
static bool can_live_there(int directory)
{
    pid_t pid = clone_process(end_at_once, NULL, directory, false);
    return pid > 0 && waitpid(pid, NULL, 0) == pid;
}

/* A line "user_usec 12", in nanoseconds. */
static bool read_line(const char *text, const char *name, int64_t *out_ns)
{
    const char *line = strstr(text, name);
    if (!line)
        return false;
    *out_ns = strtoll(line + strlen(name), NULL, 10) * 1000;
    return true;
}

static bool read_times(int file, int64_t *user_ns, int64_t *system_ns)
{
    char text[1024];
    ssize_t got = pread(file, text, sizeof text - 1, 0);
    if (got <= 0)
        return false;
    text[got] = '\0';
    return read_line(text, "user_usec ", user_ns) &&
           read_line(text, "system_usec ", system_ns);
}

bool leaf_open(struct leaf *leaf)
{
    struct statfs info;
    *leaf = (struct leaf){ .directory = -1, .stat_file = -1 };
    if (fstatfs(SPAWNER_CGROUP, &info) < 0 || info.f_type != CGROUP2_SUPER_MAGIC ||
        fcntl(SPAWNER_CGROUP, F_SETFD, FD_CLOEXEC) < 0 || !can_live_there(SPAWNER_CGROUP))
        return false;
    leaf->stat_file = openat(SPAWNER_CGROUP, "cpu.stat", O_RDONLY | O_CLOEXEC);
    if (!read_times(leaf->stat_file, &leaf->user_ns, &leaf->system_ns))
        return false;
    leaf->directory = SPAWNER_CGROUP;
    return true;
}

void leaf_take_cpu_time(struct leaf *leaf, struct spawner_usage *usage)
{
    int64_t user_ns = 0;
    int64_t system_ns = 0;
    if (leaf->directory < 0 || !read_times(leaf->stat_file, &user_ns, &system_ns))
        return;
    usage->user_ns = user_ns - leaf->user_ns;
    usage->system_ns = system_ns - leaf->system_ns;
    leaf->user_ns = user_ns;
    leaf->system_ns = system_ns;
}

void leaf_kill(struct leaf *leaf)
{
    if (leaf->directory < 0)
        return;
    int file = openat(leaf->directory, "cgroup.kill", O_WRONLY | O_CLOEXEC);
    if (file < 0)
        return; /* a kernel before 5.14 */
    if (write(file, "1", 1) == 1)
        leaf->is_spoiled = true;
    close(file);
}

void leaf_renew(struct leaf *leaf)
{
    char old_name[16];
    char name[16];
    if (!leaf->is_spoiled)
        return;
    snprintf(old_name, sizeof old_name, "%u", leaf->killed++);
    snprintf(name, sizeof name, "%u", leaf->killed);
    leaf->is_spoiled = false;
    if (leaf->directory != SPAWNER_CGROUP) {
        close(leaf->directory);
        (void)unlinkat(SPAWNER_CGROUP, old_name, AT_REMOVEDIR);
    }
    (void)mkdirat(SPAWNER_CGROUP, name, 0755);
    leaf->directory = openat(SPAWNER_CGROUP, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}
