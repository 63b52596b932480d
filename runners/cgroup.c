#include "runners/cgroup.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <linux/magic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/file.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "runners/root_file.h"

static const char prefix[] = "pawl-";

/* Where version 2 is mounted, alone or beside version 1. NULL where it is not. */
static const char *find_mount(void)
{
    static const char *const places[] = { "/sys/fs/cgroup", "/sys/fs/cgroup/unified" };
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        struct statfs info;
        if (statfs(places[i], &info) == 0 && info.f_type == CGROUP2_SUPER_MAGIC)
            return places[i];
    }
    return NULL;
}

/* The directory of the cgroup that we are in: "0::/a/b" in /proc/self/cgroup. The
 * caller's; NULL where there is none. */
static char *own_directory(const char *root)
{
    AUTO_STR struct str text = STR_INIT;
    const char *mount = find_mount();
    root_read(root, "/proc/self/cgroup", &text);
    const char *line = strstr(text.data, "0::/");
    if (!mount || !line)
        return NULL;
    const char *name = line + strlen("0::");
    return str_format("%s%.*s", mount, (int)strcspn(name, "\n"), name);
}

static void kill_all_in(int directory)
{
    AUTO_FD int file = openat(directory, "cgroup.kill", O_WRONLY | O_CLOEXEC);
    if (file >= 0)
        (void)!write(file, "1", 1);
}

static int open_directory(const char *path)
{
    return open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static int
remove_empty(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    (void)info;
    (void)place;
    return kind == FTW_DP ? rmdir(path) : 0;
}

/* With those below it, which the spawner or a run have made. */
static int remove_whole(const char *path)
{
    return nftw(path, remove_empty, 8, FTW_DEPTH | FTW_PHYS);
}

/* Where nobody has it locked, its owner is dead. */
static void remove_abandoned(const char *path)
{
    AUTO_FD int directory = open_directory(path);
    if (directory < 0 || flock(directory, LOCK_EX | LOCK_NB) < 0)
        return;
    kill_all_in(directory);
    (void)remove_whole(path);
}

static void sweep(const char *parent)
{
    DIR *entries = opendir(parent);
    if (!entries)
        return;
    const struct dirent *entry = NULL;
    while ((entry = readdir(entries)))
        if (str_starts_with(entry->d_name, prefix)) {
            AUTO_FREE char *path = path_join(parent, entry->d_name);
            remove_abandoned(path);
        }
    closedir(entries);
}

/* Another's sweep may take a new one for abandoned, and remove it before we have locked
 * it. */
static bool is_still_there(const char *path, int directory)
{
    struct stat by_path;
    struct stat by_fd;
    return stat(path, &by_path) == 0 && fstat(directory, &by_fd) == 0 &&
           by_path.st_ino == by_fd.st_ino && by_path.st_dev == by_fd.st_dev;
}

/* Returns 0, or an errno: EAGAIN where another name may do. */
static int make(const char *path, struct cgroup *cgroup)
{
    if (mkdir(path, 0755) < 0)
        return errno == EEXIST ? EAGAIN : errno;
    AUTO_FD int directory = open_directory(path);
    if (directory < 0 || flock(directory, LOCK_EX | LOCK_NB) < 0 ||
        !is_still_there(path, directory))
        return EAGAIN;
    *cgroup = (struct cgroup){ .path = xstrdup(path), .fd = fd_detach(&directory) };
    return 0;
}

void cgroup_open(const char *root, struct cgroup *cgroup)
{
    AUTO_FREE char *parent = own_directory(root);
    *cgroup = (struct cgroup){ .fd = -1, .trouble = ENOENT };
    if (!parent)
        return;
    sweep(parent);
    int trouble = EAGAIN;
    for (int i = 0; i < 100 && trouble == EAGAIN; i++) {
        AUTO_FREE char *path = str_format("%s/%s%d-%d", parent, prefix, (int)getpid(), i);
        trouble = make(path, cgroup);
    }
    cgroup->trouble = trouble;
}

void cgroup_close(struct cgroup *cgroup)
{
    const struct timespec moment = { .tv_nsec = 2000000 };
    if (!cgroup->path)
        return;
    /* What was killed a moment ago keeps it busy. */
    for (int i = 0; i < 50 && remove_whole(cgroup->path) < 0 && errno == EBUSY; i++) {
        kill_all_in(cgroup->fd);
        (void)nanosleep(&moment, NULL);
    }
    fd_close(&cgroup->fd);
    free(cgroup->path);
    *cgroup = (struct cgroup){ .fd = -1 };
}
