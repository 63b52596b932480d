#include "gate/source/history.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/source/git_auto.h"
#include "gate/source/git_error.h"
#include "gate/source/open_user.h"

/* A commit that is looked for; several may be the same. */
struct wanted {
    git_oid id;
    size_t place;
};

static int compare(const void *a, const void *b)
{
    return git_oid_cmp(&((const struct wanted *)a)->id, &((const struct wanted *)b)->id);
}

static int start_walk(git_revwalk **walk, git_repository *repository)
{
    if (git_revwalk_new(walk, repository) < 0 ||
        git_revwalk_push_glob(*walk, "refs/heads/*") < 0 ||
        git_revwalk_push_glob(*walk, "refs/remotes/*") < 0 ||
        git_revwalk_push_glob(*walk, "refs/tags/*") < 0)
        return -1;
    (void)!git_revwalk_push_head(*walk); /* there may be none yet */
    return 0;
}

static void
mark(const struct wanted *wanted, size_t count, const git_oid *id, bool *is_there)
{
    struct wanted key = { .id = *id };
    const struct wanted *found = bsearch(&key, wanted, count, sizeof key, compare);
    if (!found)
        return;
    while (found > wanted && git_oid_equal(&found[-1].id, id))
        found--;
    for (; found < wanted + count && git_oid_equal(&found->id, id); found++)
        is_there[found->place] = true;
}

static int walk_history(git_repository *repository,
                        const struct wanted *wanted,
                        size_t count,
                        bool *is_there,
                        struct error *err)
{
    git_revwalk *walk = NULL;
    git_oid id = { 0 };
    int result = start_walk(&walk, repository);
    while (result == 0 && (result = git_revwalk_next(&id, walk)) == 0)
        mark(wanted, count, &id, is_there);
    if (result != GIT_ITEROVER)
        git_failed(err, "cannot walk the history");
    git_revwalk_free(walk);
    return result == GIT_ITEROVER ? 0 : -1;
}

static int find_all(git_repository *repository,
                    const char *const *commits,
                    size_t count,
                    bool *is_there,
                    struct error *err)
{
    AUTO_FREE struct wanted *wanted = xcalloc(count + 1, sizeof *wanted);
    if (git_repository_is_shallow(repository) == 1)
        return error_set(err, ERROR_GIT,
                         "this clone is shallow and does not know which commits the "
                         "history has: run git fetch --unshallow");
    for (size_t i = 0; i < count; i++) {
        wanted[i].place = i;
        if (git_oid_fromstr(&wanted[i].id, commits[i]) < 0)
            return git_failed(err, "cannot look for the commit '%s'", commits[i]);
    }
    if (count == 0)
        return 0;
    qsort(wanted, count, sizeof *wanted, compare);
    return walk_history(repository, wanted, count, is_there, err);
}

int history_find(const char *directory,
                 const char *const *commits,
                 size_t count,
                 bool *is_there,
                 struct error *err)
{
    AUTO_REPOSITORY git_repository *repository = NULL;
    git_libgit2_init();
    allow_harmless_extensions();
    int result = open_user_repository(&repository, directory, 0, err);
    if (result == 0)
        result = find_all(repository, commits, count, is_there, err);
    release_repository(&repository);
    git_libgit2_shutdown();
    return result;
}
