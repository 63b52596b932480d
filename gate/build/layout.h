/* A layout: compiler and linker flags that put the same code in other places.
 *
 * Where a loop happens to lie can make it a third slower or faster without a change of
 * its own; whatever grew or shrank before it moved it there. So a build is made once more
 * with flags that move everything: other alignments of functions and loops, a random
 * number of bytes that are never run in front of each function, functions in the order of
 * their names. Both sides get the same flags, since what they share can't be the change's
 * doing. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gate/base/attributes.h"

struct error;
struct strvec;

/* Flags separated by blanks; all three mean the same layout. { 0 } is "none". */
struct layout {
    char *compile; /* for gcc and clang; also where both compile and link */
    char *link;    /* what the linker needs beside them; may be "" */
    char *rust;    /* for rustc */
};
#define AUTO_LAYOUT AUTO(layout_clear)

/* The layout of that number, from 0: a function of seed and number alone. The caller's.
 */
void layout_draw(uint64_t seed, size_t number, struct layout *out);
void layout_clear(struct layout *layout);

/* Makes the layout part of a recipe's environment of "NAME=value": PAWL_LAYOUT_CFLAGS,
 * PAWL_LAYOUT_LDFLAGS and PAWL_LAYOUT_RUSTFLAGS hold its flags, and CFLAGS, CXXFLAGS,
 * LDFLAGS and RUSTFLAGS get them behind what they hold already, or, where they are
 * unset, behind what the build in the tree would set them to (own_flags.h). tree: where a
 * build of the same commit stands. */
void layout_add_to(const struct layout *layout,
                   const char *tree,
                   struct strvec *environment);

/* What a bench executes: its command with all placeholders filled in, and the names,
 * relative to the tree, of its programs as the config states them; may be empty. */
struct layout_bench {
    const struct strvec *argv;
    const struct strvec *binaries;
};

/* Whether the flags reached what the bench runs: *reaches is set to whether a build in
 * layout_tree differs, in the machine's eyes (elf_file.h), from the usual one of the same
 * commit in tree. Only its programs and the trees' shared objects count where it is known
 * what it executes (argv[0] may be a program in the tree); else all programs. */
int layout_reaches(const char *tree,
                   const char *layout_tree,
                   const struct layout_bench *bench,
                   bool *reaches,
                   struct error *err) MUST_CHECK;
