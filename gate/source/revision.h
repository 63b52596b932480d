/* Commits, by whatever name git knows them. */
#pragma once

#include <stdint.h>

#include "gate/base/attributes.h"

struct error;
struct source;

/* An object id in hex, with its NUL. */
#define SOURCE_ID_SIZE 41

/* One commit, as plain text: a value that can be copied. */
struct revision {
    char commit[SOURCE_ID_SIZE];
    char tree[SOURCE_ID_SIZE];
    char subject[256];     /* first line of the message, cut between characters */
    char author[128];      /* name only */
    int64_t author_time_s; /* since the epoch */
    int64_t commit_time_s; /* likewise; the committer's, by which histories are sorted */
};

/* The commit that name stands for: an id, branch, tag, "HEAD~2", anything git rev-parse
 * takes for one commit. -1 with what to do about it where there is none. */
int source_resolve(struct source *source,
                   const char *name,
                   struct revision *out,
                   struct error *err) MUST_CHECK;

/* The first parent. -1 for a root commit and where a shallow clone ends. */
int source_parent(struct source *source,
                  const struct revision *of,
                  struct revision *out,
                  struct error *err) MUST_CHECK;
