/* git fetch with ids in place of names writes no ref, and --refmap= keeps it from moving
 * the remote's branches beside that. Servers hand a commit out by its id when it can be
 * reached from a ref; GitHub's also when it no longer can. */
#include "gate/source/late_fetch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/log.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "gate/source/base_rule.h"
#include "gate/source/git_error.h"
#include "gate/source/git_program.h"
#include "gate/source/internal.h"
#include "gate/source/private_repository.h"
#include "gate/source/ref_remote.h"
#include "gate/source/shallow_merge_base.h"
#include "gate/source/source.h"

/* Where git runs: the work tree, or the bare repository. */
static const char *top_of(const struct source *source)
{
    return source->work_tree ? source->work_tree : git_repository_path(source->user);
}

static int say_git_failed(const struct git_run *run, const char *what, struct error *err)
{
    AUTO_FREE char *words = git_run_words(run);
    return error_set(err, ERROR_GIT, "cannot fetch %s: %s", what, words);
}

struct request {
    const char *depth; /* "--depth=1"; NULL: what is behind the commits, too */
    const char *const *ids;
    size_t count;
    bool is_of_files; /* that must not come as differences to files that are missing,
                       * too: git does not tell the remote what it has */
};

static void fill_arguments(const struct request *request,
                           const char *remote,
                           struct strvec *arguments)
{
    static const char *const options[] = {
        "fetch",        "--quiet",
        "--no-tags",    "--no-prune",
        "--refmap=",    "--no-recurse-submodules",
        "--no-auto-gc", "--no-write-fetch-head",
    };
    if (request->is_of_files) {
        strvec_push(arguments, "-c");
        strvec_push(arguments, "fetch.negotiationAlgorithm=noop");
    }
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        strvec_push(arguments, options[i]);
    if (request->depth)
        strvec_push(arguments, request->depth);
    strvec_push(arguments, "--");
    strvec_push(arguments, remote);
    for (size_t i = 0; i < request->count; i++)
        strvec_push(arguments, request->ids[i]);
}

/* However git ends is a result. */
static int fetch(struct source *source,
                 const struct request *request,
                 struct git_run *run,
                 struct error *err)
{
    AUTO_STRVEC struct strvec arguments = { 0 };
    AUTO_FREE char *remote = remote_default(source->user, err);
    if (!remote)
        return -1;
    fill_arguments(request, remote, &arguments);
    if (git_program_run(top_of(source), &arguments, run, err) < 0)
        return -1;
    return private_repository_refresh(source->own, source->user, source->cache_directory,
                                      err);
}

bool source_has_commit(const struct source *source, const char *id)
{
    git_oid oid = { 0 };
    AUTO_COMMIT git_commit *commit = NULL;
    return git_oid_fromstr(&oid, id) == 0 &&
           git_commit_lookup(&commit, source->own, &oid) == 0;
}

int source_parent_ids(struct source *source,
                      const struct revision *of,
                      struct strvec *out,
                      struct error *err)
{
    AUTO_COMMIT git_commit *commit = NULL;
    if (commit_from_id(&commit, source, of->commit, err) < 0)
        return -1;
    for (unsigned i = 0; i < git_commit_parentcount(commit); i++)
        strvec_push(out, git_oid_tostr_s(git_commit_parent_id(commit, i)));
    return 0;
}

/* By the remote's own words (git's upload-pack, which GitHub runs too), or by this git's
 * where the remote tells no more than its refs. */
static bool is_not_there(const struct git_run *run)
{
    return strstr(run->err.data, "not our ref") ||
           strstr(run->err.data, "unadvertised object");
}

int source_fetch_commit(struct source *source,
                        const char *id,
                        bool *is_there,
                        struct error *err)
{
    AUTO_GIT_RUN struct git_run run = GIT_RUN_INIT;
    AUTO_FREE char *what = str_format("commit %.10s", id);
    const struct request request = {
        .depth = source_is_shallow(source) ? "--depth=1" : NULL,
        .ids = &id,
        .count = 1,
    };
    log_step("commit %.10s is not in this clone: fetching it", id);
    if (fetch(source, &request, &run, err) < 0)
        return -1;
    if (run.exit_code != 0 && !is_not_there(&run))
        return say_git_failed(&run, what, err);
    *is_there = run.exit_code == 0 && source_has_commit(source, id);
    return 0;
}

/* "<id>\t<ref>\n" a ref. False where ref is not among them. */
static bool find_ref(const char *text, const char *ref, char id[SOURCE_ID_SIZE])
{
    size_t length = strlen(ref);
    for (const char *line = text; *line; line += strspn(line, "\n")) {
        const char *tab = strchr(line, '\t');
        if (!tab || tab - line != SOURCE_ID_SIZE - 1)
            return false;
        if (strncmp(tab + 1, ref, length) == 0 && tab[1 + length] == '\n') {
            snprintf(id, SOURCE_ID_SIZE, "%s", line);
            return true;
        }
        line += strcspn(line, "\n");
    }
    return false;
}

int source_ask_remote(struct source *source,
                      const char *name,
                      char id[SOURCE_ID_SIZE],
                      bool *is_there,
                      struct error *err)
{
    AUTO_GIT_RUN struct git_run run = GIT_RUN_INIT;
    AUTO_STRVEC struct strvec arguments = { 0 };
    AUTO_FREE char *branch = str_format("refs/heads/%s", name);
    AUTO_FREE char *tag = str_format("refs/tags/%s", name);
    AUTO_FREE char *tagged = str_format("%s^{}", tag); /* of a tag that is an object */
    AUTO_FREE char *remote = remote_default(source->user, err);
    if (!remote)
        return -1;
    strvec_push(&arguments, "ls-remote");
    strvec_push(&arguments, "--");
    strvec_push(&arguments, remote);
    strvec_push(&arguments, branch);
    strvec_push(&arguments, tag);
    strvec_push(&arguments, tagged);
    if (git_program_run(top_of(source), &arguments, &run, err) < 0)
        return -1;
    if (run.exit_code != 0)
        return say_git_failed(&run, name, err);
    *is_there = find_ref(run.out.data, branch, id) ||
                find_ref(run.out.data, tagged, id) || find_ref(run.out.data, tag, id);
    return 0;
}

/* Without a message about what is not there. */
static bool find_merge_base(struct source *source, const char *const ids[2], git_oid *out)
{
    git_oid a = { 0 };
    git_oid b = { 0 };
    return git_oid_fromstr(&a, ids[0]) == 0 && git_oid_fromstr(&b, ids[1]) == 0 &&
           shallow_merge_base(out, source->own, &a, &b);
}

static int deepen(struct source *source,
                  const char *const ids[2],
                  const char *depth,
                  struct error *err)
{
    AUTO_GIT_RUN struct git_run run = GIT_RUN_INIT;
    const struct request request = { .depth = depth, .ids = ids, .count = 2 };
    log_step("the history here is too short for a merge base: fetching more (%s)",
             depth + strlen("--"));
    if (fetch(source, &request, &run, err) < 0)
        return -1;
    return run.exit_code == 0 ? 0 : say_git_failed(&run, "more of the history", err);
}

int source_fetch_merge_base(struct source *source,
                            const struct revision *a,
                            const struct revision *b,
                            struct revision *out,
                            struct error *err)
{
    static const char *const depths[] = { "--depth=50", "--depth=200", "--depth=1000",
                                          "--unshallow" };
    const char *const ids[2] = { a->commit, b->commit };
    git_oid base = { 0 };
    for (size_t i = 0; i < sizeof depths / sizeof *depths; i++) {
        if (!source_is_shallow(source) || find_merge_base(source, ids, &base))
            break;
        if (deepen(source, ids, depths[i], err) < 0)
            return -1;
    }
    return source_merge_base(source, a, b, out, err);
}

/* Objects to name in one command line. */
#define MOST_NAMES 1000

/* The ids of what is missing of the commit's tree, each behind a '?'. */
static int list_missing(struct source *source,
                        const char *commit,
                        struct strvec *out,
                        struct error *err)
{
    AUTO_GIT_RUN struct git_run run = GIT_RUN_INIT;
    AUTO_STRVEC struct strvec arguments = { 0 };
    strvec_push(&arguments, "rev-list");
    strvec_push(&arguments, "--objects");
    strvec_push(&arguments, "--no-walk");
    strvec_push(&arguments, "--missing=print");
    strvec_push(&arguments, commit);
    if (git_program_run(top_of(source), &arguments, &run, err) < 0)
        return -1;
    if (run.exit_code != 0)
        return say_git_failed(&run, "what this partial clone left out", err);
    for (const char *line = run.out.data; *line; line += strspn(line, "\n")) {
        size_t length = strcspn(line, "\n");
        if (*line == '?' && length == SOURCE_ID_SIZE)
            strvec_push_owned(out, xstrndup(line + 1, length - 1));
        line += length;
    }
    return 0;
}

static int
fetch_objects(struct source *source, const struct strvec *ids, struct error *err)
{
    for (size_t first = 0; first < ids->count; first += MOST_NAMES) {
        AUTO_GIT_RUN struct git_run run = GIT_RUN_INIT;
        size_t left = ids->count - first;
        const struct request request = {
            .ids = (const char *const *)ids->items + first,
            .count = left < MOST_NAMES ? left : MOST_NAMES,
            .is_of_files = true,
        };
        if (fetch(source, &request, &run, err) < 0)
            return -1;
        if (run.exit_code != 0)
            return say_git_failed(&run, "files that this partial clone left out", err);
    }
    return 0;
}

/* What is missing below a missing directory is only known once that is there. */
int source_fetch_files(struct source *source, const char *commit, struct error *err)
{
    AUTO_FREE char *first_before = NULL;
    if (!source_is_partial(source))
        return 0;
    for (;;) {
        AUTO_STRVEC struct strvec missing = { 0 };
        if (list_missing(source, commit, &missing, err) < 0)
            return -1;
        if (!missing.count)
            return 0;
        if (first_before && str_equal(first_before, missing.items[0]))
            return error_set(err, ERROR_GIT,
                             "origin does not give object %s, which this "
                             "partial clone left out",
                             missing.items[0]);
        free(first_before);
        first_before = xstrdup(missing.items[0]);
        log_step("%zu files of %.10s are not in this partial clone: fetching them",
                 missing.count, commit);
        if (fetch_objects(source, &missing, err) < 0)
            return -1;
    }
}
