#include "gate/source/submodule.h"

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/log.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/source/git_error.h"
#include "gate/source/gitmodules.h"
#include "gate/source/internal.h"
#include "gate/source/late_fetch.h"
#include "gate/source/source.h"
#include "gate/source/workspace.h"
#include "gate/source/worktree.h"

/* Set to the git directory of the user's clone below directory/modules; false where there
 * is none. */
static bool is_cloned_below(const char *directory, const char *name, char **git_directory)
{
    AUTO_FREE char *place = str_format("%smodules/%s", directory, name);
    AUTO_FREE char *head = path_join(place, "HEAD");
    if (!file_exists(head))
        return false;
    *git_directory = xstrdup(place);
    return true;
}

/* The user's clone of a submodule; NULL with err as it was where there is none. git keeps
 * it below this work tree's git directory, or below the common one; these are opened as
 * bare, since the directory where they are checked out may be gone. Once it was kept in
 * the submodule's own directory. */
static struct source *
open_clone(struct source *source, const char *name, const char *path, struct error *err)
{
    AUTO_FREE char *git_directory = NULL;
    if (is_cloned_below(git_repository_path(source->user), name, &git_directory) ||
        is_cloned_below(git_repository_commondir(source->user), name, &git_directory))
        return source_open_exactly(git_directory, GIT_REPOSITORY_OPEN_BARE,
                                   source->cache_directory, err);
    if (!source->work_tree)
        return NULL;
    AUTO_FREE char *own_directory = path_join(source->work_tree, path);
    AUTO_FREE char *link = path_join(own_directory, ".git");
    if (!file_exists(link))
        return NULL;
    return source_open_exactly(own_directory, GIT_REPOSITORY_OPEN_NO_SEARCH,
                               source->cache_directory, err);
}

/* By what the commit says, or by what the user set in the config of the clone. */
static bool is_switched_off(struct source *source, git_config *modules, const char *name)
{
    AUTO_GIT_CONFIG git_config *config = NULL;
    return gitmodules_switches_off(modules, name) ||
           (git_repository_config(&config, source->user) == 0 &&
            gitmodules_switches_off(config, name));
}

/* A runner's checkout has of each submodule what its own commit needs, often at depth 1;
 * the other side's may be fetched there. */
static bool has_or_gets(struct source *clone, const char *id)
{
    struct error ignored = { 0 };
    bool is_there = source_has_commit(clone, id);
    if (!is_there && workspace_holds(clone->directory) &&
        source_fetch_commit(clone, id, &is_there, &ignored) < 0)
        log_detail("%s", ignored.message);
    return is_there;
}

static int fill_from(struct source *clone,
                     const char *path,
                     const char *id,
                     const char *full_path,
                     struct error *err)
{
    if (!has_or_gets(clone, id))
        return error_set(err, ERROR_GIT,
                         "submodule '%s' is cloned, but without commit %.10s, which is "
                         "wanted here: run git -C '%s' fetch origin %s (in a workflow, "
                         "give actions/checkout fetch-depth: 0)",
                         path, id, path, id);
    if (source_add_worktree(clone, id, full_path, err) < 0)
        return error_prefix(err, "submodule '%s': ", path);
    return 0;
}

static int fill_one(struct source *source,
                    const char *work_tree,
                    git_config *modules,
                    const git_index_entry *entry,
                    struct error *err)
{
    AUTO_FREE char *name = gitmodules_find_name(modules, entry->path);
    if (!name || is_switched_off(source, modules, name))
        return 0;
    AUTO_FREE char *id = xstrdup(git_oid_tostr_s(&entry->id));
    AUTO_FREE char *full_path = path_join(work_tree, entry->path);
    struct error trouble = { 0 };
    AUTO_SOURCE struct source *clone = open_clone(source, name, entry->path, &trouble);
    if (trouble.code != ERROR_NONE)
        return error_set(err, trouble.code, "submodule '%s': %s", entry->path,
                         trouble.message);
    if (!clone)
        return error_set(err, ERROR_GIT,
                         "submodule '%s' is not cloned: run git submodule update --init "
                         "--recursive (in a workflow, give actions/checkout submodules: "
                         "recursive)",
                         entry->path);
    return fill_from(clone, entry->path, id, full_path, err);
}

int submodules_fill(struct source *source, git_repository *worktree, struct error *err)
{
    AUTO_GIT_CONFIG git_config *modules = NULL;
    AUTO_INDEX git_index *index = NULL;
    const char *work_tree = git_repository_workdir(worktree);
    if (gitmodules_open(&modules, work_tree, err) < 0)
        return -1;
    if (!modules)
        return 0;
    if (git_repository_index(&index, worktree) < 0)
        return git_failed(err, "cannot read the index of '%s'", work_tree);
    for (size_t i = 0; i < git_index_entrycount(index); i++) {
        const git_index_entry *entry = git_index_get_byindex(index, i);
        if (entry->mode == GIT_FILEMODE_COMMIT &&
            fill_one(source, work_tree, modules, entry, err) < 0)
            return -1;
    }
    return 0;
}
