#include "gate/source/open_user.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/str.h"
#include "gate/source/git_error.h"
#include "gate/source/workspace.h"

void allow_harmless_extensions(void)
{
    const char *extensions[] = { "partialclone", "worktreeconfig", "preciousobjects",
                                 "relativeworktrees" };
    size_t count = sizeof extensions / sizeof *extensions;
    git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions, count);
}

/* Not every libgit2 says EOWNER: 1.5 reports that safe.directory is not configured. */
static bool is_owned_by_another(int result)
{
    return result == GIT_EOWNER || (result < 0 && strstr(git_reason(), "safe.directory"));
}

/* safe.directory = *, which git knows and libgit2 1.5 doesn't. As in git, an empty value
 * takes back what came before. */
static bool trusts_every_directory(void)
{
    AUTO_GIT_CONFIG git_config *config = NULL;
    AUTO_CONFIG_ITERATOR git_config_iterator *iterator = NULL;
    if (git_config_open_default(&config) < 0 ||
        git_config_multivar_iterator_new(&iterator, config, "safe.directory", NULL) < 0)
        return false;
    bool is_trusted = false;
    git_config_entry *entry = NULL;
    while (git_config_next(&entry, iterator) == 0) {
        if (!entry->value || !*entry->value)
            is_trusted = false;
        else if (str_equal(entry->value, "*"))
            is_trusted = true;
    }
    return is_trusted;
}

static int open_unchecked(git_repository **out, const char *directory, unsigned flags)
{
    git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
    int result = git_repository_open_ext(out, directory, flags, NULL);
    git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 1);
    return result;
}

/* The directory that git checks: the top of the work tree, or the bare repository. */
static char *top_of(const char *directory)
{
    AUTO_GIT_BUF git_buf found = { 0 };
    if (git_repository_discover(&found, directory, 0, NULL) < 0)
        return xstrdup(directory);
    size_t length = strlen(found.ptr);
    while (length > 1 && found.ptr[length - 1] == '/')
        found.ptr[--length] = '\0';
    if (str_ends_with(found.ptr, "/.git"))
        found.ptr[length - strlen("/.git")] = '\0';
    return xstrdup(found.ptr);
}

static int say_owner(const char *top, struct error *err)
{
    return error_set(
        err, ERROR_GIT,
        "the repository at '%s' belongs to another user: if you trust it, run "
        "git config --global --add safe.directory '%s'",
        top, top);
}

static int say_why(int result, const char *directory, struct error *err)
{
    if (!file_is_directory(directory))
        return error_set(err, ERROR_GIT, "'%s' is not a directory", directory);
    if (strstr(git_reason(), "extensions.objectformat"))
        return error_set(
            err, ERROR_GIT,
            "the repository at '%s' uses SHA-256 object names, which are not "
            "supported: only SHA-1 repositories can be measured",
            directory);
    if (strstr(git_reason(), "extensions.refstorage"))
        return error_set(err, ERROR_GIT,
                         "the repository at '%s' keeps its refs in reftables, which are "
                         "not supported: run git refs migrate --ref-format=files",
                         directory);
    if (result == GIT_ENOTFOUND)
        return error_set(
            err, ERROR_GIT,
            "'%s' is not in a git repository: run this inside a clone of the "
            "project, or begin one with git init",
            directory);
    return git_failed(err, "cannot open the repository at '%s'", directory);
}

int open_user_repository(git_repository **out,
                         const char *directory,
                         unsigned flags,
                         struct error *err)
{
    int result = git_repository_open_ext(out, directory, flags, NULL);
    if (is_owned_by_another(result)) {
        AUTO_FREE char *top = top_of(directory);
        if (!trusts_every_directory() && !workspace_holds(top))
            return say_owner(top, err);
        result = open_unchecked(out, directory, flags);
    }
    return result < 0 ? say_why(result, directory, err) : 0;
}
