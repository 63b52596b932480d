#include "gate/verdict/waivers_settle.h"

#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"

/* "up to 5 % until 2027-01-31 (anna: faster start matters more)" */
static void add_terms(struct str *out, const struct waiver_result *waiver)
{
    str_addf(out, "up to %s until %s (%s: %s)", waiver->up_to, waiver->until,
             waiver->owner, waiver->reason);
}

static void add_waived(struct str *out, const struct waiver_result *waiver)
{
    str_add(out, waiver->is_added ? "waived by this change itself: " : "waived: ");
    add_terms(out, waiver);
}

static void add_exceeded(struct str *out, const struct waiver_result *waiver)
{
    str_add(out, "more than is waived: ");
    add_terms(out, waiver);
}

static void add_ended(struct str *out, const struct waiver_result *waiver)
{
    str_addf(out, "its waiver ended on %s (up to %s; %s: %s)", waiver->until,
             waiver->up_to, waiver->owner, waiver->reason);
}

/* Puts text, which is taken over, before the reason that there is. */
static void put_before(char **reason, struct str *text)
{
    if (*reason && **reason)
        str_addf(text, "; %s", *reason);
    free(*reason);
    *reason = str_detach(text);
}

/* The margin as a share of base's median, as the row's own is shown. */
static double share_of(const struct margin *margin, const struct row *row)
{
    double level = row->base_median;
    if (margin->floor <= 0)
        return margin->share;
    return level > 0 ? fmax(margin->share, margin->floor / level) : (double)INFINITY;
}

/* How much worse it may be, by the 95 % interval. Where larger is better, margins say how
 * far base may be above head. */
static double worst_change(const struct row *row)
{
    if (!metric_info(row->metric)->larger_is_better)
        return row->change_high;
    return row->change_low > -1 ? -row->change_low / (1 + row->change_low)
                                : (double)INFINITY;
}

/* Within what is accepted: ok in its own right, or only as waived. */
static enum waiver_outcome settle_within(const struct waiver_result *waiver,
                                         const struct margin *own,
                                         struct row *row)
{
    struct str reason = STR_INIT;
    double margin = share_of(own, row);
    if (worst_change(row) <= margin)
        return WAIVER_UNNEEDED;
    add_waived(&reason, waiver);
    if (isfinite(margin))
        str_addf(&reason, "; its own margin is %.3g %%", margin * 100);
    row->verdict = VERDICT_WAIVED;
    put_before(&row->reason, &reason);
    return WAIVER_HOLDS;
}

static enum waiver_outcome settle_waived(const struct waiver_result *waiver,
                                         const struct margin *own,
                                         struct row *row)
{
    struct str reason = STR_INIT;
    switch (row->verdict) {
    case VERDICT_OK:
        return settle_within(waiver, own, row);
    case VERDICT_REGRESSED:
        add_exceeded(&reason, waiver);
        put_before(&row->reason, &reason);
        return WAIVER_EXCEEDED;
    case VERDICT_INCONCLUSIVE:
        str_add(&reason, "whether it is more than is waived (up to ");
        str_addf(&reason, "%s) is open", waiver->up_to);
        put_before(&row->reason, &reason);
        return WAIVER_OPEN;
    case VERDICT_LAYOUT_SENSITIVE:
        return WAIVER_OPEN;
    case VERDICT_IMPROVED:
    case VERDICT_IDENTICAL:
    case VERDICT_WAIVED:
        return WAIVER_UNNEEDED;
    case VERDICT_NONE:
    case VERDICT_NEW:
    case VERDICT_REMOVED:
    case VERDICT_MISSING:
    case VERDICT_FAILED:
    case VERDICT_COUNT:
        break;
    }
    return WAIVER_IDLE;
}

static enum waiver_outcome settle_unwaived(const struct waiver_result *waiver,
                                           struct row *row)
{
    struct str reason = STR_INIT;
    if (row->verdict == VERDICT_REGRESSED && waiver->is_over) {
        add_ended(&reason, waiver);
        put_before(&row->reason, &reason);
        return WAIVER_ENDED;
    }
    bool is_fine = row->verdict == VERDICT_OK || row->verdict == VERDICT_IMPROVED ||
                   row->verdict == VERDICT_IDENTICAL;
    return is_fine ? WAIVER_UNNEEDED : WAIVER_IDLE;
}

enum waiver_outcome waiver_settle_row(const struct waiver_result *waiver,
                                      const struct margin *own,
                                      struct row *row)
{
    return own ? settle_waived(waiver, own, row) : settle_unwaived(waiver, row);
}

/* What fails the gate and is not shown to be beyond what was accepted is waived. */
static enum waiver_outcome
settle_failing(const struct waiver_result *waiver, bool is_beyond, char **reason)
{
    struct str text = STR_INIT;
    enum waiver_outcome outcome = WAIVER_HOLDS;
    if (waiver->is_over) {
        outcome = WAIVER_ENDED;
        add_ended(&text, waiver);
    } else if (is_beyond) {
        outcome = WAIVER_EXCEEDED;
        add_exceeded(&text, waiver);
    } else {
        add_waived(&text, waiver);
    }
    put_before(reason, &text);
    return outcome;
}

enum waiver_outcome waiver_settle_growth(const struct waiver_result *waiver,
                                         double up_to,
                                         struct growth_result *growth)
{
    if (!growth_is_worse(growth))
        return growth->outcome == GROWTH_CANNOT_TELL ? WAIVER_IDLE : WAIVER_UNNEEDED;
    enum waiver_outcome outcome =
        settle_failing(waiver, growth->difference.low > up_to, &growth->reason);
    if (outcome == WAIVER_HOLDS)
        growth->outcome = GROWTH_WAIVED;
    return outcome;
}

static bool is_beyond(const struct goal_result *goal, double limit)
{
    return metric_info(goal->metric)->larger_is_better ? goal->high < limit
                                                       : goal->low > limit;
}

enum waiver_outcome waiver_settle_goal(const struct waiver_result *waiver,
                                       double limit,
                                       struct goal_result *goal)
{
    if (!goal_is_missed_anew(goal))
        return goal->outcome == GOAL_CANNOT_TELL || goal->outcome == GOAL_ELSEWHERE
                   ? WAIVER_IDLE
                   : WAIVER_UNNEEDED;
    enum waiver_outcome outcome =
        settle_failing(waiver, is_beyond(goal, limit), &goal->reason);
    if (outcome == WAIVER_HOLDS)
        goal->outcome = GOAL_WAIVED;
    return outcome;
}
