/* Whether the runs that are measured come before the machine's other work: with the nice
 * value -20, and so their session's group where the kernel shares out CPUs by sessions
 * (sched_autogroup_enabled). Found out once, as the spawner is opened. */
#pragma once

#include <stdbool.h>

#include "gate/base/attributes.h"

struct priority {
    bool is_raised;
    bool is_groups; /* the group's value too; else the kernel has no groups, or trouble */
    int trouble;    /* an errno: why it is not raised, or the group's is not; or 0 */
    int usual_nice; /* what pawl was started with, and everything else runs with */
};

/* "nice value -20, that of their session too: runs come before other work"; or why they
 * don't. The caller's. */
char *priority_describe(const struct priority *priority) MUST_CHECK;
