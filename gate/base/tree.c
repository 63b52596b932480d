#include "gate/base/tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"

static int make_one(const char *path, struct error *err)
{
    if (mkdir(path, 0777) == 0 || errno == EEXIST)
        return 0;
    return error_errno(err, "cannot make the directory '%s'", path);
}

int tree_make(const char *path, struct error *err)
{
    AUTO_FREE char *partial = xstrdup(path);
    for (char *slash = strchr(partial + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (make_one(partial, err) < 0)
            return -1;
        *slash = '/';
    }
    return make_one(partial, err);
}

char *tree_make_unique(const char *prefix, struct error *err)
{
    AUTO_FREE char *above = path_directory(prefix);
    if (tree_make(above, err) < 0)
        return NULL;
    char *path = str_format("%sXXXXXX", prefix);
    if (mkdtemp(path))
        return path;
    error_errno(err, "cannot make a directory '%s'", path);
    free(path);
    return NULL;
}

static void close_directory(DIR **directory)
{
    if (*directory)
        closedir(*directory);
}

/* The names in a directory but "." and "..", sorted. */
static int
list_names(int parent_fd, const char *name, struct strvec *names, struct error *err)
{
    int fd = openat(parent_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return error_errno(err, "cannot open the directory '%s'", name);
    AUTO(close_directory) DIR *directory = fdopendir(fd);
    if (!directory) {
        close(fd);
        return error_errno(err, "cannot read the directory '%s'", name);
    }
    for (struct dirent *entry = readdir(directory); entry; entry = readdir(directory)) {
        if (!str_equal(entry->d_name, ".") && !str_equal(entry->d_name, ".."))
            strvec_push(names, entry->d_name);
    }
    strvec_sort(names);
    return 0;
}

static int remove_directory(const char *path, struct error *err);

static int remove_entry(const char *path, struct error *err)
{
    struct stat info;
    if (lstat(path, &info) < 0)
        return errno == ENOENT ? 0 : error_errno(err, "cannot remove '%s'", path);
    if (S_ISDIR(info.st_mode))
        return remove_directory(path, err);
    if (unlink(path) < 0 && errno != ENOENT)
        return error_errno(err, "cannot remove '%s'", path);
    return 0;
}

static int remove_directory(const char *path, struct error *err)
{
    AUTO_STRVEC struct strvec names = { 0 };
    (void)chmod(path, 0700);
    if (list_names(AT_FDCWD, path, &names, err) < 0)
        return -1;
    for (size_t i = 0; i < names.count; i++) {
        AUTO_FREE char *child = path_join(path, names.items[i]);
        if (remove_entry(child, err) < 0)
            return -1;
    }
    if (rmdir(path) < 0 && errno != ENOENT)
        return error_errno(err, "cannot remove '%s'", path);
    return 0;
}

int tree_remove(const char *path, struct error *err)
{
    return remove_entry(path, err);
}

struct walk {
    const char *root;
    tree_visit *visit;
    void *context;
};

static int
walk_directory(const struct walk *walk, const char *relative, struct error *err)
{
    AUTO_FREE char *path =
        *relative ? path_join(walk->root, relative) : xstrdup(walk->root);
    AUTO_STRVEC struct strvec names = { 0 };
    if (list_names(AT_FDCWD, path, &names, err) < 0)
        return -1;
    for (size_t i = 0; i < names.count; i++) {
        AUTO_FREE char *name = path_join(relative, names.items[i]);
        AUTO_FREE char *full = path_join(walk->root, name);
        struct stat info;
        if (lstat(full, &info) < 0) {
            if (errno == ENOENT)
                continue;
            return error_errno(err, "cannot read '%s'", full);
        }
        if (walk->visit(walk->context, name, &info, err) < 0)
            return -1;
        if (S_ISDIR(info.st_mode) && walk_directory(walk, name, err) < 0)
            return -1;
    }
    return 0;
}

int tree_walk(const char *root, tree_visit *visit, void *context, struct error *err)
{
    struct walk walk = { .root = root, .visit = visit, .context = context };
    return walk_directory(&walk, "", err);
}

static int
add_size(void *context, const char *name, const struct stat *info, struct error *err)
{
    (void)name;
    (void)err;
    *(int64_t *)context += (int64_t)info->st_blocks * 512;
    return 0;
}

int64_t tree_size_bytes(const char *root)
{
    int64_t total = 0;
    struct error ignored = { 0 };
    if (tree_walk(root, add_size, &total, &ignored) < 0)
        return total;
    return total;
}

/* FNV-1a. */
static void stir(uint64_t *stamp, const void *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        *stamp = (*stamp ^ ((const unsigned char *)bytes)[i]) * UINT64_C(0x100000001b3);
}

static int
stir_entry(void *context, const char *name, const struct stat *info, struct error *err)
{
    uint64_t *stamp = context;
    (void)err;
    stir(stamp, name, strlen(name) + 1);
    stir(stamp, &info->st_size, sizeof info->st_size);
    stir(stamp, &info->st_mtim, sizeof info->st_mtim);
    stir(stamp, &info->st_ctim, sizeof info->st_ctim);
    return 0;
}

uint64_t tree_stamp(const char *root)
{
    uint64_t stamp = UINT64_C(0xcbf29ce484222325);
    struct error ignored = { 0 };
    return tree_walk(root, stir_entry, &stamp, &ignored) < 0 ? 0 : stamp;
}
