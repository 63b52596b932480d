#include "gate/source/tracked.h"

#include <sys/stat.h>

#include "gate/base/str.h"
#include "gate/source/git_auto.h"
#include "gate/source/git_error.h"
#include "gate/source/open_user.h"

static int list(const char *top, struct strvec *names, struct error *err)
{
    AUTO_REPOSITORY git_repository *repository = NULL;
    AUTO_INDEX git_index *index = NULL;
    if (open_user_repository(&repository, top, 0, err) < 0)
        return -1;
    if (git_repository_index(&index, repository) < 0)
        return git_failed(err, "cannot read the index of '%s'", top);
    const char *last = "";
    for (size_t i = 0; i < git_index_entrycount(index); i++) {
        const git_index_entry *entry = git_index_get_byindex(index, i);
        /* A file in conflict is there up to three times. */
        if (S_ISREG(entry->mode) && !str_equal(entry->path, last))
            strvec_push(names, entry->path);
        last = entry->path;
    }
    return 0;
}

int source_list_tracked(const char *top, struct strvec *names, struct error *err)
{
    git_libgit2_init();
    allow_harmless_extensions();
    int result = list(top, names, err);
    git_libgit2_shutdown();
    return result;
}
