/* What completion offers of a repository. */
#pragma once

#include "gate/cli/completion.h"

/* Branches and tags, and the benches of the work tree's pawl.json with the names of their
 * benchmarks; nothing is built. */
extern const struct completion_source completion_repository;
