#include "gate/build/inputs.h"

#include <limits.h>
#include <stddef.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/base/tree.h"
#include "gate/build/output_diff.h"

struct comparison {
    const char *base;
    const char *head;
    struct str *why;
    size_t entry_count;
    bool are_equal;
};

static void differ(struct comparison *comparison, const char *name, const char *how)
{
    if (comparison->are_equal)
        str_addf(comparison->why, "'%s' %s", name, how);
    comparison->are_equal = false;
}

static bool are_links_equal(const char *a, const char *b)
{
    char first[PATH_MAX];
    char second[PATH_MAX];
    ssize_t first_length = readlink(a, first, sizeof first - 1);
    ssize_t second_length = readlink(b, second, sizeof second - 1);
    if (first_length < 0 || second_length < 0)
        return false;
    first[first_length] = '\0';
    second[second_length] = '\0';
    return str_equal(first, second);
}

static int compare_contents(struct comparison *comparison,
                            const char *name,
                            const char *base,
                            const char *head,
                            struct error *err)
{
    AUTO_OUTPUT_DIFF struct output_diff diff = { 0 };
    if (output_diff(base, head, &diff, err) < 0)
        return -1;
    if (!diff.is_equal)
        differ(comparison, name, "differs between them");
    return 0;
}

static int
compare_entry(void *context, const char *name, const struct stat *info, struct error *err)
{
    struct comparison *comparison = context;
    AUTO_FREE char *base = path_join(comparison->base, name);
    AUTO_FREE char *head = path_join(comparison->head, name);
    struct stat other;

    comparison->entry_count++;
    if (!comparison->are_equal)
        return 0;
    if (lstat(head, &other) < 0 || (other.st_mode & S_IFMT) != (info->st_mode & S_IFMT))
        differ(comparison, name, "is base's alone");
    else if (S_ISLNK(info->st_mode) && !are_links_equal(base, head))
        differ(comparison, name, "points elsewhere");
    else if (S_ISREG(info->st_mode))
        return compare_contents(comparison, name, base, head, err);
    return 0;
}

static int
count_entry(void *context, const char *name, const struct stat *info, struct error *err)
{
    (void)name;
    (void)info;
    (void)err;
    ++*(size_t *)context;
    return 0;
}

int inputs_compare(const char *base_directory,
                   const char *head_directory,
                   bool *are_equal,
                   struct str *why,
                   struct error *err)
{
    struct comparison comparison = {
        .base = base_directory, .head = head_directory, .why = why, .are_equal = true
    };
    size_t head_count = 0;
    if (tree_walk(base_directory, compare_entry, &comparison, err) < 0 ||
        tree_walk(head_directory, count_entry, &head_count, err) < 0)
        return -1;
    if (comparison.are_equal && head_count != comparison.entry_count)
        differ(&comparison, head_directory, "holds files that base did not prepare");
    *are_equal = comparison.are_equal;
    return 0;
}
