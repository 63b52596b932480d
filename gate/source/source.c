#include "gate/source/source.h"

#include <stdlib.h>
#include <string.h>

#include <git2/sys/odb_backend.h>
#include <git2/sys/repository.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/source/git_error.h"
#include "gate/source/internal.h"
#include "gate/source/open_user.h"
#include "gate/source/private_repository.h"

static char *work_tree_of(git_repository *repository)
{
    const char *path = git_repository_workdir(repository);
    if (!path)
        return NULL;
    size_t length = strlen(path);
    return xstrndup(path, length > 1 && path[length - 1] == '/' ? length - 1 : length);
}

/* Before it writes an object that is there already, libgit2 renews the time of the file
 * that holds it, be it one of the user's. Without this function it only asks whether the
 * object exists. */
static int leave_times_alone(git_odb *odb)
{
    for (size_t i = 0; i < git_odb_num_backends(odb); i++) {
        git_odb_backend *backend = NULL;
        int result = git_odb_get_backend(&backend, odb, i);
        if (result < 0)
            return result;
        backend->freshen = NULL;
    }
    return 0;
}

/* From here on the user's handle reads and writes objects through the private
 * repository: it sees snapshots as well, and has no way to write to the user's store. */
static int divert_objects(struct source *source, struct error *err)
{
    AUTO_ODB git_odb *odb = NULL;
    if (git_repository_odb(&odb, source->own) < 0 || leave_times_alone(odb) < 0 ||
        git_repository_set_odb(source->user, odb) < 0)
        return git_failed(err, "cannot open the objects of '%s'",
                          git_repository_path(source->own));
    return 0;
}

struct source *source_open_exactly(const char *directory,
                                   unsigned flags,
                                   const char *cache_directory,
                                   struct error *err)
{
    if (!path_is_absolute(cache_directory)) {
        error_set(err, ERROR_USAGE, "the cache directory must be absolute, not '%s'",
                  cache_directory);
        return NULL;
    }
    git_libgit2_init();
    allow_harmless_extensions();
    struct source *source = xcalloc(1, sizeof *source);
    source->directory = xstrdup(directory);
    source->cache_directory = xstrdup(cache_directory);
    if (open_user_repository(&source->user, directory, flags, err) < 0 ||
        private_repository_open(&source->own, source->user, cache_directory, err) < 0 ||
        divert_objects(source, err) < 0) {
        source_close(source);
        return NULL;
    }
    source->work_tree = work_tree_of(source->user);
    return source;
}

struct source *
source_open(const char *directory, const char *cache_directory, struct error *err)
{
    return source_open_exactly(directory, 0, cache_directory, err);
}

void source_close(struct source *source)
{
    if (!source)
        return;
    git_repository_free(source->user);
    git_repository_free(source->own);
    free(source->directory);
    free(source->cache_directory);
    free(source->work_tree);
    free(source);
    git_libgit2_shutdown();
}

void source_release(struct source **source)
{
    source_close(*source);
    *source = NULL;
}

const char *source_work_tree(const struct source *source)
{
    return source->work_tree;
}

bool source_is_shallow(const struct source *source)
{
    return git_repository_is_shallow(source->user) == 1;
}

/* git clone --filter marks the remote that promised to have the rest. */
bool source_is_partial(const struct source *source)
{
    AUTO_GIT_CONFIG git_config *config = NULL;
    AUTO_CONFIG_ITERATOR git_config_iterator *iterator = NULL;
    git_config_entry *entry = NULL;
    if (git_repository_config(&config, source->user) < 0 ||
        git_config_iterator_new(&iterator, config) < 0)
        return false;
    while (git_config_next(&entry, iterator) == 0) {
        if (str_starts_with(entry->name, "remote.") &&
            str_ends_with(entry->name, ".promisor"))
            return true;
    }
    return false;
}
