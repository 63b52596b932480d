#include "gate/source/tree_union.h"

#include <stdbool.h>
#include <string.h>

#include "gate/base/error.h"
#include "gate/source/git_error.h"

#define MOST_FOLDERS_DEEP 16

enum version {
    BASE,
    OURS,
    THEIRS,
    VERSION_COUNT
};

/* What one version has under a name. */
struct item {
    bool is_there;
    git_oid id;
    git_filemode_t mode;
};

static bool is_same(const struct item *a, const struct item *b)
{
    if (!a->is_there || !b->is_there)
        return a->is_there == b->is_there;
    return git_oid_equal(&a->id, &b->id) && a->mode == b->mode;
}

static bool is_folder(const struct item *item)
{
    return item->is_there && item->mode == GIT_FILEMODE_TREE;
}

struct merging {
    git_repository *repository;
    int depth;
};

static int merge_folders(struct merging *merging,
                         const struct item items[VERSION_COUNT],
                         struct item *out,
                         struct error *err);

static void pick(struct item *out, const struct item *ours, const struct item *theirs)
{
    if (!theirs->is_there)
        *out = *ours;
    else if (!ours->is_there)
        *out = *theirs;
    else
        *out = git_oid_cmp(&ours->id, &theirs->id) <= 0 ? *ours : *theirs;
}

/* A folder that one side lost whole and the other added to loses what it lost, and keeps
 * what is new. */
static int merge_items(struct merging *merging,
                       const struct item items[VERSION_COUNT],
                       struct item *out,
                       struct error *err)
{
    const struct item *ours = &items[OURS];
    const struct item *theirs = &items[THEIRS];
    bool may_be_folders =
        (is_folder(ours) || !ours->is_there) && (is_folder(theirs) || !theirs->is_there);
    if (is_same(ours, theirs) || is_same(&items[BASE], theirs))
        *out = *ours;
    else if (is_same(&items[BASE], ours))
        *out = *theirs;
    else if (may_be_folders)
        return merge_folders(merging, items, out, err);
    else
        pick(out, ours, theirs);
    return 0;
}

static struct item find_item(const git_tree *tree, const char *name)
{
    const git_tree_entry *entry = tree ? git_tree_entry_byname(tree, name) : NULL;
    if (!entry)
        return (struct item){ 0 };
    return (struct item){
        .is_there = true,
        .id = *git_tree_entry_id(entry),
        .mode = git_tree_entry_filemode(entry),
    };
}

/* The trees of one folder, and the one that is made of them. */
struct folder {
    git_tree *trees[VERSION_COUNT];
    git_treebuilder *builder;
};

static void folder_clear(struct folder *folder)
{
    for (int i = 0; i < VERSION_COUNT; i++)
        git_tree_free(folder->trees[i]);
    git_treebuilder_free(folder->builder);
}

static int merge_name(struct merging *merging,
                      struct folder *folder,
                      const char *name,
                      struct error *err)
{
    struct item items[VERSION_COUNT];
    struct item merged = { 0 };
    for (int i = 0; i < VERSION_COUNT; i++)
        items[i] = find_item(folder->trees[i], name);
    if (merge_items(merging, items, &merged, err) < 0)
        return -1;
    if (merged.is_there &&
        git_treebuilder_insert(NULL, folder->builder, name, &merged.id, merged.mode) < 0)
        return git_failed(err, "cannot put '%s' into a tree", name);
    return 0;
}

/* The names of one side; those that the other side has too only where asked. */
static int merge_names(struct merging *merging,
                       struct folder *folder,
                       enum version side,
                       struct error *err)
{
    const git_tree *tree = folder->trees[side];
    size_t count = tree ? git_tree_entrycount(tree) : 0;
    for (size_t i = 0; i < count; i++) {
        const char *name = git_tree_entry_name(git_tree_entry_byindex(tree, i));
        bool was_ours = side == THEIRS && find_item(folder->trees[OURS], name).is_there;
        if (!was_ours && merge_name(merging, folder, name, err) < 0)
            return -1;
    }
    return 0;
}

/* An empty folder is none. */
static int merge_folders(struct merging *merging,
                         const struct item items[VERSION_COUNT],
                         struct item *out,
                         struct error *err)
{
    AUTO(folder_clear) struct folder folder = { 0 };
    if (merging->depth >= MOST_FOLDERS_DEEP)
        return error_set(err, ERROR_GIT,
                         "cannot put two trees together: folders nested deeper than %d",
                         MOST_FOLDERS_DEEP);
    for (int i = 0; i < VERSION_COUNT; i++) {
        if (is_folder(&items[i]) &&
            git_tree_lookup(&folder.trees[i], merging->repository, &items[i].id) < 0)
            return git_failed(err, "cannot read a folder to put two trees together");
    }
    if (git_treebuilder_new(&folder.builder, merging->repository, NULL) < 0)
        return git_failed(err, "cannot make a tree");
    merging->depth++;
    if (merge_names(merging, &folder, OURS, err) < 0 ||
        merge_names(merging, &folder, THEIRS, err) < 0)
        return -1;
    merging->depth--;
    *out = (struct item){ .mode = GIT_FILEMODE_TREE };
    out->is_there = git_treebuilder_entrycount(folder.builder) > 0;
    if (git_treebuilder_write(&out->id, folder.builder) < 0)
        return git_failed(err, "cannot write a tree");
    return 0;
}

static struct item item_of_root(const git_oid *id)
{
    if (!id)
        return (struct item){ 0 };
    return (struct item){ .is_there = true, .id = *id, .mode = GIT_FILEMODE_TREE };
}

int tree_union(git_repository *repository,
               const struct tree_versions *versions,
               git_oid *out,
               struct error *err)
{
    struct merging merging = { .repository = repository };
    struct item merged = { 0 };
    const struct item roots[VERSION_COUNT] = {
        [BASE] = item_of_root(versions->base),
        [OURS] = item_of_root(versions->ours),
        [THEIRS] = item_of_root(versions->theirs),
    };
    if (merge_items(&merging, roots, &merged, err) < 0)
        return -1;
    *out = merged.id;
    return 0;
}
