/* What the machine did while it was measured, in words. */
#include <math.h>

#include "gate/base/str.h"
#include "gate/base/units.h"
#include "gate/report/phrase.h"

static const char *const reasons[DISCARD_COUNT] = {
    [DISCARD_STEAL] = "as the hypervisor took CPU time from this machine",
    [DISCARD_SUSPEND] = "as the machine slept meanwhile",
    [DISCARD_THROTTLE] = "as the CPU was too hot and slowed down",
    [DISCARD_OTHERS] = "as other programs used more than half of the CPUs",
    [DISCARD_COLLISION] = "as a side failed that ran at the same time as the other",
};

void phrase_add_discards(struct str *out, const struct result *result)
{
    size_t counts[DISCARD_COUNT] = { 0 };
    size_t discarded = 0;
    size_t all = 0;
    for (size_t i = 0; i < result->benches.count; i++) {
        const struct pairs *pairs = &result->benches.items[i].pairs;
        all += pairs_counted(pairs) + pairs_discarded(pairs);
        discarded += pairs_discarded(pairs);
        for (enum discard why = DISCARD_STEAL; why < DISCARD_COUNT; why++)
            counts[why] += pairs_discarded_for(pairs, why);
    }
    if (!discarded)
        return;
    units_add_count(out, (double)discarded);
    str_add(out, " of ");
    phrase_add_count(out, all, "pair");
    str_add(out, discarded == 1 ? " was thrown away" : " were thrown away");
    bool is_first = true;
    for (enum discard why = DISCARD_STEAL; why < DISCARD_COUNT; why++) {
        if (!counts[why])
            continue;
        str_add(out, is_first ? ": " : ", ");
        is_first = false;
        units_add_count(out, (double)counts[why]);
        str_addf(out, " %s", reasons[why]);
    }
}

void phrase_add_together(struct str *out, const struct result *result)
{
    size_t count = 0;
    for (size_t i = 0; i < result->benches.count; i++)
        count += result->benches.items[i].is_together;
    if (!count)
        return;
    str_add(out, "Both sides of ");
    phrase_add_count(out, count, "benchmark");
    str_add(out,
            " ran at the same time, on one CPU, and were compared by their CPU time");
}

/* Sums and extremes over all pairs that were watched. */
struct summary {
    double span_ns;
    double pressure_ns[PRESSURE_COUNT];
    double pressure_span_ns[PRESSURE_COUNT]; /* of the pairs that tell it */
    double others_sum;
    double others_most;
    double others_count;
    double load_least;
    double load_most;
    double lowest_hz;
    double highest_hz;
    double throttle_count;
};

static void add_pair(struct summary *summary, const struct environment_change *around)
{
    double span_ns = (double)around->span_ns;
    bool is_first = summary->span_ns <= 0;
    summary->span_ns += span_ns;
    for (enum pressure what = 0; what < PRESSURE_COUNT; what++) {
        if (around->pressure_ns[what] < 0)
            continue;
        summary->pressure_ns[what] += (double)around->pressure_ns[what];
        summary->pressure_span_ns[what] += span_ns;
    }
    if (around->others_share >= 0) {
        summary->others_sum += around->others_share;
        summary->others_most = fmax(summary->others_most, around->others_share);
        summary->others_count++;
    }
    summary->load_least =
        is_first ? around->load_average : fmin(summary->load_least, around->load_average);
    summary->load_most = fmax(summary->load_most, around->load_average);
    if (around->lowest_hz > 0) {
        double lowest_hz = (double)around->lowest_hz;
        summary->lowest_hz =
            summary->lowest_hz > 0 ? fmin(summary->lowest_hz, lowest_hz) : lowest_hz;
        summary->highest_hz = fmax(summary->highest_hz, (double)around->highest_hz);
    }
    summary->throttle_count += (double)around->throttle_count;
}

static void summarize(const struct result *result, struct summary *summary)
{
    for (size_t i = 0; i < result->benches.count; i++) {
        const struct pairs *pairs = &result->benches.items[i].pairs;
        for (size_t p = 0; p < pairs->count; p++) {
            if (pairs->items[p].around.span_ns > 0)
                add_pair(summary, &pairs->items[p].around);
        }
    }
}

static void add_pressure(struct str *out, const struct summary *summary)
{
    static const char *const names[PRESSURE_COUNT] = {
        [PRESSURE_CPU] = "a CPU", [PRESSURE_IO] = "I/O", [PRESSURE_MEMORY] = "memory"
    };
    bool is_first = true;
    for (enum pressure what = 0; what < PRESSURE_COUNT; what++) {
        if (summary->pressure_span_ns[what] <= 0)
            continue;
        double share = summary->pressure_ns[what] / summary->pressure_span_ns[what];
        str_addf(out,
                 is_first ? "; some task, of ours or not, waited for %s " : ", for %s ",
                 names[what]);
        is_first = false;
        str_addf(out, "%.0f %%", fmin(share, 1) * 100);
    }
    str_add(out, is_first ? "; no pressure figures (/proc/pressure) on this machine"
                          : " of the time");
}

void phrase_add_surroundings(struct str *out, const struct result *result)
{
    struct summary summary = { 0 };
    summarize(result, &summary);
    if (summary.span_ns <= 0)
        return;
    str_addf(out, "load average %.2f to %.2f", summary.load_least, summary.load_most);
    if (summary.others_count > 0)
        str_addf(out, "; other programs used %.0f %% of the CPUs, at most %.0f %%",
                 summary.others_sum / summary.others_count * 100,
                 summary.others_most * 100);
    add_pressure(out, &summary);
    if (summary.lowest_hz > 0)
        str_addf(out, "; the CPU ran at %.2f to %.2f GHz", summary.lowest_hz / 1e9,
                 summary.highest_hz / 1e9);
    if (summary.throttle_count > 0)
        str_addf(out, "; it was too hot and slowed down %.0f times",
                 summary.throttle_count);
}
