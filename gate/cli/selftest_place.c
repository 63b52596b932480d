/* Where the selftest does its work. */
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/log.h"
#include "gate/base/path.h"
#include "gate/base/tree.h"
#include "gate/cli/selftest.h"
#include "gate/source/made_repository.h"

static int make_directory(struct selftest_place *place, struct error *err)
{
    AUTO_FREE char *cache = path_cache_dir(err);
    if (!cache)
        return -1;
    if (!place->is_kept) {
        if (scratch_open(&place->scratch, cache, err) < 0)
            return -1;
        place->directory = xstrdup(place->scratch.directory);
        return 0;
    }
    AUTO_FREE char *prefix = path_join(cache, "selftest-");
    if (tree_make(cache, err) < 0)
        return -1;
    place->directory = tree_make_unique(prefix, err);
    return place->directory ? 0 : -1;
}

/* The checks to come are no business of the CI that the selftest runs in. */
static void forget_ci(void)
{
    static const char *const names[] = { "CI",
                                         "GITHUB_ACTIONS",
                                         "GITHUB_EVENT_NAME",
                                         "GITHUB_EVENT_PATH",
                                         "GITHUB_OUTPUT",
                                         "GITHUB_STEP_SUMMARY" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unsetenv(names[i]);
}

int selftest_place_open(struct selftest_place *place, bool is_kept, struct error *err)
{
    place->is_kept = is_kept;
    forget_ci();
    if (make_directory(place, err) < 0)
        return -1;
    place->repository = path_join(place->directory, "repository");
    place->reports = path_join(place->directory, "reports");
    place->cache = path_join(place->directory, "cache");
    if (setenv("PAWL_CACHE_DIR", place->cache, 1) < 0)
        return error_errno(err, "cannot set PAWL_CACHE_DIR");
    return 0;
}

static void remove_cache(const struct selftest_place *place)
{
    struct error err = { 0 };
    if (place->cache && tree_remove(place->cache, &err) < 0)
        log_warning("cannot remove '%s': %s", place->cache, err.message);
}

void selftest_place_clear(struct selftest_place *place)
{
    remove_cache(place);
    scratch_close(&place->scratch);
    free(place->directory);
    free(place->repository);
    free(place->reports);
    free(place->cache);
}

static int commit_base(struct made_repository *repository,
                       const struct selftest_work *work,
                       const char *cpu_margin,
                       struct error *err)
{
    AUTO_FREE char *numbers = selftest_work_text(work, "base");
    AUTO_FREE char *config = selftest_config_text(cpu_margin);
    const struct made_file files[] = {
        { "pawl.json", config },
        { "work.c", selftest_program_text },
        { "work.h", numbers },
    };
    struct made_commit commit = {
        .branch = "base",
        .message = "a program with a known amount of work\n",
        .files = files,
        .file_count = sizeof files / sizeof *files,
    };
    return made_repository_commit(repository, &commit, err);
}

static int commit_case(struct made_repository *repository,
                       const struct selftest_work *base,
                       const struct selftest_case *what,
                       struct error *err)
{
    struct selftest_work work = selftest_case_work(what, base);
    AUTO_FREE char *name = selftest_case_name(what);
    AUTO_FREE char *branch = selftest_case_branch(what);
    AUTO_FREE char *numbers = selftest_work_text(&work, name);
    const struct made_file file = { "work.h", numbers };
    struct made_commit commit = {
        .branch = branch,
        .parent = "base",
        .message = name,
        .files = &file,
        .file_count = 1,
    };
    return made_repository_commit(repository, &commit, err);
}

int selftest_commit(const struct selftest_place *place,
                    const struct selftest_work *work,
                    const char *cpu_margin,
                    struct error *err)
{
    AUTO_MADE_REPOSITORY struct made_repository *repository =
        made_repository_new(place->repository, "base", err);
    if (!repository || commit_base(repository, work, cpu_margin, err) < 0)
        return -1;
    for (size_t i = 0; i < selftest_case_count; i++) {
        if (commit_case(repository, work, &selftest_cases[i], err) < 0)
            return -1;
    }
    return 0;
}
