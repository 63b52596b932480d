#include "gate/build/programs.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "gate/base/alloc.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/base/tree.h"
#include "gate/build/elf_file.h"
#include "gate/build/file_role.h"
#include "gate/build/layout.h"

char *program_of(const char *tree, const struct strvec *argv)
{
    const char *word = argv->count ? argv->items[0] : "";
    size_t length = strlen(tree);
    if (str_starts_with(word, tree) && word[length] == '/')
        word += length + 1;
    AUTO_FREE char *path = path_join(tree, word);
    bool is_ours = strchr(word, '/') && !path_is_absolute(word) && !strstr(word, "..");
    return is_ours && file_kind_of(path) == FILE_PROGRAM ? xstrdup(word) : NULL;
}

/* While a tree is gone through. */
struct listing {
    const char *tree;
    bool is_of_all; /* else of shared objects alone */
    struct strvec *names;
};

static int
list(void *context, const char *name, const struct stat *info, struct error *err)
{
    const struct listing *listing = context;
    (void)err;
    if (!S_ISREG(info->st_mode) || file_role_of(name) == FILE_ROLE_BYPRODUCT ||
        (!listing->is_of_all && !strstr(path_base(name), ".so")))
        return 0;
    AUTO_FREE char *path = path_join(listing->tree, name);
    if (file_kind_of(path) == FILE_PROGRAM)
        strvec_push(listing->names, name);
    return 0;
}

int programs_of(const char *tree,
                const struct layout_bench *bench,
                struct strvec *names,
                struct error *err)
{
    AUTO_FREE char *program = program_of(tree, bench->argv);
    struct listing listing = { .tree = tree, .names = names };
    strvec_push_all(names, bench->binaries);
    if (program && !bench->binaries->count)
        strvec_push(names, program);
    listing.is_of_all = !names->count;
    return tree_walk(tree, list, &listing, err);
}

int programs_shared(const char *tree, struct strvec *names, struct error *err)
{
    struct listing listing = { .tree = tree, .names = names };
    return tree_walk(tree, list, &listing, err);
}

/* The name below the tree, without "." and empty parts; the caller's. NULL for what lies
 * elsewhere, may do so (".."), or is the tree. */
static char *name_below(const char *tree, const char *word)
{
    AUTO_STR struct str name = STR_INIT;
    size_t length = strlen(tree);
    if (str_starts_with(word, tree) && word[length] == '/')
        word += length + 1;
    if (path_is_absolute(word) || strstr(word, ".."))
        return NULL;
    for (; *word; word += strspn(word, "/")) {
        size_t part = strcspn(word, "/");
        if (part != 1 || *word != '.') {
            str_add(&name, name.length ? "/" : "");
            str_add_bytes(&name, word, part);
        }
        word += part;
    }
    return name.length ? str_detach(&name) : NULL;
}

/* Takes name over; NULL is fine. */
static void push_file(const char *tree, char *name, bool is_program, struct strvec *names)
{
    AUTO_FREE char *path = name ? path_join(tree, name) : NULL;
    enum file_kind kind = path ? file_kind_of(path) : FILE_MISSING;
    if (kind == FILE_PROGRAM || (kind != FILE_MISSING && !is_program))
        strvec_push_owned(names, name);
    else
        free(name);
}

void programs_run_by(const char *tree,
                     const struct layout_bench *bench,
                     struct strvec *names)
{
    const struct strvec *stated = bench->binaries;
    const struct strvec *words = bench->argv;
    for (size_t i = 0; i < stated->count; i++)
        push_file(tree, name_below(tree, stated->items[i]), false, names);
    for (size_t i = 0; i < words->count && !stated->count; i++) {
        if (strchr(words->items[i], '/')) /* others are looked up in PATH */
            push_file(tree, name_below(tree, words->items[i]), i > 0, names);
    }
}
