#include "gate/base/path.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"

bool path_is_absolute(const char *path)
{
    return path[0] == '/';
}

char *path_join(const char *directory, const char *name)
{
    if (path_is_absolute(name) || !*directory)
        return xstrdup(name);
    return str_format(str_ends_with(directory, "/") ? "%s%s" : "%s/%s", directory, name);
}

char *path_directory(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return xstrdup(".");
    return slash == path ? xstrdup("/") : xstrndup(path, (size_t)(slash - path));
}

const char *path_base(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static bool is_usable(const char *directory)
{
    return directory && path_is_absolute(directory);
}

char *path_cache_dir(struct error *err)
{
    const char *own = getenv("PAWL_CACHE_DIR");
    const char *xdg = getenv("XDG_CACHE_HOME");
    const char *home = getenv("HOME");

    if (own && *own) {
        if (is_usable(own))
            return xstrdup(own);
        error_set(err, ERROR_USAGE, "PAWL_CACHE_DIR must be an absolute path, not '%s'",
                  own);
        return NULL;
    }
    if (is_usable(xdg))
        return path_join(xdg, "pawl");
    if (is_usable(home))
        return path_join(home, ".cache/pawl");
    error_set(err, ERROR_USAGE,
              "no place for the cache: set PAWL_CACHE_DIR, XDG_CACHE_HOME or HOME to an "
              "absolute path");
    return NULL;
}
