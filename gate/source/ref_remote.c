#include "gate/source/ref_remote.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/random.h"
#include "gate/base/str.h"
#include "gate/source/git_error.h"
#include "gate/source/git_program.h"
#include "gate/source/plain_text.h"
#include "gate/source/ref_internal.h"

#define INCOMING "refs/pawl/incoming/"

/* The remotes' names. libgit2's own list is found by regular expressions, which leak with
 * Debian's library for them. */
static int list_remotes(git_repository *repository, struct strvec *out, struct error *err)
{
    AUTO_GIT_CONFIG git_config *config = NULL;
    AUTO_CONFIG_ITERATOR git_config_iterator *iterator = NULL;
    git_config_entry *entry = NULL;
    if (git_repository_config(&config, repository) < 0 ||
        git_config_iterator_new(&iterator, config) < 0)
        return git_failed(err, "cannot read git's configuration");
    while (git_config_next(&entry, iterator) == 0) {
        if (!str_starts_with(entry->name, "remote.") ||
            !str_ends_with(entry->name, ".url"))
            continue;
        const char *name = entry->name + strlen("remote.");
        size_t length = strlen(name);
        if (length > strlen(".url"))
            strvec_push_owned(out, xstrndup(name, length - strlen(".url")));
    }
    return 0;
}

static bool is_among(const struct strvec *remotes, const char *name)
{
    for (size_t i = 0; i < remotes->count; i++) {
        if (str_equal(remotes->items[i], name))
            return true;
    }
    return false;
}

static char *find_default(const struct strvec *remotes, struct error *err)
{
    if (is_among(remotes, "origin"))
        return xstrdup("origin");
    if (remotes->count == 1)
        return xstrdup(remotes->items[0]);
    error_set(err, ERROR_USAGE,
              "no remote 'origin' here: name a remote, a URL or a directory");
    return NULL;
}

char *remote_default(git_repository *repository, struct error *err)
{
    AUTO_STRVEC struct strvec remotes = { 0 };
    if (list_remotes(repository, &remotes, err) < 0)
        return NULL;
    return find_default(&remotes, err);
}

char *remote_find(struct ref_files *files, const char *name, struct error *err)
{
    AUTO_STRVEC struct strvec remotes = { 0 };
    if (list_remotes(files->repository, &remotes, err) < 0)
        return NULL;
    if (!name)
        return find_default(&remotes, err);
    if (is_among(&remotes, name))
        return xstrdup(name);
    if (file_is_directory(name))
        return realpath(name, NULL);
    if (strpbrk(name, ":/"))
        return xstrdup(name);
    error_set(err, ERROR_USAGE,
              "no remote '%s' here, and no directory of that name: git remote -v lists "
              "the remotes",
              name);
    return NULL;
}

static int say_git_failed(const struct git_run *run,
                          struct error *err,
                          const char *what,
                          const char *remote)
{
    AUTO_FREE char *words = git_run_words(run);
    return error_set(err, ERROR_SYSTEM, "cannot %s '%s': %s", what, remote, words);
}

/* In git's words, of every version since 2.5 (LC_ALL=C). */
static bool has_no_such_ref(const struct git_run *run)
{
    return strstr(run->err.data, "find remote ref") != NULL;
}

/* Each fetch writes a ref of its own: FETCH_HEAD is the user's, and one name for all
 * would be locked by another's. */
static char *name_incoming(struct error *err)
{
    uint64_t drawn = 0;
    if (random_seed(&drawn, err) < 0)
        return NULL;
    return str_format(INCOMING "%012llx", (unsigned long long)drawn);
}

static int run_fetch(struct ref_files *files,
                     const char *remote,
                     const char *to,
                     struct git_run *run,
                     struct error *err)
{
    AUTO_STRVEC struct strvec arguments = { 0 };
    strvec_push(&arguments, "fetch");
    strvec_push(&arguments, "--quiet");
    strvec_push(&arguments, "--no-tags");
    strvec_push(&arguments, "--no-prune");
    strvec_push(&arguments, "--no-recurse-submodules");
    strvec_push(&arguments, "--no-write-fetch-head");
    strvec_push(&arguments, "--");
    strvec_push(&arguments, remote);
    strvec_pushf(&arguments, "%s:%s", files->ref, to);
    return git_program_run(files->top, &arguments, run, err);
}

int remote_fetch(struct ref_files *files,
                 const char *remote,
                 git_oid *out,
                 bool *is_there,
                 struct error *err)
{
    AUTO_GIT_RUN struct git_run run = GIT_RUN_INIT;
    AUTO_FREE char *incoming = name_incoming(err);
    *is_there = false;
    if (!incoming || run_fetch(files, remote, incoming, &run, err) < 0)
        return -1;
    if (run.exit_code != 0)
        return has_no_such_ref(&run) ? 0
                                     : say_git_failed(&run, err, "fetch from", remote);
    if (git_reference_name_to_id(out, files->repository, incoming) < 0)
        return git_failed(err, "cannot read what was fetched from '%s'", remote);
    *is_there = true;
    (void)!git_reference_remove(files->repository, incoming);
    return 0;
}

void remote_forget_left_behind(struct ref_files *files)
{
    AUTO_REFERENCE_ITERATOR git_reference_iterator *left = NULL;
    AUTO_STRVEC struct strvec names = { 0 };
    const char *name = NULL;
    if (git_reference_iterator_glob_new(&left, files->repository, INCOMING "*") < 0)
        return;
    while (git_reference_next_name(&name, left) == 0)
        strvec_push(&names, name);
    for (size_t i = 0; i < names.count; i++)
        (void)!git_reference_remove(files->repository, names.items[i]);
}

/* "<flag>\t<from>:<to>\t<summary>" (git push --porcelain). */
struct push_line {
    char flag;           /* 0: there is no such line */
    const char *summary; /* to the end of the text; "" where there is no line */
};

static struct push_line find_push_line(const char *out)
{
    const char *line = out;
    while (*line) {
        size_t length = strcspn(line, "\n");
        const char *second =
            length > 2 && line[1] == '\t' ? strchr(line + 2, '\t') : NULL;
        if (second && second < line + length)
            return (struct push_line){ *line, second + 1 };
        line += length + (line[length] == '\n');
    }
    return (struct push_line){ 0, "" };
}

/* Refusals that pass by: by this git, which sees commits that it does not have, or by the
 * remote's, where two pushes met. Its other reasons (a hook, rights) do not pass. */
static bool is_overtaken(const char *summary)
{
    static const char *const reasons[] = {
        "fetch first", "non-fast-forward", "failed to update ref", "incorrect old value",
        "lock",        "stale info"
    };
    AUTO_FREE char *line = xstrndup(summary, strcspn(summary, "\n"));
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        if (strstr(line, reasons[i]))
            return true;
    }
    return false;
}

/* git's own hooks are for the project's branches, its settings about tags and submodules
 * as well. */
static int run_push(struct ref_files *files,
                    const char *remote,
                    const git_oid *commit,
                    struct git_run *run,
                    struct error *err)
{
    AUTO_STRVEC struct strvec arguments = { 0 };
    char id[GIT_OID_HEXSZ + 1];
    git_oid_tostr(id, sizeof id, commit);
    strvec_push(&arguments, "-c");
    strvec_push(&arguments, "core.abbrev=40");
    strvec_push(&arguments, "push");
    strvec_push(&arguments, "--porcelain");
    strvec_push(&arguments, "--no-verify");
    strvec_push(&arguments, "--no-follow-tags");
    strvec_push(&arguments, "--recurse-submodules=no");
    strvec_push(&arguments, "--");
    strvec_push(&arguments, remote);
    strvec_pushf(&arguments, "%s:%s", id, files->ref);
    return git_program_run(files->top, &arguments, run, err);
}

static int say_refused(const struct git_run *run,
                       const struct push_line *line,
                       const char *remote,
                       struct error *err)
{
    if (line->flag != '!')
        return say_git_failed(run, err, "push to", remote);
    AUTO_FREE char *words = git_run_words(run);
    AUTO_FREE char *reason = xstrndup(line->summary, strcspn(line->summary, "\n"));
    return error_set(err, ERROR_SYSTEM, "'%s' does not take the push: %s: %s", remote,
                     reason, words);
}

/* git's line about the ref, and what the remote said of it. */
static void describe_overtaking(const struct git_run *run,
                                const struct push_line *line,
                                struct push_answer *out)
{
    AUTO_FREE char *words = git_run_words(run);
    AUTO_STR struct str reason = STR_INIT;
    str_add_bytes(&reason, line->summary, strcspn(line->summary, "\n"));
    str_addf(&reason, "; %s", words);
    plain_text_copy(out->reason, sizeof out->reason, reason.data);
}

int remote_push(struct ref_files *files,
                const char *remote,
                const git_oid *commit,
                struct push_answer *out,
                struct error *err)
{
    AUTO_GIT_RUN struct git_run run = GIT_RUN_INIT;
    if (run_push(files, remote, commit, &run, err) < 0)
        return -1;
    struct push_line line = find_push_line(run.out.data);
    if (line.flag == '!' && is_overtaken(line.summary)) {
        out->end = PUSH_OVERTAKEN;
        describe_overtaking(&run, &line, out);
        return 0;
    }
    if (run.exit_code != 0 || !line.flag)
        return say_refused(&run, &line, remote, err);
    out->end = line.flag == '*'   ? PUSH_NEW
               : line.flag == '=' ? PUSH_UP_TO_DATE
                                  : PUSH_DONE;
    if (out->end == PUSH_DONE &&
        git_oid_fromstrn(&out->before, line.summary, GIT_OID_HEXSZ) < 0)
        return git_failed(err, "cannot read what git said of the push to '%s'", remote);
    return 0;
}
