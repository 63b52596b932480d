#include "gate/build/tree_compare.h"

#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/base/tree.h"
#include "gate/build/elf_file.h"
#include "gate/build/file_role.h"

struct comparison {
    const char *base_tree;
    const char *head_tree;
    struct str *why;
    bool are_equal;
};

/* In head the walk only asks what base lacks. */
static bool is_passed_over(const char *name, const char *path, const struct stat *info)
{
    enum file_role role = file_role_of(name);
    if (S_ISDIR(info->st_mode) || role == FILE_ROLE_GIT)
        return true;
    if (!S_ISREG(info->st_mode))
        return role != FILE_ROLE_DATA;
    switch (file_kind_of(path)) {
    case FILE_PROGRAM:
        return role == FILE_ROLE_BYPRODUCT;
    case FILE_PART:
        return true;
    case FILE_MISSING:
    case FILE_OTHER:
        break;
    }
    return role != FILE_ROLE_DATA;
}

static bool links_equal(const struct comparison *comparison,
                        const char *base_path,
                        const char *head_path)
{
    char base[PATH_MAX] = { 0 };
    char head[PATH_MAX] = { 0 };
    if (readlink(base_path, base, sizeof base - 1) < 0 ||
        readlink(head_path, head, sizeof head - 1) < 0)
        return false;
    size_t base_length = strlen(comparison->base_tree);
    size_t head_length = strlen(comparison->head_tree);
    if (str_starts_with(base, comparison->base_tree) &&
        str_starts_with(head, comparison->head_tree))
        return str_equal(base + base_length, head + head_length);
    return str_equal(base, head);
}

/* Neither link nor file (a socket, a pipe): nothing that a copy could be equal to. */
static bool entries_equal(const struct comparison *comparison,
                          const char *base_path,
                          const char *head_path,
                          const struct stat *base_info)
{
    struct stat head_info;
    if (lstat(head_path, &head_info) < 0 ||
        (head_info.st_mode & S_IFMT) != (base_info->st_mode & S_IFMT))
        return false;
    if (S_ISLNK(base_info->st_mode))
        return links_equal(comparison, base_path, head_path);
    return S_ISREG(base_info->st_mode) &&
           files_equal_but_for_place(base_path, head_path, comparison->base_tree,
                                     comparison->head_tree);
}

/* The walk is over with the first difference; err stays empty then. */
static int end_walk(struct comparison *comparison)
{
    comparison->are_equal = false;
    return -1;
}

static int
visit_base(void *context, const char *name, const struct stat *info, struct error *err)
{
    struct comparison *comparison = context;
    AUTO_FREE char *base_path = path_join(comparison->base_tree, name);
    AUTO_FREE char *head_path = path_join(comparison->head_tree, name);
    (void)err;
    if (is_passed_over(name, base_path, info))
        return 0;
    if (!file_exists(head_path))
        str_addf(comparison->why, "'%s' is in base's tree only", name);
    else if (!entries_equal(comparison, base_path, head_path, info))
        str_addf(comparison->why, "'%s' differs between the built trees", name);
    else
        return 0;
    return end_walk(comparison);
}

static int
visit_head(void *context, const char *name, const struct stat *info, struct error *err)
{
    struct comparison *comparison = context;
    AUTO_FREE char *base_path = path_join(comparison->base_tree, name);
    AUTO_FREE char *head_path = path_join(comparison->head_tree, name);
    (void)err;
    if (is_passed_over(name, head_path, info) || file_exists(base_path))
        return 0;
    str_addf(comparison->why, "'%s' is in head's tree only", name);
    return end_walk(comparison);
}

int tree_compare(const char *base_tree,
                 const char *head_tree,
                 bool *are_equal,
                 struct str *why,
                 struct error *err)
{
    struct comparison comparison = {
        .base_tree = base_tree,
        .head_tree = head_tree,
        .why = why,
        .are_equal = true,
    };
    if ((tree_walk(base_tree, visit_base, &comparison, err) < 0 ||
         tree_walk(head_tree, visit_head, &comparison, err) < 0) &&
        comparison.are_equal)
        return -1;
    *are_equal = comparison.are_equal;
    return 0;
}
