/* The cgroup that runs live in, where pawl has made one for us (runners/cgroup.h). */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "runners/spawner/protocol.h"

struct leaf {
    int directory; /* to clone processes into: SPAWNER_CGROUP, or later one below it; -1:
                    * there is none, and the rest is unset */
    int stat_file;
    uint32_t killed; /* how often; names the directory */
    bool is_spoiled; /* killed since it was made */
    int64_t user_ns; /* of all that ever ran in it */
    int64_t system_ns;
};

/* Takes SPAWNER_CGROUP, and lets a first process live in it. False, with an empty leaf
 * and errno, where there is none or that can't be. */
bool leaf_open(struct leaf *leaf);

/* Replaces CPU times by what the leaf has used since it was asked last. */
void leaf_take_cpu_time(struct leaf *leaf, struct spawner_usage *usage);

/* Kills everything in it. */
void leaf_kill(struct leaf *leaf);

/* To be called before a process is made in it, when nothing lives in it: where it was
 * killed, makes another. (Linux 6.18, for one, kills whatever is cloned into a cgroup
 * that was killed before.) */
void leaf_renew(struct leaf *leaf);
