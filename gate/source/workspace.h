/* The directory into which GitHub Actions checks a project out. In a container its files
 * often belong to another user than the one who runs there, and the entry in git's
 * configuration by which actions/checkout trusts them is gone when it ends. Private to
 * gate/source. */
#pragma once

#include <stdbool.h>

/* True in a step of GitHub Actions, for $GITHUB_WORKSPACE itself and what lies in it. */
bool workspace_holds(const char *directory);

/* The same, where the directory belongs to another user. */
bool workspace_holds_foreign(const char *directory);
