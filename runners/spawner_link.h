/* pawl's end of the line to its spawner; for spawner.c and process.c. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "gate/base/str.h"
#include "runners/accounting.h"
#include "runners/cgroup.h"
#include "runners/priority.h"
#include "runners/process.h"

struct spawner {
    int socket;           /* -1 once the line is dead */
    pid_t pid;            /* -1 once it has been waited for */
    struct cgroup cgroup; /* of what it runs */
    struct accounting accounting;
    struct priority priority;
    struct str message; /* of the run under way; kept for its memory */
    bool is_running;    /* a run was started, and its reply has not come yet */
    bool is_too_long;   /* the run that was started is more than any kernel takes */
};

/* Both return 0, or -1 with ERROR_SYSTEM saying how the spawner ended. */
int spawner_send(struct spawner *spawner,
                 const void *bytes,
                 size_t length,
                 struct error *err) MUST_CHECK;

/* Receives exactly length bytes. Where may_interrupt, also -1 with ERROR_INTERRUPTED when
 * a signal asks us to end; the bytes may then still come. */
int spawner_receive(struct spawner *spawner,
                    void *bytes,
                    size_t length,
                    bool may_interrupt,
                    struct error *err) MUST_CHECK;
