/* The files are written by hand: git_worktree_add would make a branch for each worktree
 * and checks out before HEAD can be detached. The format is that of gitrepository-layout:
 *
 *   <path>/.git                          gitdir: <own>/worktrees/<name>
 *   <own>/worktrees/<name>/gitdir        <path>/.git
 *   <own>/worktrees/<name>/commondir     ../..
 *   <own>/worktrees/<name>/HEAD          the commit's id
 */

#include "gate/source/worktree_entry.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/base/tree.h"

static int
write_line(const char *directory, const char *name, const char *line, struct error *err)
{
    AUTO_FREE char *path = path_join(directory, name);
    AUTO_FREE char *text = str_format("%s\n", line);
    return file_write(path, text, strlen(text), err);
}

static int
ends_walk(void *context, const char *name, const struct stat *info, struct error *err)
{
    (void)context;
    (void)name;
    (void)info;
    (void)err;
    return -1;
}

static int make_empty_directory(const char *path, struct error *err)
{
    struct error inside = { 0 };
    if (strchr(path, '\n'))
        return error_set(err, ERROR_SYSTEM, "'%s' has a line break in its name", path);
    if (tree_make(path, err) < 0)
        return -1;
    if (tree_walk(path, ends_walk, NULL, &inside) == 0)
        return 0;
    if (inside.code != ERROR_NONE)
        return error_set(err, inside.code, "%s", inside.message);
    return error_set(err, ERROR_SYSTEM,
                     "cannot check out to '%s': it is not an empty directory", path);
}

static int
link_both(const char *entry, const char *path, const git_oid *commit, struct error *err)
{
    AUTO_FREE char *back = path_join(path, ".git");
    AUTO_FREE char *forth = str_format("gitdir: %s", entry);
    if (write_line(entry, "commondir", "../..", err) < 0 ||
        write_line(entry, "HEAD", git_oid_tostr_s(commit), err) < 0 ||
        write_line(entry, "gitdir", back, err) < 0)
        return -1;
    return write_line(path, ".git", forth, err);
}

int worktree_entry_add(git_repository *own,
                       const char *path,
                       const git_oid *commit,
                       struct error *err)
{
    if (make_empty_directory(path, err) < 0)
        return -1;
    AUTO_FREE char *prefix = path_join(git_repository_path(own), "worktrees/pawl-");
    AUTO_FREE char *entry = tree_make_unique(prefix, err);
    AUTO_FREE char *real = realpath(path, NULL);
    if (!entry)
        return -1;
    if (!real)
        return error_errno(err, "cannot find '%s'", path);
    return link_both(entry, real, commit, err);
}

/* The file's text without its last line break; NULL where it can't be read. */
static char *read_line(const char *directory, const char *name)
{
    AUTO_FREE char *path = path_join(directory, name);
    struct error ignored = { 0 };
    struct str text = STR_INIT;
    if (file_read(path, &text, &ignored) < 0) {
        str_clear(&text);
        return NULL;
    }
    if (text.length && text.data[text.length - 1] == '\n')
        str_truncate(&text, text.length - 1);
    return str_detach(&text);
}

/* True while the worktree exists and is this entry's. */
static bool is_in_use(const char *entry)
{
    AUTO_FREE char *back = read_line(entry, "gitdir");
    if (!back)
        return false;
    AUTO_FREE char *directory = path_directory(back);
    AUTO_FREE char *forth = read_line(directory, ".git");
    AUTO_FREE char *wanted = str_format("gitdir: %s", entry);
    return forth && str_equal(forth, wanted);
}

static void close_directory(DIR **directory)
{
    closedir(*directory);
}

int worktree_entries_prune(const char *own_path, struct error *err)
{
    AUTO_FREE char *worktrees = path_join(own_path, "worktrees");
    DIR *opened = opendir(worktrees);
    if (!opened)
        return errno == ENOENT ? 0 : error_errno(err, "cannot read '%s'", worktrees);
    AUTO(close_directory) DIR *directory = opened;
    for (struct dirent *found = readdir(directory); found; found = readdir(directory)) {
        if (found->d_name[0] == '.')
            continue;
        AUTO_FREE char *entry = path_join(worktrees, found->d_name);
        if (!is_in_use(entry) && tree_remove(entry, err) < 0)
            return -1;
    }
    return 0;
}
