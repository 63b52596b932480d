#include "gate/source/git_auto.h"

#define RELEASE(name, type, free_handle)     \
    void release_##name(git_##type **handle) \
    {                                        \
        free_handle(*handle);                \
        *handle = NULL;                      \
    }

RELEASE(repository, repository, git_repository_free)
RELEASE(object, object, git_object_free)
RELEASE(commit, commit, git_commit_free)
RELEASE(tree, tree, git_tree_free)
RELEASE(tree_entry, tree_entry, git_tree_entry_free)
RELEASE(treebuilder, treebuilder, git_treebuilder_free)
RELEASE(index, index, git_index_free)
RELEASE(config, config, git_config_free)
RELEASE(config_iterator, config_iterator, git_config_iterator_free)
RELEASE(reference, reference, git_reference_free)
RELEASE(reference_iterator, reference_iterator, git_reference_iterator_free)
RELEASE(diff, diff, git_diff_free)
RELEASE(odb, odb, git_odb_free)
RELEASE(filters, filter_list, git_filter_list_free)
RELEASE(signature, signature, git_signature_free)
RELEASE(walk, revwalk, git_revwalk_free)
