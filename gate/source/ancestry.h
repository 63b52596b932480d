/* The commits behind one commit, and between two. */
#pragma once

#include <stddef.h>

#include "gate/base/attributes.h"
#include "gate/source/revision.h"

struct error;
struct source;

/* How an older commit stands to a younger one. */
enum ancestry {
    ANCESTRY_SAME,     /* they are one */
    ANCESTRY_ANCESTOR, /* the younger one descends from it */
    ANCESTRY_NONE,     /* it does not */
    ANCESTRY_CUT_OFF   /* the clone is shallow, and its history does not tell */
};

struct revisions {
    struct revision *items;
    size_t count;
    size_t capacity;
};
void revisions_clear(struct revisions *revisions);
#define AUTO_REVISIONS AUTO(revisions_clear)

int source_ancestry(struct source *source,
                    const struct revision *older,
                    const struct revision *younger,
                    enum ancestry *out,
                    struct error *err) MUST_CHECK;

/* Appends the commits that younger has behind it and older has not, younger itself first,
 * each before its parents; at most so many. In a shallow clone those that are there. */
int source_list_between(struct source *source,
                        const struct revision *older,
                        const struct revision *younger,
                        size_t most,
                        struct revisions *out,
                        struct error *err) MUST_CHECK;

/* Appends the commit and its first parent, that one's first parent and so on, at most so
 * many, down to the first commit or to where a shallow clone ends. */
int source_list_first_parents(struct source *source,
                              const struct revision *of,
                              size_t most,
                              struct revisions *out,
                              struct error *err) MUST_CHECK;
