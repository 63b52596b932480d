#include "gate/source/top.h"

#include <string.h>

#include "gate/base/alloc.h"
#include "gate/source/git_auto.h"
#include "gate/source/open_user.h"

int source_find_top(const char *directory, char **top, struct error *err)
{
    AUTO_REPOSITORY git_repository *repository = NULL;
    git_libgit2_init();
    allow_harmless_extensions();
    int result = open_user_repository(&repository, directory, 0, err);
    const char *path = result < 0 ? NULL : git_repository_workdir(repository);
    size_t length = path ? strlen(path) : 0;
    if (result == 0)
        *top = path ? xstrndup(path, length > 1 && path[length - 1] == '/' ? length - 1
                                                                           : length)
                    : NULL;
    release_repository(&repository);
    git_libgit2_shutdown();
    return result;
}
