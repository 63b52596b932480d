#include "gate/experiment/waiting.h"

#include <math.h>
#include <stdbool.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/experiment/experiment.h"
#include "gate/stats/robust.h"

/* Of the wall time of the run itself, for it is the run that waited: what a harness
 * prints is the time of one operation out of millions. */
static double share_of(const struct pair *pair, enum side side)
{
    return pair_value(pair, side, METRIC_RUN_QUEUE_WAIT) /
           pair_level(METRIC_WALL, (double)pair->sides[side].wall_ns * 1e-9);
}

double waiting_share(const struct trial *trial)
{
    AUTO_FREE double *shares = xcalloc(2 * trial->pairs.count + 1, sizeof *shares);
    size_t count = 0;
    for (size_t i = 0; i < trial->pairs.count; i++) {
        const struct pair *pair = &trial->pairs.items[i];
        if (!pair_counts(pair))
            continue;
        for (enum side side = 0; side < SIDE_COUNT; side++) {
            shares[count] = share_of(pair, side);
            if (isnan(shares[count++]))
                return (double)NAN;
        }
    }
    return count ? robust_median(shares, count) : (double)NAN;
}

static bool is_judged_by_wall(const struct trial *trial)
{
    for (size_t i = 0; i < trial->row_count; i++)
        if (trial->rows[i].metric == METRIC_WALL)
            return true;
    return false;
}

void waiting_describe(const struct experiment *experiment, struct str *out)
{
    const struct trial *worst = NULL;
    double most = WAITING_SHARE;
    size_t count = 0;
    for (size_t i = 0; i < experiment->trials.count; i++) {
        const struct trial *trial = &experiment->trials.items[i];
        double share = is_judged_by_wall(trial) ? waiting_share(trial) : (double)NAN;
        if (isnan(share) || share <= WAITING_SHARE)
            continue;
        count++;
        if (share < most)
            continue;
        most = share;
        worst = trial;
    }
    if (!worst)
        return;
    str_add(out, "the machine was busy: runs of ");
    str_add_counted(out, count, "bench");
    str_addf(out,
             " judged by wall time waited for a CPU in more than %.0f %% of it (most: "
             "%s, %.0f %%)",
             WAITING_SHARE * 100, worst->plan.id, most * 100);
}
