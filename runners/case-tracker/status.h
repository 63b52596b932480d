/* Where a case stands, and where it may go from there:
 *
 *   DRAFT <-> SUBMITTED -> UNDER_REVIEW <-> ESCALATED
 *                               |               |
 *                               +--> CLOSED <---+     (nothing leaves CLOSED) */
#pragma once

#include <stdbool.h>

#include "gate/base/attributes.h"

struct error;

enum status {
    STATUS_DRAFT,
    STATUS_SUBMITTED,
    STATUS_UNDER_REVIEW,
    STATUS_ESCALATED,
    STATUS_CLOSED,
};
#define STATUS_COUNT 5

/* "UNDER_REVIEW". */
const char *status_name(enum status status);

/* 0 and *status for exactly one of the names, else -1 and *status as it was. One look at
 * the length and one comparison, whatever the name: the suite's status-list is the loop
 * over a list. */
int status_find(const char *name, enum status *status) MUST_CHECK;

/* The same with "unknown status 'X', allowed are DRAFT, ..." where it is none. */
int status_parse(const char *name, enum status *status, struct error *err) MUST_CHECK;

bool status_may_become(enum status from, enum status to);

/* Where status may go, as "UNDER_REVIEW or CLOSED"; "" for CLOSED. */
const char *status_next_names(enum status from);
