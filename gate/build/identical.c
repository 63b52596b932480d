#include "gate/build/identical.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/build/elf_file.h"
#include "gate/build/file_role.h"
#include "gate/build/tree_compare.h"

/* The first changed path that a program may read when it runs; NULL for none. */
static const char *changed_data(const struct strvec *changed_paths)
{
    for (size_t i = 0; i < changed_paths->count; i++) {
        if (file_role_of(changed_paths->items[i]) != FILE_ROLE_SOURCE)
            return changed_paths->items[i];
    }
    return NULL;
}

int identical_compare(const char *base_tree,
                      const char *head_tree,
                      const struct strvec *changed_paths,
                      struct identical *out,
                      struct error *err)
{
    AUTO_STR struct str why = STR_INIT;
    const char *data = changed_data(changed_paths);
    bool are_equal = false;
    if (data)
        str_addf(&why, "'%s' was changed and may be read at run time", data);
    else if (tree_compare(base_tree, head_tree, &are_equal, &why, err) < 0)
        return -1;
    if (are_equal)
        str_add(&why, "all programs and data files in the built trees are the same");

    *out = (struct identical){
        .base_tree = xstrdup(base_tree),
        .head_tree = xstrdup(head_tree),
        .are_trees_equal = are_equal,
        .reason = str_detach(&why),
    };
    strvec_push_all(&out->changed_paths, changed_paths);
    return 0;
}

void identical_clear(struct identical *identical)
{
    free(identical->base_tree);
    free(identical->head_tree);
    free(identical->reason);
    strvec_clear(&identical->changed_paths);
    *identical = (struct identical){ 0 };
}

/* The part of path after tree; NULL where it lies elsewhere. */
static const char *below(const char *path, const char *tree)
{
    size_t length = strlen(tree);
    if (!str_starts_with(path, tree) || (path[length] != '/' && path[length] != '\0'))
        return NULL;
    return path + length + strspn(path + length, "/");
}

/* What word names, relative to the tree, without "." and empty parts: "" for the tree
 * itself, and for what goes up with ".." (it may lead anywhere). NULL for absolute names
 * outside. The caller's. */
static char *name_in_tree(const struct identical *identical, const char *word)
{
    AUTO_STR struct str name = STR_INIT;
    const char *rest = word;
    if (path_is_absolute(word)) {
        rest = below(word, identical->base_tree);
        rest = rest ? rest : below(word, identical->head_tree);
    }
    if (!rest)
        return NULL;
    while (*rest) {
        size_t length = strcspn(rest, "/");
        if (length == 2 && memcmp(rest, "..", 2) == 0)
            return xstrdup("");
        if (length > 0 && !(length == 1 && *rest == '.')) {
            if (name.length > 0)
                str_add_char(&name, '/');
            str_add_bytes(&name, rest, length);
        }
        rest += length;
        rest += strspn(rest, "/");
    }
    return str_detach(&name);
}

static bool is_below(const char *path, const char *directory)
{
    return !*directory || below(path, directory) != NULL;
}

static const char *changed_below(const struct identical *identical, const char *directory)
{
    for (size_t i = 0; i < identical->changed_paths.count; i++) {
        if (is_below(identical->changed_paths.items[i], directory))
            return identical->changed_paths.items[i];
    }
    return NULL;
}

/* True where what name stands for in the trees is equal, or there is no such thing. */
static bool
is_name_equal(const struct identical *identical, const char *name, struct str *why)
{
    AUTO_FREE char *base = path_join(identical->base_tree, name);
    AUTO_FREE char *head = path_join(identical->head_tree, name);
    if (!file_exists(base) && !file_exists(head))
        return true;
    if (file_is_directory(base) || file_is_directory(head)) {
        const char *changed = changed_below(identical, name);
        if (changed)
            str_addf(why, "the command reads '%s', where '%s' was changed",
                     *name ? name : ".", changed);
        return !changed;
    }
    if (files_equal_but_for_place(base, head, identical->base_tree, identical->head_tree))
        return true;
    str_addf(why, "'%s' differs between the built trees", name);
    return false;
}

static bool
is_word_equal(const struct identical *identical, const char *word, struct str *why)
{
    AUTO_FREE char *name = name_in_tree(identical, word);
    return !name || is_name_equal(identical, name, why);
}

static bool are_words_equal(const struct identical *identical,
                            const struct strvec *argv,
                            struct str *why)
{
    for (size_t i = 0; i < argv->count; i++) {
        const char *value = strchr(argv->items[i], '=');
        /* An empty word would stand for the tree itself. */
        if (*argv->items[i] && !is_word_equal(identical, argv->items[i], why))
            return false;
        if (value && value[1] && !is_word_equal(identical, value + 1, why))
            return false;
    }
    return true;
}

static bool are_binaries_equal(const struct identical *identical,
                               const struct strvec *binaries,
                               struct str *why)
{
    for (size_t i = 0; i < binaries->count; i++) {
        AUTO_FREE char *base = path_join(identical->base_tree, binaries->items[i]);
        AUTO_FREE char *head = path_join(identical->head_tree, binaries->items[i]);
        if (files_equal_but_for_place(base, head, identical->base_tree,
                                      identical->head_tree))
            continue;
        bool is_missing =
            file_kind_of(base) == FILE_MISSING || file_kind_of(head) == FILE_MISSING;
        str_addf(why,
                 is_missing ? "'%s' is not a file in both built trees"
                            : "'%s' differs between the built trees",
                 binaries->items[i]);
        return false;
    }
    return true;
}

/* Also where links lead must be inside, for what lies outside is not compared. */
static bool is_program_inside(const char *tree, const char *name)
{
    AUTO_FREE char *path = path_join(tree, name);
    AUTO_FREE char *real = realpath(path, NULL);
    AUTO_FREE char *real_tree = realpath(tree, NULL);
    return real && real_tree && below(real, real_tree) &&
           file_kind_of(real) == FILE_PROGRAM;
}

/* A name without '/' is looked up in PATH, thus not in the tree. */
static bool
runs_program_of_tree(const struct identical *identical, const char *word, struct str *why)
{
    AUTO_FREE char *name = strchr(word, '/') ? name_in_tree(identical, word) : NULL;
    if (name && *name && is_program_inside(identical->base_tree, name) &&
        is_program_inside(identical->head_tree, name))
        return true;
    str_addf(why, "'%s' is not a program inside the built trees", word);
    return false;
}

bool identical_bench(const struct identical *identical,
                     const struct strvec *argv,
                     const struct strvec *binaries,
                     struct str *why)
{
    if (binaries->count > 0) {
        if (!are_binaries_equal(identical, binaries, why) ||
            !are_words_equal(identical, argv, why))
            return false;
        str_add(why, "the binaries that the config names are the same");
        return true;
    }
    if (argv->count == 0 || !runs_program_of_tree(identical, argv->items[0], why))
        return false;
    if (identical->are_trees_equal && !are_words_equal(identical, argv, why))
        return false;
    str_add(why, identical->reason);
    return identical->are_trees_equal;
}
