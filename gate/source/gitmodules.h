/* What .gitmodules says. Private to gate/source. */
#pragma once

#include <stdbool.h>

#include "gate/base/attributes.h"
#include "gate/source/git_auto.h"

struct error;

/* Reads the file of a worktree; *out is the caller's, NULL where there is none. A
 * symbolic link counts as none, as in git. */
int gitmodules_open(git_config **out, const char *work_tree, struct error *err)
    MUST_CHECK;

/* The name of the submodule at path; NULL where none stands there, and where the name
 * would lead out of .git/modules. The caller's. */
char *gitmodules_find_name(git_config *modules, const char *path) MUST_CHECK;

/* True where a config has submodule.<name>.update = none. */
bool gitmodules_switches_off(git_config *config, const char *name);
