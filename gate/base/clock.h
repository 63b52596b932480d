/* Time that passes evenly, for durations and budgets, and the calendar. Runs of
 * benchmarks are timed by the spawner, as near to them as can be. */
#pragma once

#include <stdint.h>

#include "gate/base/attributes.h"

/* CLOCK_MONOTONIC in nanoseconds; only differences mean anything. */
int64_t clock_now_ns(void);

/* CPU time of this process so far. */
int64_t clock_cpu_ns(void);

/* What the calendar says now, RFC 3339 in UTC: "2026-01-31T12:00:00Z". The caller's. */
char *clock_utc(void) MUST_CHECK;
/* The same so many nanoseconds ago. */
char *clock_utc_before(int64_t age_ns) MUST_CHECK;

/* The same for names of files and folders: "20260131-120000". The caller's. */
char *clock_stamp(void) MUST_CHECK;
