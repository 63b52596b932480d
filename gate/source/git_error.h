/* libgit2's last error as ours, taken on the spot. Private to gate/source. */
#pragma once

#include <stdbool.h>

#include "gate/base/attributes.h"

struct error;

/* Sets "<what failed>: <libgit2's reason>". A full disk is ERROR_SYSTEM, all else
 * ERROR_GIT. Always -1. */
int git_failed(struct error *err, const char *format, ...) PRINTF_LIKE(2, 3);

/* True when libgit2's last call failed because an object is not in the database. */
bool git_object_is_missing(int result);

/* libgit2's reason for its last failure; "unknown reason" where it kept silent. */
const char *git_reason(void);
