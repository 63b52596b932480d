/* Sampled stacks, as "perf script -F pid,period,ip,sym,dso,srcline" writes them, made a
 * profile in callgrind's format, for which there is a reader. */
#pragma once

#include "gate/base/attributes.h"

struct error;
struct stack_tree;

/* Reads the stacks at `from` and writes a profile to `to`: a sample costs 1, in the
 * innermost function and line; each call that was under way costs 1 once, however often
 * it stands in the stack (recursion). Code without a name is "???". What runs for
 * less than the time between two samples has none, and an empty profile. The whole stacks
 * go into tree, which is empty before, and the caller's to clear. */
int stacks_convert(const char *from,
                   const char *to,
                   struct stack_tree *tree,
                   struct error *err) MUST_CHECK;
