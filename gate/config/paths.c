#include "gate/config/paths.h"

#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/config/parts.h"

static bool match(const char *pattern, const char *file);

/* Behind "**": here, or behind any text that follows. Directories are taken whole where a
 * '/' comes next. */
static bool match_anywhere(const char *pattern, const char *file)
{
    bool is_whole = *pattern == '/';
    if (is_whole)
        pattern++;
    for (;; file++) {
        if (match(pattern, file))
            return true;
        if (is_whole)
            file = strchr(file, '/');
        if (!file || !*file)
            return false;
    }
}

static bool match_star(const char *pattern, const char *file)
{
    for (;; file++) {
        if (match(pattern, file))
            return true;
        if (!*file || *file == '/')
            return false;
    }
}

/* A pattern that ends where a directory's name does holds what is in it. */
static bool match(const char *pattern, const char *file)
{
    for (; *pattern; pattern++, file++) {
        if (str_starts_with(pattern, "**"))
            return match_anywhere(pattern + 2, file);
        if (*pattern == '*')
            return match_star(pattern + 1, file);
        if (pattern[0] == '/' && !pattern[1])
            return *file == '/';
        if (!*file || (*pattern == '?' ? *file == '/' : *pattern != *file))
            return false;
    }
    return !*file || *file == '/';
}

bool paths_hold(const struct strvec *patterns, const char *file)
{
    bool is_in = patterns->count && *patterns->items[0] == '!';
    for (size_t i = 0; i < patterns->count; i++) {
        const char *pattern = patterns->items[i];
        bool takes_out = *pattern == '!';
        if (match(pattern + takes_out, file))
            is_in = !takes_out;
    }
    return is_in;
}

const struct strvec *paths_of_suite(const struct config *config,
                                    const struct suite *suite)
{
    if (suite->paths.count)
        return &suite->paths;
    return config->paths.count ? &config->paths : NULL;
}

static int read_pattern(const struct node *node, void *paths)
{
    static const char what[] =
        "a path from the top of the repository, such as \"src/**\"";
    const char *text = NULL;
    if (node_read_string(node, what, &text) < 0)
        return -1;
    const char *path = text + (*text == '!');
    if (*path == '!' || str_starts_with(path, "./") || !is_inside_tree(path))
        return node_must_be(node, "%s", what);
    strvec_push(paths, text);
    return 0;
}

int read_paths(const struct node *node, struct strvec *paths)
{
    return node_read_array(node, true, "paths", read_pattern, paths);
}

char *paths_text(const struct strvec *paths)
{
    return paths->count ? strvec_join(paths, ", ") : xstrdup("all");
}
