#include "gate/source/history.h"

#include "gate/base/error.h"
#include "gate/source/git_auto.h"
#include "gate/source/git_error.h"
#include "gate/source/id_places.h"
#include "gate/source/open_user.h"

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

static void mark(const struct id_places *wanted, const git_oid *id, bool *is_there)
{
    size_t count = 0;
    const struct id_place *found = id_places_find(wanted, id, &count);
    for (size_t i = 0; i < count; i++)
        is_there[found[i].place] = true;
}

static int walk_history(git_repository *repository,
                        const struct id_places *wanted,
                        bool *is_there,
                        struct error *err)
{
    AUTO_WALK git_revwalk *walk = NULL;
    git_oid id = { 0 };
    int result = start_walk(&walk, repository);
    while (result == 0 && (result = git_revwalk_next(&id, walk)) == 0)
        mark(wanted, &id, is_there);
    return result == GIT_ITEROVER ? 0 : git_failed(err, "cannot walk the history");
}

static int find_all(git_repository *repository,
                    const char *const *commits,
                    size_t count,
                    bool *is_there,
                    struct error *err)
{
    AUTO_ID_PLACES struct id_places wanted = { 0 };
    if (git_repository_is_shallow(repository) == 1)
        return error_set(err, ERROR_GIT,
                         "this clone is shallow and does not know which commits the "
                         "history has: run git fetch --unshallow");
    for (size_t i = 0; i < count; i++) {
        if (!id_places_add(&wanted, commits[i], i))
            return git_failed(err, "cannot look for the commit '%s'", commits[i]);
    }
    if (count == 0)
        return 0;
    id_places_sort(&wanted);
    return walk_history(repository, &wanted, is_there, err);
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
