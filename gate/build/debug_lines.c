#include "gate/build/debug_lines.h"

#include "gate/base/alloc.h"
#include "gate/base/path.h"
#include "gate/base/strvec.h"
#include "gate/build/elf_file.h"
#include "gate/build/programs.h"

int debug_lines_missing(const char *tree,
                        const struct layout_bench *bench,
                        bool *are_missing,
                        struct error *err)
{
    AUTO_STRVEC struct strvec names = { 0 };
    bool found = false;
    if (programs_of(tree, bench, &names, err) < 0)
        return -1;
    for (size_t i = 0; i < names.count && !found; i++) {
        AUTO_FREE char *path = path_join(tree, names.items[i]);
        found = file_kind_of(path) == FILE_PROGRAM && !file_has_lines(path);
    }
    *are_missing = found;
    return 0;
}

int debug_build_is_same(const char *tree,
                        const char *debug_tree,
                        const struct layout_bench *bench,
                        bool *is_same,
                        struct error *err)
{
    AUTO_STRVEC struct strvec names = { 0 };
    bool are_same = true;
    if (programs_of(tree, bench, &names, err) < 0)
        return -1;
    for (size_t i = 0; i < names.count && are_same; i++) {
        AUTO_FREE char *path = path_join(tree, names.items[i]);
        AUTO_FREE char *other = path_join(debug_tree, names.items[i]);
        are_same = file_kind_of(path) != FILE_PROGRAM ||
                   files_run_alike(path, other, tree, debug_tree);
    }
    *is_same = are_same;
    return 0;
}
