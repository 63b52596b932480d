/* Are two built sides the same program with the same inputs? Then no timing can tell them
 * apart but by chance, and none is needed.
 *
 * Only what can be shown counts; in doubt the answer is "not identical" and the bench is
 * measured. Equal means: the same bytes, but for the path of the tree, the build id and
 * debug information that is not loaded (elf_file.h). */
#pragma once

#include <stdbool.h>

#include "gate/base/attributes.h"
#include "gate/base/strvec.h"

struct error;
struct str;

/* What two trees have in common, found once and asked for each bench. */
struct identical {
    char *base_tree;
    char *head_tree;
    struct strvec changed_paths; /* between the commits, both names of what was renamed */
    bool are_trees_equal; /* every program and shared object, and every file that may be
                           * data, is in both trees and equal; no changed path is data */
    char *reason;         /* the sentence for it */
};
#define AUTO_IDENTICAL AUTO(identical_clear)

/* Compares the trees. -1 where one can't be read. */
int identical_compare(const char *base_tree,
                      const char *head_tree,
                      const struct strvec *changed_paths,
                      struct identical *out,
                      struct error *err) MUST_CHECK;
void identical_clear(struct identical *identical);

/* The answer for one bench, with a sentence appended to why. argv is its command with all
 * placeholders filled in (of either side). binaries are the names, relative to the tree,
 * of what it executes, as the config states; empty where it does not.
 *
 * With binaries: all of them must be equal. Without: argv[0] must be a program inside the
 * tree, and the trees equal. Both ways, what words of argv name inside the tree ("x",
 * "--file=x") must be equal, too, and no path may have changed below a directory named
 * so. */
bool identical_bench(const struct identical *identical,
                     const struct strvec *argv,
                     const struct strvec *binaries,
                     struct str *why);
