#include "gate/source/lfs.h"

#include <fcntl.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/source/git_error.h"
#include "gate/source/internal.h"
#include "gate/source/lfs_pointer.h"

struct lfs_work {
    char *store; /* the user's lfs/objects */
    git_repository *worktree;
    git_index *index;
    size_t n_filled;
    size_t n_missing;
    char *first_missing; /* path of one whose content is not there */
};

/* lfs.storage moves the store; a relative one counts from the git directory. */
static char *store_of(git_repository *user)
{
    AUTO_GIT_CONFIG git_config *config = NULL;
    AUTO_GIT_BUF git_buf storage = { 0 };
    const char *name = "lfs";
    if (git_repository_config(&config, user) == 0 &&
        git_config_get_string_buf(&storage, config, "lfs.storage") == 0 && *storage.ptr)
        name = storage.ptr;
    AUTO_FREE char *directory = path_join(git_repository_commondir(user), name);
    return path_join(directory, "objects");
}

static bool has_lfs_attribute(git_repository *worktree, const char *path)
{
    const char *value = NULL;
    return git_attr_get(&value, worktree, 0, path, "filter") == 0 && value &&
           str_equal(value, "lfs");
}

static bool read_pointer(const struct lfs_work *work,
                         const git_index_entry *entry,
                         struct lfs_pointer *out)
{
    if ((entry->mode & S_IFMT) != S_IFREG || entry->file_size < LFS_POINTER_MIN_BYTES ||
        entry->file_size > LFS_POINTER_MAX_BYTES)
        return false;
    AUTO_FREE char *path = path_join(git_repository_workdir(work->worktree), entry->path);
    AUTO_STR struct str text = STR_INIT;
    struct error ignored = { 0 };
    return file_read(path, &text, &ignored) == 0 &&
           lfs_pointer_parse(text.data, text.length, out) &&
           has_lfs_attribute(work->worktree, entry->path);
}

static int copy_bytes(int from, int to, const char *path, struct error *err)
{
    for (;;) {
        ssize_t copied = sendfile(to, from, NULL, 1 << 30);
        if (copied < 0)
            return error_errno(err, "cannot write '%s'", path);
        if (copied == 0)
            return 0;
    }
}

/* Writes over the pointer (its permissions stay) and tells the index what the file looks
 * like now, so that git status and git describe --dirty call it clean. The age is the
 * stored file's: git does not trust the index about files as young as itself. */
static int replace(struct lfs_work *work,
                   const git_index_entry *entry,
                   int from,
                   const struct stat *stored,
                   struct error *err)
{
    AUTO_FREE char *path = path_join(git_repository_workdir(work->worktree), entry->path);
    AUTO_FD int to = open(path, O_WRONLY | O_TRUNC | O_NOFOLLOW | O_CLOEXEC);
    struct stat now;
    const struct timespec times[2] = { stored->st_mtim, stored->st_mtim };
    if (to < 0)
        return error_errno(err, "cannot write '%s'", path);
    if (copy_bytes(from, to, path, err) < 0)
        return -1;
    if (futimens(to, times) < 0 || fstat(to, &now) < 0)
        return error_errno(err, "cannot write '%s'", path);

    git_index_entry changed = *entry;
    changed.ctime =
        (git_index_time){ (int32_t)now.st_ctim.tv_sec, (uint32_t)now.st_ctim.tv_nsec };
    changed.mtime =
        (git_index_time){ (int32_t)now.st_mtim.tv_sec, (uint32_t)now.st_mtim.tv_nsec };
    changed.file_size = (uint32_t)now.st_size;
    if (git_index_add(work->index, &changed) < 0)
        return git_failed(err, "cannot note '%s' in the index", path);
    work->n_filled++;
    return 0;
}

static int fill_one(struct lfs_work *work, size_t position, struct error *err)
{
    const git_index_entry *entry = git_index_get_byindex(work->index, position);
    struct lfs_pointer pointer = { 0 };
    if (!read_pointer(work, entry, &pointer))
        return 0;
    AUTO_FREE char *stored_path = str_format("%s/%.2s/%.2s/%s", work->store, pointer.oid,
                                             pointer.oid + 2, pointer.oid);
    AUTO_FD int from = open(stored_path, O_RDONLY | O_CLOEXEC);
    struct stat stored;
    if (from >= 0 && fstat(from, &stored) == 0 && stored.st_size == pointer.size_bytes)
        return replace(work, entry, from, &stored, err);
    if (!work->first_missing)
        work->first_missing = xstrdup(entry->path);
    work->n_missing++;
    return 0;
}

static int fill_all(struct lfs_work *work, struct error *err)
{
    for (size_t i = 0; i < git_index_entrycount(work->index); i++) {
        if (fill_one(work, i, err) < 0)
            return -1;
    }
    if (work->n_missing)
        return error_set(
            err, ERROR_GIT,
            "the content of '%s' (one of %zu such files) is in Git LFS and "
            "not in this clone: run git lfs fetch --all (in a workflow, give "
            "actions/checkout lfs: true, and run that in a step behind it)",
            work->first_missing, work->n_missing);
    if (work->n_filled && git_index_write(work->index) < 0)
        return git_failed(err, "cannot write the index of '%s'",
                          git_repository_workdir(work->worktree));
    return 0;
}

static void lfs_work_clear(struct lfs_work *work)
{
    free_pointer(&work->store);
    free_pointer(&work->first_missing);
    git_index_free(work->index);
}

int lfs_fill(struct source *source, git_repository *worktree, struct error *err)
{
    AUTO(lfs_work_clear) struct lfs_work work = { .worktree = worktree };
    if (git_repository_index(&work.index, worktree) < 0)
        return git_failed(err, "cannot read the index of '%s'",
                          git_repository_workdir(worktree));
    work.store = store_of(source->user);
    return fill_all(&work, err);
}
