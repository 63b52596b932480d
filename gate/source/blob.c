#include "gate/source/blob.h"

#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/source/git_error.h"
#include "gate/source/internal.h"
#include "gate/source/missing_object.h"

static const char *kind_of(git_filemode_t mode)
{
    switch (mode) {
    case GIT_FILEMODE_TREE:
        return "a directory";
    case GIT_FILEMODE_LINK:
        return "a symbolic link";
    case GIT_FILEMODE_COMMIT:
        return "a submodule";
    case GIT_FILEMODE_BLOB:
    case GIT_FILEMODE_BLOB_EXECUTABLE:
        return NULL;
    case GIT_FILEMODE_UNREADABLE:
        break;
    }
    return "unreadable";
}

static int add_content(struct source *source,
                       const git_tree_entry *entry,
                       const char *path,
                       struct str *text,
                       struct error *err)
{
    AUTO_OBJECT git_object *object = NULL;
    int result = git_object_lookup(&object, source->own, git_tree_entry_id(entry),
                                   GIT_OBJECT_BLOB);
    if (result < 0)
        return say_missing_or_failed(err, source, result, "cannot read '%s'", path);
    const git_blob *blob = (const git_blob *)object;
    str_add_bytes(text, git_blob_rawcontent(blob), (size_t)git_blob_rawsize(blob));
    return 0;
}

int source_read_blob(struct source *source,
                     const char *commit_or_tree,
                     const char *path,
                     struct str *text,
                     bool *is_there,
                     struct error *err)
{
    AUTO_TREE git_tree *tree = NULL;
    AUTO_TREE_ENTRY git_tree_entry *entry = NULL;
    if (tree_from_id(&tree, source, commit_or_tree, err) < 0)
        return -1;
    int result = git_tree_entry_bypath(&entry, tree, path);
    if (result == GIT_ENOTFOUND && !git_object_is_missing(result)) {
        *is_there = false;
        return 0;
    }
    if (result < 0)
        return say_missing_or_failed(err, source, result, "cannot read '%s'", path);
    const char *kind = kind_of(git_tree_entry_filemode(entry));
    if (kind)
        return error_set(err, ERROR_GIT, "'%s' of %.10s is %s, not a file", path,
                         commit_or_tree, kind);
    if (add_content(source, entry, path, text, err) < 0)
        return -1;
    *is_there = true;
    return 0;
}
