#include "gate/verdict/judge.h"

/* A goal that base met and head misses is a step back like any other; one that base
 * missed too is not this change's doing. */
static bool misses_a_goal_anew(const struct result *result)
{
    for (size_t i = 0; i < result->goals.count; i++) {
        if (goal_is_missed_anew(&result->goals.items[i]))
            return true;
    }
    return false;
}

static enum verdict worst_of(const struct result *result)
{
    enum verdict worst = result->benches.count ? VERDICT_NEW : VERDICT_NONE;
    for (size_t i = 0; i < result->benches.count; i++) {
        if (result->benches.items[i].verdict > worst)
            worst = result->benches.items[i].verdict;
    }
    return worst;
}

/* A growth that can't be told holds nothing up, as a goal that can't does. */
static enum verdict verdict_of(const struct result *result)
{
    enum verdict worst = worst_of(result);
    enum verdict creep = result_creep_verdict(result);
    if (result_discrediting(result))
        return VERDICT_FAILED;
    if (creep >= VERDICT_INCONCLUSIVE && creep > worst)
        worst = creep;
    return worst < VERDICT_REGRESSED && result_growths_worse(result) ? VERDICT_REGRESSED
                                                                     : worst;
}

void judge_gate(const struct judge_policy *policy, struct result *result)
{
    result->verdict = verdict_of(result);
    if (result->verdict == VERDICT_NONE || result->verdict == VERDICT_FAILED ||
        result->verdict == VERDICT_MISSING)
        result->exit = GATE_NOT_MEASURED;
    else if (result->verdict == VERDICT_REGRESSED || misses_a_goal_anew(result) ||
             (policy->fails_on_layout && result_count(result, VERDICT_LAYOUT_SENSITIVE)))
        result->exit = GATE_REGRESSED;
    else if (result->verdict == VERDICT_INCONCLUSIVE && policy->fails_on_inconclusive)
        result->exit = GATE_INCONCLUSIVE;
    else
        result->exit = GATE_PASS;
}
