/* Scratch directories of a session: <cache>/sessions/<name>/a and .../b, one a side, of
 * equal length so that arguments made of them are. A lock beside tells the sessions that
 * are alive from those that were killed. */
#pragma once

#include "gate/base/attributes.h"
#include "gate/build/lock.h"

struct error;

/* SCRATCH_INIT is "none". */
struct scratch {
    char *directory; /* <cache>/sessions/<name>, absolute, without links: for files of
                      * both sides */
    char *base;      /* its a/ */
    char *head;      /* its b/ */
    struct lock lock;
};
#define SCRATCH_INIT ((struct scratch){ .lock = LOCK_INIT })
#define AUTO_SCRATCH AUTO(scratch_close)

/* Makes new ones, empty, and removes what killed sessions left. scratch must be
 * SCRATCH_INIT. */
int scratch_open(struct scratch *scratch, const char *cache_directory, struct error *err)
    MUST_CHECK;

/* Removes them with all that is in them. SCRATCH_INIT is fine, and left. */
void scratch_close(struct scratch *scratch);
