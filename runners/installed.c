#include "runners/installed.h"

#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/path.h"
#include "gate/base/str.h"

/* The directory of the running executable, the caller's. */
static char *own_directory(void)
{
    const char *spawner = getenv("PAWL_SPAWNER");
    if (spawner)
        return path_directory(spawner);
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    if (length < 0)
        return xstrdup(".");
    path[length] = '\0';
    return path_directory(path);
}

char *installed_find(const char *name, int mode, struct error *err)
{
    AUTO_FREE char *directory = own_directory();
    char *beside = path_join(directory, name);
    if (access(beside, mode) == 0)
        return beside;
    free(beside);
    char *installed = str_format("%s/../libexec/pawl/%s", directory, name);
    if (access(installed, mode) == 0)
        return installed;
    free(installed);
    error_set(
        err, ERROR_SYSTEM,
        "cannot find '%s' in '%s' or '%s/../libexec/pawl'; is pawl installed whole?",
        name, directory, directory);
    return NULL;
}
