/* Does a benchmark grow faster than it may, or than it did? Judged over its sizes, from
 * the pairs that the result holds. Pure. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "gate/config/bench.h"
#include "gate/verdict/result.h"

/* The part of a gate's false-alarm rate that belongs to growth where any is stated. The
 * rows have the rest, so that the rate holds for all of them together. */
#define GROWTH_SHARE_OF_ERRORS 0.1

/* Whether any of the benches has a growth that can be judged. */
bool growth_is_stated(const struct benches *benches);

struct growth_errors {
    double false_alarm; /* for the growth of all benchmarks together */
    double miss;        /* of one */
};

/* Adds to the result how each benchmark that states a growth grows, one entry for each
 * combination of its other parameters and each metric: what it is timed by (instructions
 * where they are judged, else CPU time, or wall time where a size is judged by that) is
 * held against the stated ceiling and against base's growth, its other judged metrics
 * against base's alone. The result has its benches and rows already.
 *
 * Sizes that were not measured (failed, missing, new, the same bytes on both sides, not
 * asked for) are left out; with fewer than three nothing is called ok. */
void growth_judge(const struct benches *benches,
                  const struct growth_errors *errors,
                  struct result *result);

/* Judges growths that were judged in parts, all of them together: corrects what they are
 * held against, and settles those for which that makes a difference. */
void growth_judge_again(const struct growth_errors *errors,
                        struct growth_results *growths);

/* What has to be measured of a bench to look once more at the growths that fail the gate:
 * METRIC_BIT of those that it is gated by, for a time of both. 0 where it is no size of
 * such a growth. */
uint64_t growth_metrics_again(const struct result *result,
                              const struct benches *benches,
                              const char *bench_id);

/* What a second measurement says of the growths that fail the gate: judges them by the
 * confirmation's benches alone, in a family of their own. They fail it only where that
 * finds the same; else they can't be told, and the reason shows both. The rows that were
 * measured for them alone are then no longer judged. */
void growth_confirm(const struct benches *benches,
                    const struct growth_errors *errors,
                    struct result *result);
