/* How long runs waited for a CPU: what makes wall times of a busy machine long. */
#pragma once

struct experiment;
struct str;
struct trial;

/* From this share of its wall time on a bench is said to have waited. */
#define WAITING_SHARE 0.05

/* Median over all runs that count of both sides, as a share of how long the whole run
 * took, whatever it printed; NAN where there are none or the kernel doesn't tell. */
double waiting_share(const struct trial *trial);

/* Appends one sentence where benches that are judged by wall time have waited: how many,
 * and which most. Else nothing. */
void waiting_describe(const struct experiment *experiment, struct str *out);
