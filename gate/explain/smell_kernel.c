/* Rules over what the kernel counted: medians of the rows. */
#include <math.h>

#include "gate/base/array.h"
#include "gate/base/units.h"
#include "gate/explain/smell_rule.h"
#include "gate/verdict/result.h"

/* docs/explain.md says why these. */
#define LEAST_WRITES       1000
#define SMALL_WRITE        256.0 /* bytes */
#define LEAST_SYSTEM_SHARE 0.5
#define WAS_SYSTEM_SHARE   0.4 /* on base: it did not come with the change */
#define LEAST_CPU_S        0.01

static double median_of(const struct smell_evidence *evidence,
                        const char *bench_id,
                        enum metric metric,
                        enum side side)
{
    const struct row *row =
        evidence->result ? rows_find_measured(&evidence->result->rows, bench_id, metric)
                         : NULL;
    if (!row)
        return (double)NAN;
    return side == SIDE_HEAD ? row->head_median : row->base_median;
}

static void add_writes(struct str *text, double calls, double bytes)
{
    units_add_count(text, calls);
    str_add(text, " of ");
    units_add_size(text, bytes / calls);
}

/* Where the profile has them: who writes. */
static void
find_writer(const struct smell_evidence *evidence, enum side side, struct smell *smell)
{
    static const char *const names[] = { "write", "write_nocancel", NULL };
    const struct costs *costs = smell_costs(evidence, side);
    uint32_t callee = costs ? call_site_most_called(costs, names) : COSTS_NONE;
    if (callee == COSTS_NONE || costs->functions.items[callee].calls < LEAST_WRITES)
        return;
    smell->site = call_site_of(costs, callee, false);
}

static bool writes_little(const struct smell_evidence *evidence,
                          const char *bench_id,
                          enum side side,
                          struct smell *smell)
{
    enum side other = side == SIDE_HEAD ? SIDE_BASE : SIDE_HEAD;
    double calls = median_of(evidence, bench_id, METRIC_WRITE_CALLS, side);
    double bytes = median_of(evidence, bench_id, METRIC_WRITTEN_BYTES, side);
    if (!(calls >= LEAST_WRITES) || !(bytes <= SMALL_WRITE * calls))
        return false;
    smell->figure = calls;
    smell->other = median_of(evidence, bench_id, METRIC_WRITE_CALLS, other);
    double other_bytes = median_of(evidence, bench_id, METRIC_WRITTEN_BYTES, other);
    str_add(&smell->figures, "writes: ");
    add_writes(&smell->figures, calls, bytes);
    str_add(&smell->figures, " on average");
    if (smell->other >= 1 && other_bytes >= 0) {
        str_add(&smell->figures, ", where they were ");
        add_writes(&smell->figures, smell->other, other_bytes);
    }
    find_writer(evidence, side, smell);
    return true;
}

static double
system_share(const struct smell_evidence *evidence, const char *bench_id, enum side side)
{
    double cpu = median_of(evidence, bench_id, METRIC_CPU, side);
    double system = median_of(evidence, bench_id, METRIC_SYSTEM, side);
    return cpu >= LEAST_CPU_S ? system / cpu : (double)NAN;
}

static bool is_in_the_kernel(const struct smell_evidence *evidence,
                             const char *bench_id,
                             enum side side,
                             struct smell *smell)
{
    enum side other = side == SIDE_HEAD ? SIDE_BASE : SIDE_HEAD;
    double least = side == SIDE_HEAD ? LEAST_SYSTEM_SHARE : WAS_SYSTEM_SHARE;
    smell->figure = system_share(evidence, bench_id, side);
    smell->other = system_share(evidence, bench_id, other);
    if (!(smell->figure >= least))
        return false;
    str_addf(&smell->figures, "%.0f %% of the CPU time is the kernel's",
             smell->figure * 100);
    if (isfinite(smell->other))
        str_addf(&smell->figures, ", where it was %.0f %%", smell->other * 100);
    return true;
}

static const struct smell_rule rules[] = {
    { "many small writes",
      "collect what is written in a buffer (setvbuf), and write it at "
      "once",
      writes_little },
    { "time in the kernel",
      "fewer and larger system calls; memory that is kept rather than "
      "mapped and unmapped",
      is_in_the_kernel },
};
const struct smell_rules smell_kernel = { rules, sizeof rules / sizeof *rules };
