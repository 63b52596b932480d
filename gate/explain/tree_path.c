#include "gate/explain/tree_path.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"

/* The part behind the tree, or NULL. */
static const char *behind_tree(const struct tree_paths *paths, const char *path)
{
    size_t length = paths->tree ? strlen(paths->tree) : 0;
    if (!length || strncmp(path, paths->tree, length) != 0 || path[length] != '/')
        return NULL;
    return path + length + 1;
}

bool tree_paths_hold(const struct tree_paths *paths, const char *object)
{
    return behind_tree(paths, object) != NULL;
}

static void drop_last(struct str *out)
{
    size_t length = out->length;
    while (length && out->data[length - 1] != '/')
        length--;
    str_truncate(out, length ? length - 1 : 0);
}

/* By its text alone, as if no part were a link. What goes up from the beginning of a
 * relative name is left out: it leads from a directory of the build to the sources. */
static char *simplify(const char *path)
{
    struct str out = STR_INIT;
    for (const char *part = path; *part;) {
        size_t length = strcspn(part, "/");
        bool goes_up = length == 2 && part[0] == '.' && part[1] == '.';
        if (goes_up)
            drop_last(&out);
        else if (length && !(length == 1 && *part == '.')) {
            str_add(&out, out.length || *path == '/' ? "/" : "");
            str_add_bytes(&out, part, length);
        }
        part += length + (part[length] == '/');
    }
    return str_detach(&out);
}

static int compare_names(const void *a, const void *b)
{
    const char *const *x = a;
    const char *const *y = b;
    return strcmp(*x, *y);
}

static bool is_known(const struct tree_paths *paths, const char *path)
{
    return paths->known && paths->known->count &&
           bsearch(&path, paths->known->items, paths->known->count, sizeof(char *),
                   compare_names) != NULL;
}

/* The only known file that ends in "/path"; NULL where there is none or several. */
static const char *find_ending(const struct tree_paths *paths, const char *path)
{
    const char *found = NULL;
    AUTO_FREE char *ending = str_format("/%s", path);
    for (size_t i = 0; paths->known && i < paths->known->count; i++) {
        if (!str_ends_with(paths->known->items[i], ending))
            continue;
        if (found)
            return NULL;
        found = paths->known->items[i];
    }
    return found;
}

/* A build that was made elsewhere, as those are that ccache shares: the longest end of
 * the name that the tree has. */
static const char *find_known(const struct tree_paths *paths, const char *path)
{
    bool is_absolute = *path == '/';
    if (is_absolute && str_starts_with(path, "/usr/"))
        return NULL;
    for (const char *end = path + is_absolute; end; end = strchr(end, '/')) {
        end += *end == '/';
        if (is_known(paths, end))
            return end;
        if (!is_absolute)
            break;
    }
    return is_absolute ? NULL : find_ending(paths, path);
}

char *tree_path_of(const struct tree_paths *paths,
                   const char *file,
                   bool is_own_code,
                   bool *is_in_tree)
{
    AUTO_FREE char *path = simplify(file);
    const char *inside = behind_tree(paths, path);
    if (!inside && is_own_code)
        inside = find_known(paths, path);
    *is_in_tree = inside != NULL;
    return xstrdup(inside ? inside : path);
}
