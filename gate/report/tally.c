#include "gate/report/tally.h"

#include <math.h>

#include "gate/base/str.h"

const char *tally_worse(enum metric metric)
{
    switch (metric_info(metric)->unit) {
    case METRIC_UNIT_SECONDS:
        return "slower";
    case METRIC_UNIT_BYTES:
        return "larger";
    case METRIC_UNIT_RATE:
        return "slower";
    case METRIC_UNIT_COUNT:
    case METRIC_UNIT_PLAIN:
        return "worse";
    }
    return "worse";
}

/* The word for all judged rows with the verdict, or for all judged rows. */
static const char *common_word(const struct result *result, bool only_regressed)
{
    const char *word = NULL;
    for (size_t i = 0; i < result->rows.count; i++) {
        const struct row *row = &result->rows.items[i];
        if (!row->is_judged || (only_regressed && row->verdict != VERDICT_REGRESSED))
            continue;
        const char *own = tally_worse(row->metric);
        if (word && !str_equal(word, own))
            return "worse";
        word = own;
    }
    return word ? word : "worse";
}

static void tally_row(struct tally *tally, const struct row *row)
{
    if (!row->is_judged) {
        tally->shown_only++;
        return;
    }
    tally->rows[row->verdict]++;
    tally->judged += row->verdict != VERDICT_NEW && row->verdict != VERDICT_REMOVED &&
                     row->verdict != VERDICT_FAILED && row->verdict != VERDICT_MISSING;
    if (row->verdict == VERDICT_REGRESSED && !isnan(row->change) &&
        fabs(row->change) > fabs(tally->worst_change))
        tally->worst_change = row->change;
}

static void tally_goal(struct tally *tally, const struct goal_result *goal)
{
    tally->goals_missed += goal_is_missed_anew(goal);
    tally->goals_waived += goal->outcome == GOAL_WAIVED;
}

static void tally_growth(struct tally *tally, const struct growth_result *growth)
{
    tally->growths_waived += growth->outcome == GROWTH_WAIVED;
    if (!growth_is_worse(growth))
        return;
    if (!tally->growths_worse || growth->head.exponent > tally->worst_exponent) {
        tally->worst_exponent = growth->head.exponent;
        tally->worst_exponent_was = growth->base.exponent;
    }
    tally->growths_worse++;
}

static void tally_creep(struct tally *tally, const struct row *row)
{
    if (!row->is_judged)
        return;
    tally->creep_judged += row->verdict != VERDICT_NEW && row->verdict != VERDICT_FAILED;
    tally->creep_undecided += row->verdict == VERDICT_INCONCLUSIVE;
    if (row->verdict != VERDICT_REGRESSED)
        return;
    tally->crept++;
    if (!isnan(row->change) && fabs(row->change) > fabs(tally->worst_creep))
        tally->worst_creep = row->change;
}

struct tally tally_of(const struct result *result)
{
    struct tally tally = { 0 };
    for (size_t i = 0; i < result->rows.count; i++)
        tally_row(&tally, &result->rows.items[i]);
    for (size_t i = 0; i < result->benches.count; i++)
        tally.benches[result->benches.items[i].verdict]++;
    for (size_t i = 0; i < result->goals.count; i++)
        tally_goal(&tally, &result->goals.items[i]);
    for (size_t i = 0; i < result->rows.count; i++)
        tally.unconfirmed += result->rows.items[i].verdict == VERDICT_INCONCLUSIVE &&
                             result_confirming(result, &result->rows.items[i]);
    for (size_t i = 0; i < result->growths.count; i++)
        tally_growth(&tally, &result->growths.items[i]);
    for (size_t i = 0; result->creep && i < result->creep->rows.count; i++)
        tally_creep(&tally, &result->creep->rows.items[i]);
    tally.worse = common_word(result, tally.rows[VERDICT_REGRESSED] > 0);
    return tally;
}
