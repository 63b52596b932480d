/* One run, from its request to its reply. */
#pragma once

#include <sys/types.h>

#include "runners/spawner/means.h"
#include "runners/spawner/request.h"

/* What a run is watched with. SIGCHLD must be blocked. */
struct watch {
    int signal_fd; /* a non-blocking signalfd of SIGCHLD */
    pid_t pawl;    /* our parent, as long as it lives */
    struct means means;
};

/* Starts the request's program, watches it (and pawl), reaps it and what it left behind,
 * and fills in the reply. Does not return where pawl has gone meanwhile. */
void run(const struct run_request *request,
         struct watch *watch,
         struct spawner_reply *reply);
