#include "gate/source/git_error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <git2.h>

#include "gate/base/error.h"

const char *git_reason(void)
{
    const git_error *last = git_error_last();
    return last && last->message && *last->message ? last->message : "unknown reason";
}

static enum error_code code_of(const char *reason)
{
    bool is_full = strstr(reason, strerror(ENOSPC)) || strstr(reason, strerror(EDQUOT));
    return is_full ? ERROR_SYSTEM : ERROR_GIT;
}

int git_failed(struct error *err, const char *format, ...)
{
    char what[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    const char *reason = git_reason();
    return error_set(err, code_of(reason), "%s: %s", what, reason);
}

bool git_object_is_missing(int result)
{
    /* While it walks history libgit2 turns ENOTFOUND into a plain -1: the class of the
     * error tells. */
    const git_error *last = git_error_last();
    return result < 0 && last && last->klass == GIT_ERROR_ODB &&
           strstr(last->message, "not found");
}
