/* Does the built program still do what it should? The config's verify commands, run in
 * the built tree. */
#pragma once

#include "gate/base/attributes.h"

struct build_request;
struct builder;
struct built_side;
struct error;
struct recipe;

/* Runs verify in side's tree, with the build's environment; side_name is "base" or
 * "head". -1 with ERROR_BENCHMARK and "verifying head failed: 'ctest' exited with 8; ..."
 * and the end of its output.
 *
 * What verify writes into the tree (test binaries, logs, caches) belongs to the build
 * from then on: the entry is sealed anew after success. After a failure it is not, so a
 * tree that was changed by then is built again the next time. Two processes never verify
 * in one tree at the same time. */
int verify_side(const struct builder *builder,
                const struct built_side *side,
                const struct recipe *verify,
                const char *side_name,
                struct error *err) MUST_CHECK;
