#include "gate/source/workspace.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"

bool workspace_holds(const char *directory)
{
    const char *actions = getenv("GITHUB_ACTIONS");
    const char *workspace = getenv("GITHUB_WORKSPACE");
    if (!actions || !str_equal(actions, "true") || !workspace || *workspace != '/')
        return false;
    AUTO_FREE char *whole = realpath(workspace, NULL);
    AUTO_FREE char *asked = realpath(directory, NULL);
    if (!whole || !asked || str_equal(whole, "/") || !str_starts_with(asked, whole))
        return false;
    char next = asked[strlen(whole)];
    return next == '\0' || next == '/';
}

bool workspace_holds_foreign(const char *directory)
{
    struct stat status;
    return stat(directory, &status) == 0 && status.st_uid != geteuid() &&
           workspace_holds(directory);
}
