#include "gate/build/programs.h"

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
