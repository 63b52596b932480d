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

static int say_missing(struct error *err, const struct source *source, const char *what)
{
    /* Reading the config changes libgit2's last error. */
    AUTO_FREE char *reason = xstrdup(git_reason());
    if (source_is_partial(source))
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
