/* What callgrind_annotate says of a profile, beside what profile_read read. */
#pragma once

#include <stdbool.h>

#include "runners/callgrind/profile.h"

struct reading;

/* Fails the test unless each row of callgrind_annotate's list of functions (made with
 * --threshold=100 --show-percs=no --auto=no) has the costs that the profile has, for
 * every event, and the rows together have all of the profile's. Rows of --inclusive=yes
 * are those of calls: functions that nobody called are passed over. Returns the rows that
 * were compared. */
size_t
annotated_check(const struct profile *profile, const char *text, bool is_inclusive);

/* The figure of the first event before "PROGRAM TOTALS". */
uint64_t annotated_total(const char *text);

/* Reads the profile, and compares it with what callgrind_annotate says of it now: each
 * function's own costs, its costs with calls, and the totals. Fails where no more than
 * least functions could be compared either way. */
void annotated_compare(struct reading *reading, const char *path, size_t least);
