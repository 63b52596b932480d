/* Recipes may ignore the flags of a layout; then all its builds are the usual one. */
#include <string.h>
#include <sys/stat.h>

#include "gate/base/alloc.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "gate/base/tree.h"
#include "gate/build/elf_file.h"
#include "gate/build/file_role.h"
#include "gate/build/layout.h"
#include "gate/build/programs.h"

struct search {
    const char *tree;
    const char *layout_tree;
    bool is_for_shared_objects; /* else for all programs */
    bool has_found;
};

static bool differs(const struct search *search, const char *name)
{
    AUTO_FREE char *path = path_join(search->tree, name);
    AUTO_FREE char *other = path_join(search->layout_tree, name);
    return file_kind_of(path) == FILE_PROGRAM &&
           !files_equal_but_for_place(path, other, search->tree, search->layout_tree);
}

static bool is_shared_object(const char *name)
{
    return strstr(path_base(name), ".so") != NULL;
}

/* The walk is over with the first difference; err stays empty then. */
static int
visit(void *context, const char *name, const struct stat *info, struct error *err)
{
    struct search *search = context;
    (void)err;
    if (!S_ISREG(info->st_mode) || file_role_of(name) == FILE_ROLE_BYPRODUCT ||
        (search->is_for_shared_objects && !is_shared_object(name)) ||
        !differs(search, name))
        return 0;
    search->has_found = true;
    return -1;
}

/* The bench's own programs; false where it is not known what they are. */
static bool search_own(struct search *search, const struct layout_bench *bench)
{
    AUTO_FREE char *program = program_of(search->tree, bench->argv);
    for (size_t i = 0; i < bench->binaries->count; i++)
        search->has_found |= differs(search, bench->binaries->items[i]);
    if (bench->binaries->count)
        return true;
    search->has_found |= program && differs(search, program);
    return program != NULL;
}

int layout_reaches(const char *tree,
                   const char *layout_tree,
                   const struct layout_bench *bench,
                   bool *reaches,
                   struct error *err)
{
    struct search search = { .tree = tree, .layout_tree = layout_tree };
    search.is_for_shared_objects = search_own(&search, bench);
    if (!search.has_found && tree_walk(tree, visit, &search, err) < 0 &&
        !search.has_found)
        return -1;
    *reaches = search.has_found;
    return 0;
}
