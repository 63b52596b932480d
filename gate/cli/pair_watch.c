/* The thresholds stand, with their reasons, in docs/method.md. */
#include "gate/cli/pair_watch.h"

#include "gate/base/clock.h"

/* Steal above this share of a pair's time means that the hypervisor ran somebody else;
 * the counter moves in steps of 10 ms. */
#define STEAL_SHARE 0.05

/* Others than pawl and its runs used more than this share of all CPUs' time around a
 * pair: what is measured by the clock then had to wait for them. */
#define OTHERS_SHARE 0.5

/* Only what our own runs can't have caused is evidence: so not pressure, which a busy
 * program makes by itself, nor the load, nor the frequency. */
static enum discard judge(const struct pair *pair)
{
    const struct environment_change *around = &pair->around;
    int64_t took_ns = pair->sides[SIDE_BASE].wall_ns + pair->sides[SIDE_HEAD].wall_ns;
    if (around->suspended_ns > 0)
        return DISCARD_SUSPEND;
    if ((double)around->steal_ns > STEAL_SHARE * (double)took_ns)
        return DISCARD_STEAL;
    if (around->throttle_count > 0)
        return DISCARD_THROTTLE;
    return around->others_share > OTHERS_SHARE ? DISCARD_OTHERS : DISCARD_NONE;
}

void pair_watch_begin(struct pair_watch *watch, int cpu, int64_t own_ns)
{
    if (!watch->environment.root)
        watch->environment.root = "";
    environment_watch_begin(&watch->environment, cpu, clock_cpu_ns() + own_ns);
}

void pair_watch_end(struct pair_watch *watch, int cpu, int64_t own_ns, struct pair *pair)
{
    pair->around =
        environment_watch_end(&watch->environment, cpu, clock_cpu_ns() + own_ns);
    pair->discard = judge(pair);
}
