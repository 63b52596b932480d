#include "gate/source/ref_files.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/source/git_error.h"
#include "gate/source/open_user.h"
#include "gate/source/ref_internal.h"

#define MOST_FOLDERS_DEEP 16
#define MOST_FILES        1000000

/* A ref that a person works on is not pawl's to commit to. */
static int check_name(git_repository *repository, const char *ref, struct error *err)
{
    int is_valid = 0;
    AUTO_REFERENCE git_reference *head = NULL;
    if (git_reference_name_is_valid(&is_valid, ref) < 0 || !is_valid ||
        !str_starts_with(ref, "refs/"))
        return error_set(err, ERROR_CONFIG,
                         "'%s' is no full name of a ref, such as refs/pawl/baselines",
                         ref);
    if (git_repository_head(&head, repository) == 0 &&
        str_equal(git_reference_name(head), ref))
        return error_set(err, ERROR_CONFIG,
                         "'%s' is the branch that is checked out: name another ref, such "
                         "as refs/pawl/baselines",
                         ref);
    return 0;
}

static char *top_of(git_repository *repository)
{
    const char *work_tree = git_repository_workdir(repository);
    return xstrdup(work_tree ? work_tree : git_repository_path(repository));
}

struct ref_files *
ref_files_open(const char *directory, const char *ref, struct error *err)
{
    git_libgit2_init();
    allow_harmless_extensions();
    struct ref_files *files = xcalloc(1, sizeof *files);
    files->ref = xstrdup(ref);
    if (open_user_repository(&files->repository, directory, 0, err) < 0 ||
        check_name(files->repository, ref, err) < 0) {
        ref_files_release(&files);
        return NULL;
    }
    files->top = top_of(files->repository);
    return files;
}

void ref_files_close(struct ref_files *files)
{
    if (!files)
        return;
    git_repository_free(files->repository);
    free(files->ref);
    free(files->top);
    free(files);
    git_libgit2_shutdown();
}

void ref_files_release(struct ref_files **files)
{
    ref_files_close(*files);
    *files = NULL;
}

const char *ref_files_name(const struct ref_files *files)
{
    return files->ref;
}

const char *ref_files_directory(const struct ref_files *files)
{
    return git_repository_commondir(files->repository);
}

void ref_file_list_clear(struct ref_file_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i].path);
    array_clear(list);
}

int ref_tip(struct ref_files *files, git_oid *out, bool *is_there, struct error *err)
{
    git_oid id = { 0 };
    int result = git_reference_name_to_id(&id, files->repository, files->ref);
    if (result < 0 && result != GIT_ENOTFOUND)
        return git_failed(err, "cannot read the ref '%s'", files->ref);
    *is_there = result == 0;
    if (*is_there)
        *out = id;
    return 0;
}

/* A walk through a tree. Trees may come from anybody who can push: one that holds itself
 * many times over must not fill the memory. */
struct walk {
    struct ref_files *files;
    struct ref_file_list *list;
    struct str path;
    int depth;
};

static void walk_clear(struct walk *walk)
{
    str_clear(&walk->path);
}

static int walk_tree(struct walk *walk, const git_oid *id, struct error *err);

static int walk_entry(struct walk *walk, const git_tree_entry *entry, struct error *err)
{
    size_t length = walk->path.length;
    if (length > 0)
        str_add_char(&walk->path, '/');
    str_add(&walk->path, git_tree_entry_name(entry));
    int result = 0;
    if (git_tree_entry_type(entry) == GIT_OBJECT_TREE) {
        result = walk_tree(walk, git_tree_entry_id(entry), err);
    } else {
        git_filemode_t mode = git_tree_entry_filemode(entry);
        struct ref_file *file = array_push(walk->list);
        file->path = xstrndup(walk->path.data, walk->path.length);
        file->is_regular =
            mode == GIT_FILEMODE_BLOB || mode == GIT_FILEMODE_BLOB_EXECUTABLE;
        git_oid_tostr(file->blob, sizeof file->blob, git_tree_entry_id(entry));
    }
    str_truncate(&walk->path, length);
    return result;
}

static int walk_tree(struct walk *walk, const git_oid *id, struct error *err)
{
    AUTO_TREE git_tree *tree = NULL;
    if (walk->depth >= MOST_FOLDERS_DEEP)
        return error_set(err, ERROR_GIT, "'%s' has folders nested deeper than %d: '%s'",
                         walk->files->ref, MOST_FOLDERS_DEEP, walk->path.data);
    if (git_tree_lookup(&tree, walk->files->repository, id) < 0)
        return git_failed(err, "cannot read the folder '%s' of '%s'", walk->path.data,
                          walk->files->ref);
    size_t count = git_tree_entrycount(tree);
    if (walk->list->count + count > MOST_FILES)
        return error_set(err, ERROR_GIT, "'%s' holds more than %d files",
                         walk->files->ref, MOST_FILES);
    walk->depth++;
    for (size_t i = 0; i < count; i++) {
        if (walk_entry(walk, git_tree_entry_byindex(tree, i), err) < 0)
            return -1;
    }
    walk->depth--;
    return 0;
}

/* The id of the tree of folder; *is_there false where there is none. */
static int find_folder(struct ref_files *files,
                       const git_commit *commit,
                       const char *folder,
                       git_oid *out,
                       bool *is_there,
                       struct error *err)
{
    AUTO_TREE git_tree *root = NULL;
    AUTO_TREE_ENTRY git_tree_entry *entry = NULL;
    *is_there = true;
    *out = *git_commit_tree_id(commit);
    if (!folder || !*folder)
        return 0;
    if (git_commit_tree(&root, commit) < 0)
        return git_failed(err, "cannot read the tree of '%s'", files->ref);
    int result = git_tree_entry_bypath(&entry, root, folder);
    if (result < 0 && (result != GIT_ENOTFOUND || git_object_is_missing(result)))
        return git_failed(err, "cannot read the folder '%s' of '%s'", folder, files->ref);
    *is_there = result == 0 && git_tree_entry_type(entry) == GIT_OBJECT_TREE;
    if (*is_there)
        *out = *git_tree_entry_id(entry);
    return 0;
}

static int compare_paths(const void *a, const void *b)
{
    return strcmp(((const struct ref_file *)a)->path, ((const struct ref_file *)b)->path);
}

int ref_list_commit(struct ref_files *files,
                    const git_oid *commit,
                    const char *folder,
                    struct ref_file_list *out,
                    struct error *err)
{
    AUTO_COMMIT git_commit *tip = NULL;
    AUTO_REF_FILE_LIST struct ref_file_list list = { 0 };
    AUTO(walk_clear)
    struct walk walk = { .files = files, .list = &list, .path = STR_INIT };
    git_oid tree = { 0 };
    bool is_there = false;
    if (git_commit_lookup(&tip, files->repository, commit) < 0)
        return git_failed(err, "cannot read the commit of '%s'", files->ref);
    if (find_folder(files, tip, folder, &tree, &is_there, err) < 0)
        return -1;
    if (is_there) {
        str_add(&walk.path, folder ? folder : "");
        if (walk_tree(&walk, &tree, err) < 0)
            return -1;
    }
    if (list.count > 0)
        qsort(list.items, list.count, sizeof *list.items, compare_paths);
    ref_file_list_clear(out);
    *out = list;
    list = (struct ref_file_list){ 0 };
    return 0;
}

int ref_files_list(struct ref_files *files,
                   const char *folder,
                   struct ref_file_list *out,
                   struct error *err)
{
    git_oid tip = { 0 };
    bool is_there = false;
    if (ref_tip(files, &tip, &is_there, err) < 0)
        return -1;
    if (is_there)
        return ref_list_commit(files, &tip, folder, out, err);
    ref_file_list_clear(out);
    return 0;
}

/* The size is looked at first: what is too large is not even unpacked. */
int ref_files_read(struct ref_files *files,
                   const struct ref_file *file,
                   size_t limit_bytes,
                   struct str *text,
                   struct error *err)
{
    AUTO_ODB git_odb *odb = NULL;
    AUTO_OBJECT git_object *object = NULL;
    git_oid id = { 0 };
    size_t size = 0;
    git_object_t type = GIT_OBJECT_INVALID;
    if (!file->is_regular)
        return error_set(err, ERROR_GIT, "'%s' of '%s' is not a file", file->path,
                         files->ref);
    if (git_oid_fromstr(&id, file->blob) < 0 ||
        git_repository_odb(&odb, files->repository) < 0 ||
        git_odb_read_header(&size, &type, odb, &id) < 0)
        return git_failed(err, "cannot read '%s' of '%s'", file->path, files->ref);
    if (size > limit_bytes)
        return error_set(err, ERROR_GIT,
                         "'%s' of '%s' is too large: %zu bytes, at most %zu are read",
                         file->path, files->ref, size, limit_bytes);
    if (git_object_lookup(&object, files->repository, &id, GIT_OBJECT_BLOB) < 0)
        return git_failed(err, "cannot read '%s' of '%s'", file->path, files->ref);
    const git_blob *blob = (const git_blob *)object;
    str_add_bytes(text, git_blob_rawcontent(blob), (size_t)git_blob_rawsize(blob));
    return 0;
}
