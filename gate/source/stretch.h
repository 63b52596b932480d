/* The commits between two: what a search for a culprit walks through. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "gate/base/attributes.h"
#include "gate/source/revision.h"

struct error;
struct source;

struct stretch_commit {
    struct revision revision;
    size_t *parents; /* those that are in the stretch, by index, git's order. Owned */
    size_t parent_count;
    bool is_merge; /* of several parents, in the stretch or not */
};

/* Parents come before their children. */
struct stretch {
    struct stretch_commit *items;
    size_t count;
    size_t capacity;
};
void stretch_clear(struct stretch *stretch);
#define AUTO_STRETCH AUTO(stretch_clear)

/* Fills the empty stretch with what can be reached from `to`, which comes last, and not
 * from `from`: as git rev-list from..to. With first_parents, only those that are reached
 * by first parents alone, a line. -1 with ERROR_USAGE where both are one commit, and,
 * naming the merge base, where from is not among to's ancestors. */
int source_stretch(struct source *source,
                   const struct revision *from,
                   const struct revision *to,
                   bool first_parents,
                   struct stretch *out,
                   struct error *err) MUST_CHECK;
