/* How many of what a result holds: what reports sum up. */
#pragma once

#include <stddef.h>

#include "gate/verdict/result.h"

/* What a result holds, counted. Of rows, only judged ones count; failed and missing are
 * benchmarks, since those have no numbers for rows. */
struct tally {
    size_t rows[VERDICT_COUNT];
    size_t benches[VERDICT_COUNT];
    size_t judged;       /* rows that could be: neither new, failed nor missing */
    size_t shown_only;   /* rows that are not judged */
    size_t goals_missed; /* on head and not on base */
    size_t growths_worse;
    size_t growths_waived;
    size_t goals_waived;
    double worst_exponent; /* of head, among those; and what it was on base */
    double worst_exponent_was;
    size_t crept; /* rows, since the anchor */
    double worst_creep;
    size_t creep_judged;
    size_t creep_undecided;
    size_t unconfirmed;  /* rows that regressed at first and not with fresh builds */
    double worst_change; /* of the regressed rows */
    const char *worse;   /* "slower", "larger" or "worse": as all regressed rows are, or,
                          * where none is, as judged rows could be */
};
struct tally tally_of(const struct result *result);

/* What a worse value of the metric is called: "slower", "larger" or "worse". */
const char *tally_worse(enum metric metric);
