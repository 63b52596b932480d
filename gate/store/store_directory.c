/* A store's files in a directory: <class>/<yyyy-mm>/<commit>-<hash>.json below root.
 *
 * The directory may come out of a repository that a stranger wrote, so nothing in it is
 * followed: every step from root on is opened by itself, and no link is taken. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "gate/base/text.h"
#include "gate/base/tree.h"
#include "gate/store/draft_file.h"
#include "gate/store/machine_class.h"
#include "gate/store/session_json.h"
#include "gate/store/store_place.h"

struct directory {
    struct store_place place;
    char *root;
};

static struct directory *directory_of(struct store_place *self)
{
    return (struct directory *)self;
}

static int open_directory(int parent, const char *name)
{
    return openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/* A directory below parent, made where makes is set; what makes it last is on disk then.
 */
static int enter(int parent, const char *name, bool makes, struct error *err)
{
    if (makes && mkdirat(parent, name, 0777) < 0 && errno != EEXIST)
        return error_errno(err, "cannot make the directory '%s'", name);
    if (makes)
        (void)fsync(parent);
    int fd = open_directory(parent, name);
    if (fd < 0 && (errno == ELOOP || errno == ENOTDIR))
        return error_set(err, ERROR_USAGE,
                         "'%s' is a link or a file, where a store has a directory", name);
    return fd < 0 ? error_errno(err, "cannot open the directory '%s'", name) : fd;
}

static void sync_directory(const char *path)
{
    AUTO_FD int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0)
        (void)fsync(fd);
}

static int open_root(const struct directory *self, bool makes, struct error *err)
{
    if (makes) {
        AUTO_FREE char *above = path_directory(self->root);
        if (tree_make(self->root, err) < 0)
            return -1;
        sync_directory(above);
    }
    int fd = open(self->root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return fd < 0 ? error_errno(err, "cannot open the directory '%s'", self->root) : fd;
}

/* The directory that name stands in; *last is the name there, borrowed from name. */
static int open_parent(const struct directory *self,
                       const char *name,
                       bool makes,
                       const char **last,
                       struct error *err)
{
    AUTO_FD int at = open_root(self, makes, err);
    const char *rest = name;
    for (const char *slash = strchr(rest, '/'); at >= 0 && slash;
         slash = strchr(rest, '/')) {
        AUTO_FREE char *step = xstrndup(rest, (size_t)(slash - rest));
        int next = enter(at, step, makes, err);
        fd_close(&at);
        at = next;
        rest = slash + 1;
    }
    *last = rest;
    return fd_detach(&at);
}

static int
put_file(const struct directory *self, const struct store_file *file, struct error *err)
{
    const char *last = NULL;
    AUTO_FD int parent = open_parent(self, file->name, true, &last, err);
    if (parent < 0 || draft_file_put(parent, last, file->bytes, file->length, err) < 0)
        return error_prefix(err, "cannot store '%s' in '%s': ", file->name, self->root);
    return 0;
}

static int put(struct store_place *self,
               const struct store_file *files,
               size_t count,
               struct error *err)
{
    for (size_t i = 0; i < count; i++) {
        if (put_file(directory_of(self), &files[i], err) < 0)
            return -1;
    }
    return 0;
}

static int
get(struct store_place *self, const char *name, struct str *bytes, struct error *err)
{
    const char *last = NULL;
    AUTO_FD int parent = open_parent(directory_of(self), name, false, &last, err);
    if (parent < 0)
        return error_prefix(err, "cannot read '%s': ", name);
    AUTO_FD int fd =
        openat(parent, last, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (fd < 0 && errno == ELOOP)
        return error_set(err, ERROR_USAGE, "'%s' is a link, which is not followed", name);
    struct stat info;
    if (fd < 0 || fstat(fd, &info) < 0)
        return error_errno(err, "cannot read '%s'", name);
    if (!S_ISREG(info.st_mode))
        return error_set(err, ERROR_USAGE, "'%s' is not a file, as sessions are", name);
    if (info.st_size > (off_t)SESSION_BYTES_MOST)
        return error_set(err, ERROR_USAGE,
                         "'%s' has %lld bytes; a session has at most %zu", name,
                         (long long)info.st_size, SESSION_BYTES_MOST);
    return fd_read_most(fd, SESSION_BYTES_MOST, name, bytes, err);
}

static int
remove_files(struct store_place *self, const struct strvec *names, struct error *err)
{
    for (size_t i = 0; i < names->count; i++) {
        const char *last = NULL;
        AUTO_FD int parent =
            open_parent(directory_of(self), names->items[i], false, &last, err);
        if (parent < 0)
            return error_prefix(err, "cannot remove '%s': ", names->items[i]);
        if (unlinkat(parent, last, 0) < 0 && errno != ENOENT)
            return error_errno(err, "cannot remove '%s'", names->items[i]);
    }
    return 0;
}

static int probe(struct store_place *self, struct error *err)
{
    const char *root = directory_of(self)->root;
    if (tree_make(root, err) < 0)
        return -1;
    if (access(root, W_OK | X_OK) < 0)
        return error_errno(err, "cannot write to the directory '%s'", root);
    return 0;
}

static void close_directory(struct store_place *self)
{
    free(directory_of(self)->root);
    free(self);
}

/* The walk through root's two levels of directories. */
struct listing {
    struct strvec *names;
    struct strvec *warnings;
    const char *title;
};

typedef void
visit_entry(struct listing *listing, int fd, const char *path, const char *name);

/* Calls visit for what the directory name of parent holds; path leads there from root. */
static void visit_all(struct listing *listing,
                      int parent,
                      const char *name,
                      const char *path,
                      visit_entry *visit)
{
    int fd = open_directory(parent, name);
    DIR *entries = fd < 0 ? NULL : fdopendir(fd);
    if (!entries) {
        fd_close(&fd);
        return;
    }
    for (const struct dirent *entry = readdir(entries); entry; entry = readdir(entries)) {
        if (*entry->d_name == '.')
            continue;
        AUTO_FREE char *below = str_format("%s/%s", path, entry->d_name);
        visit(listing, fd, *path ? below : entry->d_name, entry->d_name);
    }
    closedir(entries);
}

static void warn(struct listing *listing, const char *path, const char *what)
{
    AUTO_STR struct str shown = STR_INIT;
    text_add_clean(&shown, path, 200);
    strvec_pushf(listing->warnings, "%s: '%s' is %s: not read", listing->title,
                 shown.data, what);
}

static void
visit_file(struct listing *listing, int fd, const char *path, const char *name)
{
    struct stat info;
    if (!str_ends_with(name, ".json") ||
        fstatat(fd, name, &info, AT_SYMLINK_NOFOLLOW) < 0)
        return;
    if (S_ISREG(info.st_mode))
        strvec_push(listing->names, path);
    else
        warn(listing, path,
             S_ISLNK(info.st_mode) ? "a link, which is not followed" : "not a file");
}

static bool is_month(const char *name)
{
    static const char digits[] = "0123456789";
    return strlen(name) == 7 && strspn(name, digits) == 4 && name[4] == '-' &&
           strspn(name + 5, digits) == 2;
}

static bool is_link(int fd, const char *name)
{
    struct stat info;
    return fstatat(fd, name, &info, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(info.st_mode);
}

static void
visit_month(struct listing *listing, int fd, const char *path, const char *name)
{
    if (!is_month(name))
        return;
    if (is_link(fd, name))
        warn(listing, path, "a link, which is not followed");
    else
        visit_all(listing, fd, name, path, visit_file);
}

static void
visit_class(struct listing *listing, int fd, const char *path, const char *name)
{
    if (!machine_class_name_is_valid(name))
        return;
    if (is_link(fd, name))
        warn(listing, path, "a link, which is not followed");
    else
        visit_all(listing, fd, name, path, visit_month);
}

static int list(struct store_place *self,
                struct strvec *names,
                struct strvec *warnings,
                struct error *err)
{
    const struct directory *directory = directory_of(self);
    struct listing listing = { .names = names,
                               .warnings = warnings,
                               .title = directory->root };
    if (!file_exists(directory->root))
        return 0;
    AUTO_FD int root = open_root(directory, false, err);
    if (root < 0)
        return -1;
    visit_all(&listing, root, ".", "", visit_class);
    return 0;
}

struct store_place *store_place_directory(const char *root)
{
    struct directory *directory = xcalloc(1, sizeof *directory);
    *directory = (struct directory){
        .place = { .put = put,
                   .list = list,
                   .get = get,
                   .remove = remove_files,
                   .probe = probe,
                   .close = close_directory },
        .root = xstrdup(root),
    };
    return &directory->place;
}
