/* Days and times of the calendar, read from text: "2026-01-31", "2026-01-31T12:00:00Z".
 * Always in UTC, and always strict: a day that its month doesn't have is none.
 * gate/base/clock.h writes them. */
#pragma once

#include <stdint.h>

#include "gate/base/attributes.h"

/* Each reads the whole text and returns 0, or -1 with *out as it was. Seconds since 1970,
 * of a day its first one; years from 1970 to 9999. A leap second (23:59:60) is the second
 * that follows, as POSIX counts. */
int date_parse_day(const char *text, int64_t *out_s) MUST_CHECK;
int date_parse_time(const char *text, int64_t *out_s) MUST_CHECK;

/* What they accept, for error messages. */
#define DATE_DAY_EXAMPLE  "a day of the calendar such as \"2027-01-31\""
#define DATE_TIME_EXAMPLE "a time in UTC such as \"2026-01-31T12:00:00Z\""
