/* The spawner's priority, which runs inherit where they are to come before the machine's
 * other work, and which the others are rid of. */
#pragma once

#include <stdbool.h>

#include "runners/spawner/clone.h"
#include "runners/spawner/protocol.h"

struct priority_raise {
    bool is_raised;
    int usual_nice; /* what we were started with */
};

/* Raises our own priority, and that of our session's group, where we may; in a session of
 * our own. */
void priority_raise(struct priority_raise *raise, struct spawner_hello *hello);

/* In a child: back to what we were started with, in a session of its own, for that has a
 * group of its own, too. The child then leads its process group. */
ON_CHILD_STACK void priority_lower(const struct priority_raise *raise);
