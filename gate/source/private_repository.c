#include "gate/source/private_repository.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "gate/base/tree.h"
#include "gate/source/alternates.h"
#include "gate/source/cache_lock.h"
#include "gate/source/git_error.h"
#include "gate/source/hash.h"

/* Checkouts depend on the commit alone, whatever the user's global config says; and git
 * commands in a build start no maintenance and no hooks here. */
static const struct {
    const char *key;
    const char *value;
} settings[] = {
    { "core.autocrlf", "false" },         { "core.eol", "lf" },
    { "core.safecrlf", "false" },         { "core.attributesFile", "/dev/null" },
    { "core.hooksPath", "/dev/null" },    { "core.fsmonitor", "false" },
    { "core.logAllRefUpdates", "false" }, { "gc.auto", "0" },
    { "maintenance.auto", "false" },
};

static char *name_of(git_repository *user, const char *cache_directory)
{
    const char *common = git_repository_commondir(user);
    char id[SOURCE_ID_SIZE];
    source_hash_text(common, strlen(common), id);
    AUTO_FREE char *directory = cache_git_directory(cache_directory);
    AUTO_FREE char *base = str_format("%s.git", id);
    return path_join(directory, base);
}

static int configure(git_repository *made, struct error *err)
{
    AUTO_GIT_CONFIG git_config *config = NULL;
    if (git_repository_config(&config, made) < 0)
        return git_failed(err, "cannot configure '%s'", git_repository_path(made));
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        if (git_config_set_string(config, settings[i].key, settings[i].value) < 0)
            return git_failed(err, "cannot configure '%s'", git_repository_path(made));
    }
    return 0;
}

static int describe(const char *path, git_repository *user, struct error *err)
{
    AUTO_FREE char *file = path_join(path, "description");
    AUTO_FREE char *text =
        str_format("worktrees and snapshots of %s\n", git_repository_commondir(user));
    return file_write(file, text, strlen(text), err);
}

/* Made under another name and renamed, so that a killed process leaves nothing half-made
 * under the final one. */
static int create(const char *path, git_repository *user, struct error *err)
{
    AUTO_FREE char *draft = str_format("%s.tmp", path);
    AUTO_REPOSITORY git_repository *made = NULL;
    git_repository_init_options options = {
        .version = GIT_REPOSITORY_INIT_OPTIONS_VERSION,
        .flags = GIT_REPOSITORY_INIT_BARE | GIT_REPOSITORY_INIT_MKPATH |
                 GIT_REPOSITORY_INIT_NO_REINIT,
        .initial_head = "none",
    };
    if (tree_remove(draft, err) < 0)
        return -1;
    if (git_repository_init_ext(&made, draft, &options) < 0)
        return git_failed(err, "cannot make the repository '%s'", path);
    if (configure(made, err) < 0 || describe(draft, user, err) < 0)
        return -1;
    if (rename(draft, path) < 0)
        return error_errno(err, "cannot rename '%s'", draft);
    return 0;
}

static int write_if_changed(const char *directory,
                            const char *name,
                            const struct str *text,
                            struct error *err)
{
    AUTO_FREE char *path = path_join(directory, name);
    AUTO_STR struct str before = STR_INIT;
    if (file_exists(path) && file_read(path, &before, err) < 0)
        return -1;
    if (before.length == text->length &&
        memcmp(before.data, text->data, text->length) == 0)
        return 0;
    return file_write(path, text->data, text->length, err);
}

static int refresh_alternates(const char *path, git_repository *user, struct error *err)
{
    AUTO_FREE char *objects = path_join(git_repository_commondir(user), "objects");
    AUTO_STRVEC struct strvec stores = { 0 };
    AUTO_STR struct str text = STR_INIT;
    if (alternates_collect(objects, &stores, err) < 0)
        return -1;
    for (size_t i = 0; i < stores.count; i++)
        str_addf(&text, "%s\n", stores.items[i]);
    return write_if_changed(path, "objects/info/alternates", &text, err);
}

/* libgit2 1.5 doesn't look at it, but git commands in a worktree would call the missing
 * parents an error. An empty file is no shallow history. */
static int refresh_shallow(const char *path, git_repository *user, struct error *err)
{
    AUTO_FREE char *theirs = path_join(git_repository_commondir(user), "shallow");
    AUTO_STR struct str text = STR_INIT;
    if (file_exists(theirs) && file_read(theirs, &text, err) < 0)
        return -1;
    return write_if_changed(path, "shallow", &text, err);
}

static int list_tags(git_repository *user, struct strvec *lines, struct error *err)
{
    AUTO_REFERENCE_ITERATOR git_reference_iterator *iterator = NULL;
    if (git_reference_iterator_glob_new(&iterator, user, "refs/tags/*") < 0)
        return git_failed(err, "cannot list the tags");
    for (;;) {
        AUTO_REFERENCE git_reference *tag = NULL;
        int result = git_reference_next(&tag, iterator);
        if (result == GIT_ITEROVER)
            return 0;
        if (result < 0)
            return git_failed(err, "cannot list the tags");
        const git_oid *target = git_reference_target(tag);
        if (target)
            strvec_pushf(lines, "%s %s", git_oid_tostr_s(target),
                         git_reference_name(tag));
    }
}

static int refresh_tags(const char *path, git_repository *user, struct error *err)
{
    AUTO_STRVEC struct strvec lines = { 0 };
    AUTO_STR struct str text = STR_INIT;
    if (list_tags(user, &lines, err) < 0)
        return -1;
    strvec_sort(&lines);
    for (size_t i = 0; i < lines.count; i++)
        str_addf(&text, "%s\n", lines.items[i]);
    return write_if_changed(path, "packed-refs", &text, err);
}

static int refresh(const char *path, git_repository *user, struct error *err)
{
    if (refresh_alternates(path, user, err) < 0 || refresh_shallow(path, user, err) < 0)
        return -1;
    return refresh_tags(path, user, err);
}

int private_repository_refresh(git_repository *own,
                               git_repository *user,
                               const char *cache_directory,
                               struct error *err)
{
    AUTO_FD int lock = cache_lock(cache_directory, err);
    return lock < 0 ? -1 : refresh(git_repository_path(own), user, err);
}

int private_repository_open(git_repository **out,
                            git_repository *user,
                            const char *cache_directory,
                            struct error *err)
{
    AUTO_FREE char *path = name_of(user, cache_directory);
    AUTO_FD int lock = cache_lock(cache_directory, err);
    if (lock < 0)
        return -1;
    if (!file_is_directory(path) && create(path, user, err) < 0)
        return -1;
    if (refresh(path, user, err) < 0)
        return -1;
    if (git_repository_open_bare(out, path) < 0)
        return git_failed(err, "cannot open '%s' (it can be deleted: it is made again)",
                          path);
    return 0;
}
