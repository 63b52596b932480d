/* Requests as they come in from pawl. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "runners/spawner/protocol.h"

/* Memory for one request. Mapped, not allocated: only pages that requests use become
 * resident, as every run starts out with the spawner's peak memory. */
struct inbox {
    char *bytes; /* the request as received, and what came after it */
    size_t used;
    char **words; /* pointers into bytes */
};

/* A request taken apart; points into the inbox. */
struct run_request {
    char *const *arguments;
    char *const *environment;
    const char *directory;   /* NULL: stay */
    const char *stdin_path;  /* NULL: as it is (/dev/null) */
    const char *stdout_path; /* likewise */
    const char *stderr_path;
    int cpu; /* -1: any */
    bool is_raised;
    int64_t timeout_ns;
};

bool inbox_init(struct inbox *inbox);

/* Waits for the next run to do. False at the end of the socket, or where it speaks
 * nonsense. */
bool inbox_next(struct inbox *inbox, struct run_request *request);

/* Drops the run that inbox_next gave. */
void inbox_done(struct inbox *inbox);
