/* In which order commits came into a history. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gate/base/attributes.h"
#include "gate/base/strvec.h"
#include "gate/source/revision.h"

struct error;
struct source;

#define COMMIT_NOT_THERE SIZE_MAX

/* Sets positions[i] to how many commits the history of from has after wanted's i-th (a
 * full id): 0 for from itself; COMMIT_NOT_THERE where it is not in that history, or where
 * a shallow clone ends before it. first_parents: only from's first parent, that one's
 * first parent and so on are its history; else all commits, each after its parents (of a
 * shallow clone always the first parents, as far as they go). The walk ends with the
 * last one that is wanted. */
int source_order_commits(struct source *source,
                         const struct revision *from,
                         bool first_parents,
                         const struct strvec *wanted,
                         size_t *positions,
                         struct error *err) MUST_CHECK;
