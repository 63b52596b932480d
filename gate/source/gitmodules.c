/* git_submodule_lookup is not used: libgit2 1.5 takes a submodule's path for its name
 * wherever the two differ. */

#include "gate/source/gitmodules.h"

#include <string.h>
#include <sys/stat.h>

#include "gate/base/alloc.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/source/git_error.h"

int gitmodules_open(git_config **out, const char *work_tree, struct error *err)
{
    AUTO_FREE char *path = path_join(work_tree, ".gitmodules");
    struct stat info;
    *out = NULL;
    if (lstat(path, &info) < 0 || !S_ISREG(info.st_mode))
        return 0;
    if (git_config_open_ondisk(out, path) < 0)
        return git_failed(err, "cannot read '.gitmodules'");
    return 0;
}

/* A name is a path below .git/modules, and comes from the commit: it must not lead out of
 * there. */
static bool stays_below(const char *name)
{
    AUTO_FREE char *copy = xstrdup(name);
    char *rest = copy;
    if (!*name || *name == '/')
        return false;
    for (char *part = strsep(&rest, "/"); part; part = strsep(&rest, "/")) {
        if (str_equal(part, ".."))
            return false;
    }
    return true;
}

/* "submodule.<name>.path"; a name may hold dots. */
static bool is_path_key(const char *key)
{
    return str_starts_with(key, "submodule.") && str_ends_with(key, ".path") &&
           strlen(key) > strlen("submodule..path");
}

static char *name_in_key(const char *key)
{
    const char *start = key + strlen("submodule.");
    return xstrndup(start, strlen(start) - strlen(".path"));
}

char *gitmodules_find_name(git_config *modules, const char *path)
{
    AUTO_CONFIG_ITERATOR git_config_iterator *iterator = NULL;
    git_config_entry *entry = NULL;
    if (git_config_iterator_new(&iterator, modules) < 0)
        return NULL;
    while (git_config_next(&entry, iterator) == 0) {
        if (!is_path_key(entry->name) || !entry->value || !str_equal(entry->value, path))
            continue;
        AUTO_FREE char *name = name_in_key(entry->name);
        return stays_below(name) ? xstrdup(name) : NULL;
    }
    return NULL;
}

bool gitmodules_switches_off(git_config *config, const char *name)
{
    AUTO_GIT_BUF git_buf value = { 0 };
    AUTO_FREE char *key = str_format("submodule.%s.update", name);
    return git_config_get_string_buf(&value, config, key) == 0 &&
           str_equal(value.ptr, "none");
}
