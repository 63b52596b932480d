/* What is counted apart: instructions where the machine has no counters, and allocations.
 * Only where something asks for it, a margin or a goal, for it takes its time. */
#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/log.h"
#include "gate/base/str.h"
#include "gate/cli/check.h"

static bool has_goal(const struct benchmark *benchmark, enum metric metric)
{
    for (size_t g = 0; g < benchmark->goal_count; g++) {
        const struct goal *goal = &benchmark->goals[g];
        for (size_t i = 0; i < goal->limit_count; i++)
            if (goal->limits[i].metric == metric)
                return true;
    }
    return false;
}

static bool is_asked_for(const struct benchmark *benchmark, uint64_t metrics)
{
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++) {
        if (metrics & METRIC_BIT(metric) &&
            (benchmark->margins[metric].is_gated || has_goal(benchmark, metric)))
            return true;
    }
    return false;
}

bool check_counts(const struct check_stage *stage,
                  const struct check_bench *listed,
                  enum counting counting)
{
    uint64_t metrics = counter_metrics(counting);
    if (listed->bench->benchmark->format) /* a harness turns until it knows enough */
        return false;
    /* The control is about the machine, on which counts do not hang. */
    if (stage->family == FAMILY_CONTROL)
        return false;
    if (counting == COUNTING_CALLGRIND && (listed->told & metrics))
        return false;
    return is_asked_for(listed->bench->benchmark, metrics);
}

static size_t count_trials(const struct experiment *experiment, enum counting counting)
{
    size_t count = 0;
    for (size_t i = 0; i < experiment->trials.count; i++)
        count += experiment->trials.items[i].plan.counting == counting;
    return count;
}

static const char *what_is_counted(enum counting counting)
{
    if (counting == COUNTING_SYSCALLS)
        return "system calls";
    if (counting == COUNTING_SAMPLES)
        return "samples";
    if (counting == COUNTING_HEAP)
        return "what is left on the heap";
    return counting == COUNTING_CALLGRIND ? "instructions" : "allocations";
}

/* The gate must not pass for what it could not see. */
static void
fail_trials(struct experiment *experiment, enum counting counting, const char *why_not)
{
    AUTO_FREE char *why =
        str_format("%s can't be counted: %s", what_is_counted(counting), why_not);
    log_warning("%s", why);
    for (size_t i = 0; i < experiment->trials.count; i++)
        if (experiment->trials.items[i].plan.counting == counting)
            experiment_fail(experiment, i, why);
}

static void announce(enum counting counting, size_t count)
{
    AUTO_STR struct str line = STR_INIT;
    str_addf(&line, "counting %s of ", what_is_counted(counting));
    str_add_counted(&line, count, "bench");
    if (counting == COUNTING_CALLGRIND)
        str_addf(&line, " under callgrind: about %d times as slow", CALLGRIND_SLOWDOWN);
    else
        str_add(&line, ", in runs of their own");
    log_step("%s", line.data);
}

int check_open_counter(struct check *check,
                       struct experiment *experiment,
                       struct error *err)
{
    for (enum counting counting = COUNTING_NONE + 1; counting < COUNTING_COUNT;
         counting++) {
        size_t count = count_trials(experiment, counting);
        if (!count)
            continue;
        if (counter_open(&check->counter, counting, check->cache_directory,
                         check->spawner, &check->environment, err) < 0)
            return -1;
        const char *why_not = counter_why_not(&check->counter, counting);
        if (why_not)
            fail_trials(experiment, counting, why_not);
        else
            announce(counting, count);
    }
    return 0;
}
