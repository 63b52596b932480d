/* libgit2's handles as locals that free themselves. Private to gate/source. */
#pragma once

#include <git2.h>

#include "gate/base/attributes.h"

void release_repository(git_repository **handle);
void release_object(git_object **handle);
void release_commit(git_commit **handle);
void release_tree(git_tree **handle);
void release_tree_entry(git_tree_entry **handle);
void release_treebuilder(git_treebuilder **handle);
void release_index(git_index **handle);
void release_config(git_config **handle);
void release_config_iterator(git_config_iterator **handle);
void release_reference(git_reference **handle);
void release_reference_iterator(git_reference_iterator **handle);
void release_diff(git_diff **handle);
void release_odb(git_odb **handle);
void release_filters(git_filter_list **handle);
void release_signature(git_signature **handle);
void release_walk(git_revwalk **handle);

#define AUTO_REPOSITORY         AUTO(release_repository)
#define AUTO_OBJECT             AUTO(release_object)
#define AUTO_COMMIT             AUTO(release_commit)
#define AUTO_TREE               AUTO(release_tree)
#define AUTO_TREE_ENTRY         AUTO(release_tree_entry)
#define AUTO_TREEBUILDER        AUTO(release_treebuilder)
#define AUTO_INDEX              AUTO(release_index)
#define AUTO_GIT_CONFIG         AUTO(release_config)
#define AUTO_CONFIG_ITERATOR    AUTO(release_config_iterator)
#define AUTO_REFERENCE          AUTO(release_reference)
#define AUTO_REFERENCE_ITERATOR AUTO(release_reference_iterator)
#define AUTO_DIFF               AUTO(release_diff)
#define AUTO_ODB                AUTO(release_odb)
#define AUTO_FILTERS            AUTO(release_filters)
#define AUTO_SIGNATURE          AUTO(release_signature)
#define AUTO_WALK               AUTO(release_walk)
#define AUTO_GIT_BUF            AUTO(git_buf_dispose)
