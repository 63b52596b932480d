/* Which commit a head is compared with when nobody named one. */
#pragma once

#include "gate/base/attributes.h"
#include "gate/source/revision.h"

struct error;
struct source;

struct base_choice {
    struct revision revision;
    char rule[512]; /* the reason, for people: "merge base of HEAD and origin/main" */
};

/* The best common ancestor of two commits. In a shallow clone it is sought in the history
 * that is there. */
int source_merge_base(struct source *source,
                      const struct revision *a,
                      const struct revision *b,
                      struct revision *out,
                      struct error *err) MUST_CHECK;

/* The merge base of head with the first of origin/HEAD, origin/main, origin/master that
 * exists, else with a local main or master that does not hold head yet, else head's
 * parent. Where the origin's branch already holds head, its parent too. head_name stands
 * for head in the rule and in messages. */
int source_find_base(struct source *source,
                     const struct revision *head,
                     const char *head_name,
                     struct base_choice *out,
                     struct error *err) MUST_CHECK;
