/* Times as sessions have them. */
#pragma once

#include <stdint.h>

/* Seconds since 1970 of "2026-11-26T21:14:00Z", which must be valid
 * (session_time_is_valid). */
int64_t session_time_s(const char *text);
