#include "gate/source/missing_object.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/source/git_error.h"
#include "gate/source/internal.h"
#include "gate/source/source.h"

int say_shallow(struct error *err, const char *format, ...)
{
    char what[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    return error_set(
        err, ERROR_GIT,
        "%s: this clone is shallow and its history ends too early: run "
        "git fetch --deepen=100 or git fetch --unshallow (in a workflow, give "
        "actions/checkout fetch-depth: 0)",
        what);
}

/* git clone --filter marks the remote that promised to have the rest. */
static bool is_partial_clone(const struct source *source)
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

static int say_missing(struct error *err, const struct source *source, const char *what)
{
    /* Reading the config changes libgit2's last error. */
    AUTO_FREE char *reason = xstrdup(git_reason());
    if (is_partial_clone(source))
        return error_set(err, ERROR_GIT,
                         "%s: %s: this is a partial clone that left objects out: run "
                         "git fetch --refetch --no-filter, or clone without --filter",
                         what, reason);
    if (source_is_shallow(source))
        return say_shallow(err, "%s", what);
    return error_set(err, ERROR_GIT,
                     "%s: %s: the repository is incomplete: run git fsck to see what is "
                     "missing, or clone again",
                     what, reason);
}

int say_missing_or_failed(
    struct error *err, const struct source *source, int result, const char *format, ...)
{
    char what[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    if (git_object_is_missing(result))
        return say_missing(err, source, what);
    return git_failed(err, "%s", what);
}
