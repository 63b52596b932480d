#include "gate/source/unknown_revision.h"

#include <stdbool.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "gate/source/git_error.h"
#include "gate/source/internal.h"
#include "gate/source/missing_object.h"
#include "gate/source/source.h"

/* Branches and tags, as people write them. */
static void list_names(git_repository *user, struct strvec *names)
{
    AUTO_REFERENCE_ITERATOR git_reference_iterator *iterator = NULL;
    if (git_reference_iterator_new(&iterator, user) < 0)
        return;
    for (;;) {
        AUTO_REFERENCE git_reference *reference = NULL;
        if (git_reference_next(&reference, iterator) < 0)
            return;
        strvec_push(names, git_reference_shorthand(reference));
    }
}

/* 'main' is meant to be 'origin/main' where there is no local one. */
static const char *same_name_on_a_remote(const struct strvec *names, const char *name)
{
    AUTO_FREE char *ending = str_format("/%s", name);
    for (size_t i = 0; i < names->count; i++) {
        if (str_ends_with(names->items[i], ending))
            return names->items[i];
    }
    return NULL;
}

static const char *nearest_name(const struct strvec *names, const char *name)
{
    const char *found = same_name_on_a_remote(names, name);
    if (found || !names->count)
        return found;
    return str_nearest(name, (const char *const *)names->items, names->count);
}

/* "main~9" begins with "main": where that much resolves, the rest is what fails. */
static bool has_known_beginning(git_repository *user, const char *beginning)
{
    AUTO_OBJECT git_object *object = NULL;
    return *beginning && git_revparse_single(&object, user, beginning) == 0;
}

static int say_with_candidates(struct error *err,
                               struct source *source,
                               const char *name,
                               const char *beginning)
{
    AUTO_STRVEC struct strvec names = { 0 };
    list_names(source->user, &names);
    const char *near = nearest_name(&names, beginning);
    if (near)
        return error_set(err, ERROR_GIT, "unknown revision '%s': did you mean '%s%s'?",
                         name, near, name + strlen(beginning));
    if (source_is_shallow(source))
        return error_set(err, ERROR_GIT,
                         "unknown revision '%s': this clone is shallow and may lack it: "
                         "run git fetch --unshallow, or git fetch origin with its name",
                         name);
    return error_set(err, ERROR_GIT,
                     "unknown revision '%s': git branch -a and git tag list what there "
                     "is, git fetch gets what is new",
                     name);
}

int say_unknown_revision(struct error *err,
                         struct source *source,
                         int result,
                         const char *name)
{
    if (result == GIT_EAMBIGUOUS)
        return error_set(err, ERROR_GIT,
                         "'%s' is the beginning of several ids: give more digits", name);
    if (result == GIT_EINVALIDSPEC)
        return error_set(
            err, ERROR_GIT,
            "'%s' is not the name of one commit: give a branch, a tag, an id "
            "or such as 'HEAD~1'",
            name);
    /* The reason is libgit2's last one: ask before more calls change it. */
    bool is_missing = git_object_is_missing(result);
    AUTO_FREE char *beginning = xstrndup(name, strcspn(name, "~^@:"));
    if (is_missing && source_is_shallow(source))
        return say_shallow(err, "cannot find '%s'", name);
    if (is_missing)
        return say_missing_or_failed(err, source, result, "cannot find '%s'", name);
    if (!str_equal(beginning, name) && has_known_beginning(source->user, beginning))
        return error_set(err, ERROR_GIT,
                         "unknown revision '%s': there is a '%s', but no '%s' of it",
                         name, beginning, name + strlen(beginning));
    return say_with_candidates(err, source, name, beginning);
}
