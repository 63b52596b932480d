/* libgit2 takes relative names in objects/info/alternates for the first repository only,
 * and the private repository comes first. So the whole chain is written out for it. */

#include "gate/source/alternates.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"

static bool holds(const struct strvec *directories, const char *name)
{
    for (size_t i = 0; i < directories->count; i++) {
        if (str_equal(directories->items[i], name))
            return true;
    }
    return false;
}

static int push_once(const char *directory, struct strvec *directories, struct error *err)
{
    char *real = realpath(directory, NULL);
    if (!real)
        return 0;
    if (strchr(real, '\n')) {
        free(real);
        return error_set(err, ERROR_GIT, "'%s' has a line break in its name", directory);
    }
    if (holds(directories, real))
        free(real);
    else
        strvec_push_owned(directories, real);
    return 0;
}

/* Pushes the stores that one store names in its own file. */
static int push_named_in(const char *store, struct strvec *directories, struct error *err)
{
    AUTO_FREE char *path = path_join(store, "info/alternates");
    AUTO_STR struct str text = STR_INIT;
    if (!file_exists(path))
        return 0;
    if (file_read(path, &text, err) < 0)
        return -1;
    char *rest = text.data;
    for (char *line = strsep(&rest, "\n"); line; line = strsep(&rest, "\n")) {
        if (!*line || *line == '#')
            continue;
        AUTO_FREE char *name = path_join(store, line);
        if (push_once(name, directories, err) < 0)
            return -1;
    }
    return 0;
}

int alternates_collect(const char *objects_directory,
                       struct strvec *directories,
                       struct error *err)
{
    if (push_once(objects_directory, directories, err) < 0)
        return -1;
    /* The list grows while it is read; each name is in it once, so this ends. */
    for (size_t i = 0; i < directories->count; i++) {
        AUTO_FREE char *store = xstrdup(directories->items[i]);
        if (push_named_in(store, directories, err) < 0)
            return -1;
    }
    return 0;
}
