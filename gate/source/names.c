#include "gate/source/names.h"

#include <string.h>

#include <git2.h>

#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "gate/source/git_auto.h"
#include "gate/source/git_error.h"
#include "gate/source/open_user.h"

static const char *short_name(const char *reference)
{
    static const char *const places[] = { "refs/heads/", "refs/tags/", "refs/remotes/" };
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        if (str_starts_with(reference, places[i]))
            return reference + strlen(places[i]);
    }
    return NULL;
}

static int list(git_repository *repository, struct strvec *out, struct error *err)
{
    git_strarray references = { 0 };
    if (git_reference_list(&references, repository) < 0)
        return git_failed(err, "cannot list the repository's branches and tags");
    strvec_push(out, "HEAD");
    for (size_t i = 0; i < references.count; i++) {
        const char *name = short_name(references.strings[i]);
        if (name)
            strvec_push(out, name);
    }
    git_strarray_dispose(&references);
    strvec_sort(out);
    return 0;
}

int source_list_names(const char *directory, struct strvec *out, struct error *err)
{
    AUTO_REPOSITORY git_repository *repository = NULL;
    git_libgit2_init();
    allow_harmless_extensions();
    int status = open_user_repository(&repository, directory, 0, err);
    if (status == 0)
        status = list(repository, out, err);
    release_repository(&repository);
    git_libgit2_shutdown();
    return status;
}
