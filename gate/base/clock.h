/* Time that passes evenly, for durations and budgets. Runs of benchmarks are timed by the
 * spawner, as near to them as can be. */
#pragma once

#include <stdint.h>

/* CLOCK_MONOTONIC in nanoseconds; only differences mean anything. */
int64_t clock_now_ns(void);

/* CPU time of this process so far. */
int64_t clock_cpu_ns(void);
