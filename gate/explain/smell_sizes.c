/* Rules over two sizes of one benchmark: how calls grow with n. */
#include <math.h>

#include "gate/base/units.h"
#include "gate/explain/profile_pair.h"
#include "gate/explain/smell_rule.h"

/* docs/explain.md says why these. */
#define LEAST_N        8
#define LEAST_RATIO    2 /* of the two n */
#define LEAST_CALLS    1000
#define LEAST_EXPONENT 1.5
#define MORE_EXPONENT  0.3
#define LEAST_SHARE    0.05

bool smell_knows_sizes(const struct smell_evidence *evidence)
{
    double n = evidence->n;
    double other = evidence->other_n;
    return smell_knows_n(evidence) && isfinite(other) && other >= LEAST_N &&
           n >= LEAST_N && fmax(n, other) >= LEAST_RATIO * fmin(n, other) &&
           evidence->other_costs[SIDE_BASE] && evidence->other_costs[SIDE_HEAD];
}

double smell_calls_at_other(const struct smell_evidence *evidence,
                            enum side side,
                            uint32_t function)
{
    const struct costs *costs = smell_costs(evidence, side);
    if (!smell_knows_sizes(evidence) || !costs || function == COSTS_NONE)
        return (double)NAN;
    const struct costs_function *of = &costs->functions.items[function];
    uint32_t found = costs_find(evidence->other_costs[side], of->name, of->file);
    return found == COSTS_NONE
               ? 0
               : (double)evidence->other_costs[side]->functions.items[found].calls;
}

double
smell_exponent(const struct smell_evidence *evidence, enum side side, uint32_t function)
{
    double there = smell_calls_at_other(evidence, side, function);
    const struct costs *costs = smell_costs(evidence, side);
    if (!isfinite(there))
        return (double)NAN;
    double here = (double)costs->functions.items[function].calls;
    /* One that is not called at a size counts as called once: log 0 is no exponent. */
    return log(fmax(here, 1) / fmax(there, 1)) / log(evidence->n / evidence->other_n);
}

static void add_at(struct str *text, double calls, double n)
{
    units_add_count(text, calls);
    str_add(text, " at n = ");
    units_add_count(text, n);
}

void smell_add_sizes(const struct smell_evidence *evidence,
                     enum side side,
                     uint32_t function,
                     struct str *text)
{
    double there = smell_calls_at_other(evidence, side, function);
    if (!isfinite(there))
        return;
    double here = (double)smell_costs(evidence, side)->functions.items[function].calls;
    bool is_smaller = evidence->other_n < evidence->n;
    str_add(text, text->length ? "; " : "");
    add_at(text, is_smaller ? there : here, is_smaller ? evidence->other_n : evidence->n);
    str_add(text, ", ");
    add_at(text, is_smaller ? here : there, is_smaller ? evidence->n : evidence->other_n);
    str_addf(text, ": n^%.1f", smell_exponent(evidence, side, function));
}

static double most_calls(const struct smell_evidence *evidence, uint32_t function)
{
    const struct costs *costs = smell_costs(evidence, SIDE_HEAD);
    return fmax((double)costs->functions.items[function].calls,
                smell_calls_at_other(evidence, SIDE_HEAD, function));
}

/* Whether head calls it like n^1.5 or steeper, and base did not. */
static bool is_too_steep(const struct smell_evidence *evidence,
                         const struct function_diff *item)
{
    uint32_t function = item->sides[SIDE_HEAD].function;
    if (function == COSTS_NONE || !smell_is_one_to_watch(evidence, function) ||
        smell_share(smell_costs(evidence, SIDE_HEAD), function) < LEAST_SHARE ||
        most_calls(evidence, function) < LEAST_CALLS)
        return false;
    double head = smell_exponent(evidence, SIDE_HEAD, function);
    uint32_t before = item->sides[SIDE_BASE].function;
    double base = smell_exponent(evidence, SIDE_BASE, before);
    return head >= LEAST_EXPONENT && !(head - base < MORE_EXPONENT);
}

static bool grows_faster(const struct smell_evidence *evidence,
                         const char *bench_id,
                         enum side side,
                         struct smell *smell)
{
    const struct costs *head = smell_costs(evidence, SIDE_HEAD);
    const struct function_diff *most = NULL;
    (void)bench_id;
    if (side == SIDE_BASE || !smell_knows_sizes(evidence) || !smell_costs_more(evidence))
        return false;
    for (size_t i = 0; i < evidence->pair->diff.functions.count; i++) {
        const struct function_diff *item = &evidence->pair->diff.functions.items[i];
        if (is_too_steep(evidence, item) &&
            (!most || item->sides[SIDE_HEAD].self > most->sides[SIDE_HEAD].self))
            most = item;
    }
    if (!most)
        return false;
    uint32_t function = most->sides[SIDE_HEAD].function;
    smell->site = call_site_of(head, function, evidence->pair->has_lines);
    smell->figure = (double)most->sides[SIDE_HEAD].calls;
    smell->other = (double)most->sides[SIDE_BASE].calls;
    smell->share = smell_share(head, function);
    smell_add_sizes(evidence, SIDE_HEAD, function, &smell->figures);
    double base = smell_exponent(evidence, SIDE_BASE, most->sides[SIDE_BASE].function);
    if (isfinite(base))
        str_addf(&smell->figures, ", where it was n^%.1f", base);
    return true;
}

static const struct smell_rule rules[] = {
    { "calls grow faster than n",
      "something is looked for by trying all, or scanned again: an index, or what was "
      "found kept",
      grows_faster },
};
const struct smell_rules smell_sizes = { rules, sizeof rules / sizeof *rules };
