/* Times as sessions have them. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Whether a text is a time as recorded_at has it: "2026-11-26T21:14:00Z". */
bool session_time_is_valid(const char *text);
/* Seconds since 1970 of such a time. */
int64_t session_time_s(const char *text);
