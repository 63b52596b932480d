/* Builds with debug information, which says what source line each instruction is of. */
#pragma once

#include <stdbool.h>

#include "gate/base/attributes.h"

struct error;
struct layout_bench;

/* Whether a program that the bench may run was built without: *are_missing. */
int debug_lines_missing(const char *tree,
                        const struct layout_bench *bench,
                        bool *are_missing,
                        struct error *err) MUST_CHECK;

/* Whether a build of the same with debug information is the same program: *is_same.
 * Compilers make the same code with and without it; recipes that lose flags of their own
 * when others are set don't. */
int debug_build_is_same(const char *tree,
                        const char *debug_tree,
                        const struct layout_bench *bench,
                        bool *is_same,
                        struct error *err) MUST_CHECK;
