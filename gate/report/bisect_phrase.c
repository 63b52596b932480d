/* The words of a bisection. */
#include <math.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/base/units.h"
#include "gate/report/bisect_report.h"
#include "gate/report/headline.h"
#include "gate/report/phrase.h"
#include "gate/verdict/bisect_result.h"

static void add_row(struct str *out, const struct bisect_result *result)
{
    str_addf(out, "%s %s", result->bench_id, metric_name(result->metric));
}

static void add_change(struct str *out, double change, double low, double high)
{
    phrase_add_change(out, change);
    str_add(out, " ");
    phrase_add_interval(out, low, high);
}

static void add_whole(struct str *out, const struct bisect_result *result)
{
    add_change(out, result->change, result->change_low, result->change_high);
}

/* 99.95 % is not 100 %. */
static void add_probability(struct str *out, double probability)
{
    double shown = floor(probability * 1000) / 10;
    str_addf(out, "%.*f %%", shown < 99 ? 0 : 1, shown < 99 ? floor(shown) : shown);
}

static void add_found(struct str *out, const struct bisect_result *result)
{
    str_addf(out, "%.10s made ", result->suspects.items[0].commit);
    add_row(out, result);
    str_addf(out, " %s", tally_worse(result->metric));
    if (!result->has_own) {
        str_add(out, ".");
        return;
    }
    str_add(out, ": ");
    add_change(out, result->own_change, result->own_low, result->own_high);
    str_add(out, " against its parent.");
}

static void add_range(struct str *out, const struct bisect_result *result)
{
    str_addf(out, "One of %zu commits made ", result->suspects.count);
    add_row(out, result);
    str_addf(out, " %s; which of them can't be told.", tally_worse(result->metric));
}

static void add_ends(struct str *out, const struct bisect_result *result)
{
    str_add(out, ": bad against good is ");
    add_whole(out, result);
    str_add(out, ".");
}

static void add_same(struct str *out, const struct bisect_result *result)
{
    str_add(out, "No difference: ");
    add_row(out, result);
    if (isnan(result->change)) {
        str_add(out, " runs the same bytes at good and at bad.");
        return;
    }
    str_add(out, " is not worse at bad than at good by half its margin of ");
    phrase_add_share(out, result->margin);
    add_ends(out, result);
}

void bisect_add_answer(struct str *out, const struct bisect_result *result)
{
    switch (result->state) {
    case BISECT_FOUND:
        add_found(out, result);
        return;
    case BISECT_RANGE:
        add_range(out, result);
        return;
    case BISECT_SAME:
        add_same(out, result);
        return;
    case BISECT_BETTER:
        str_add(out, "Nothing to find: ");
        add_row(out, result);
        str_add(out, " is better at bad than at good");
        add_ends(out, result);
        return;
    case BISECT_UNCLEAR:
        str_add(out, "Not decided: whether ");
        add_row(out, result);
        str_add(out, " differs can't be told in these pairs");
        add_ends(out, result);
        return;
    case BISECT_SCATTERED:
        str_add(out, "No single commit made ");
        add_row(out, result);
        str_addf(out, " %s", tally_worse(result->metric));
        add_ends(out, result);
        return;
    case BISECT_UNTOLD:
        str_add(out, "Could not compare good with bad by ");
        add_row(out, result);
        str_addf(out, ": %s", result->reason);
        return;
    case BISECT_UNDER_WAY:
    case BISECT_STATE_COUNT:
        return;
    }
}

/* What the culprit leaves of the whole. */
static void add_share(struct str *out, const struct bisect_result *result)
{
    double share = bisect_result_share(result);
    str_add(out, " From good to bad it is ");
    add_whole(out, result);
    if (isnan(share)) {
        str_add(out, ".");
        return;
    }
    /* The whole, as far as its own interval tells. */
    if (share > 0.9 ||
        (result->own_low <= result->change && result->change <= result->own_high)) {
        str_add(out, ": all of it, as far as that can be told.");
        return;
    }
    str_addf(out, ": this commit makes about %.0f %% of that, others made the rest.",
             100 * fmax(share, 0));
}

static void add_unmeasured_culprit(struct str *out, const struct bisect_result *result)
{
    if (result->state == BISECT_FOUND && *result->suspects.items[0].reason)
        str_addf(out, " It could not be measured against its parent: %s.",
                 result->suspects.items[0].reason);
    else if (result->has_own && result->own_low <= 0 && result->own_high >= 0)
        str_add(out, " Against its parent it shows no difference for sure.");
}

static void add_merge(struct str *out, const struct bisect_result *result)
{
    if (result->suspects.items[0].is_merge && result->by_first_parents)
        str_addf(out,
                 " It is a merge: 'pawl bisect --all-parents --good %.10s^ --bad %.10s' "
                 "looks among what it brought.",
                 result->suspects.items[0].commit, result->suspects.items[0].commit);
}

void bisect_add_detail(struct str *out, const struct bisect_result *result)
{
    switch (result->state) {
    case BISECT_FOUND:
        str_add(out, "The probability that it is the right one is ");
        add_probability(out, result->probability);
        str_add(out, " or more.");
        add_unmeasured_culprit(out, result);
        add_share(out, result);
        add_merge(out, result);
        return;
    case BISECT_RANGE:
        str_add(out, "The probability that it is one of them is ");
        add_probability(out, result->probability);
        str_add(out, " or more. From good to bad it is ");
        add_whole(out, result);
        str_add(out, ".");
        return;
    case BISECT_SCATTERED:
        str_add(out, "Where the answers changed, a commit and its parent show no "
                     "difference: it came in steps too small to be seen one by one, or "
                     "by where code came to lie in each build.");
        return;
    case BISECT_SAME:
    case BISECT_BETTER:
    case BISECT_UNCLEAR:
    case BISECT_UNTOLD:
    case BISECT_UNDER_WAY:
    case BISECT_STATE_COUNT:
        return;
    }
}

void bisect_add_cost(struct str *out, const struct bisect_result *result)
{
    size_t skipped = bisect_result_skipped(result);
    phrase_add_count(out, bisect_result_measured(result), "comparison");
    str_add(out, " of ");
    phrase_add_count(out, result->pair_count, "pair");
    str_add(out, " in all");
    if (skipped) {
        str_add(out, ", ");
        phrase_add_count(out, skipped, "commit");
        str_add(out, " passed over");
    }
    str_add(out, ", took ");
    units_add_duration(out, (double)result->elapsed_ns * 1e-9);
}
