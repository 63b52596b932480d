/* What a run could have seen, and how much longer it would take to see more. Both are
 * estimates for people, from the normal approximation; no verdict hangs on them. */
#pragma once

#include <stddef.h>

/* The probability with which a change at the detection limit is called. */
#define DETECTION_POWER 0.9

/* The smallest true change (a log ratio) that n pairs would have called regressed with
 * probability DETECTION_POWER. half_width is half of the Hodges-Lehmann interval at the
 * confidence 1 - 2 alpha, alpha being the error rate that the row had at its last look
 * (false alarms after Bonferroni, times the look's weight). INFINITY where half_width
 * is: so few pairs can't call anything regressed. */
double detection_limit(double half_width, double alpha, double margin_log);

/* The same for n pairs not yet run, from the noise sd of d: what a row that stopped early
 * would have called regressed, had it had to go on to n. INFINITY where 2^-n is above
 * alpha. */
double detection_limit_at(size_t n, double sd, double margin_log, double alpha);

/* About how many pairs in all would decide a row with probability DETECTION_POWER, if the
 * true change is its estimate, the noise sd stays as it is, and alpha is the error rate
 * on the side of the margin where the estimate lies: the false-alarm rate above it, the
 * miss rate below it. INFINITY where the estimate is the margin itself. */
double
detection_pairs_needed(double estimate_log, double sd, double margin_log, double alpha);

/* The same for a row that is looked at while its pairs come in, and may have just as many
 * as it says: looks spend some of alpha before the last one. */
double detection_pairs_with_looks(double estimate_log,
                                  double sd,
                                  double margin_log,
                                  double alpha);

/* The planned look by which a row that may have max_pairs is decided with probability
 * DETECTION_POWER; where none is, detection_pairs_with_looks(). */
double detection_look_needed(
    double estimate_log, double sd, double margin_log, double alpha, size_t max_pairs);
