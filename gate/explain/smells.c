#include "gate/explain/smells.h"

#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/path.h"
#include "gate/base/units.h"
#include "gate/explain/profile_pair.h"
#include "gate/explain/smell_rule.h"
#include "gate/verdict/explanation.h"

#define FILES_OF_RULES 6

const struct costs *smell_costs(const struct smell_evidence *evidence, enum side side)
{
    bool is_profiled = evidence->pair && evidence->pair->diff.functions.count &&
                       profile_pair_has_calls(evidence->pair);
    return is_profiled ? &evidence->pair->costs[side] : NULL;
}

bool smell_knows_n(const struct smell_evidence *evidence)
{
    return isfinite(evidence->n) && evidence->n > 0;
}

bool smell_costs_more(const struct smell_evidence *evidence)
{
    const struct costs *base = smell_costs(evidence, SIDE_BASE);
    const struct costs *head = smell_costs(evidence, SIDE_HEAD);
    return base && head && head->total > base->total;
}

double smell_share(const struct costs *costs, uint32_t function)
{
    return (double)costs->functions.items[function].inclusive / (double)costs->total;
}

static void add_times(struct str *text, double calls)
{
    units_add_count(text, calls);
    str_add(text, calls > 0.5 && calls < 1.5 ? " time" : " times");
}

static const char *name_of(const struct costs *costs, uint32_t function)
{
    return function == COSTS_NONE ? "" : costs->functions.items[function].name;
}

static const char *callee_of(const struct costs *costs, const struct smell *of)
{
    return of->called ? of->called : name_of(costs, of->site.callee);
}

static void
add_caller(struct str *text, const struct costs *costs, const struct smell *of)
{
    const struct call_site *site = &of->site;
    if (site->caller == COSTS_NONE)
        return;
    str_addf(text, ", by '%s' (%s", name_of(costs, site->caller),
             path_is_absolute(site->file) ? path_base(site->file) : site->file);
    if (site->line)
        str_addf(text, ":%u", site->line);
    str_add(text, ")");
    if (site->loop == site->caller)
        str_add(text, " in a loop");
    else if (site->loop != COSTS_NONE)
        str_addf(text, " in a loop of '%s'", name_of(costs, site->loop));
}

/* "'regcomp' is called 300 times where it was 1, by 'find' (a.c:12) in a loop of 'main':
 * 92 % of the instructions" */
static void add_calls(struct str *text, const struct costs *costs, const struct smell *of)
{
    str_addf(text, "'%s' is called ", callee_of(costs, of));
    add_times(text, of->figure);
    if (fabs(of->other - of->figure) < 0.5)
        str_add(text, ", as before");
    else if (of->other > 0) {
        str_add(text, " where it was ");
        units_add_count(text, of->other);
    }
    add_caller(text, costs, of);
    if (isfinite(of->share))
        str_addf(text, ": %.0f %% of the instructions", of->share * 100);
}

static void take(const struct smell_evidence *evidence,
                 const struct smell_rule *rule,
                 const struct smell *of,
                 bool is_new,
                 struct explanation *explanation)
{
    const struct costs *costs = smell_costs(evidence, SIDE_HEAD);
    AUTO_STR struct str says = STR_INIT;
    if (of->site.callee != COSTS_NONE)
        add_calls(&says, costs, of);
    str_addf(&says, "%s%s", says.length && of->figures.length ? "; " : "",
             of->figures.data);
    uint32_t loop = of->site.loop == of->site.caller ? COSTS_NONE : of->site.loop;
    *array_push(&explanation->smells) = (struct explained_smell){
        .rule = xstrdup(rule->name),
        .is_new = is_new,
        .function = xstrdup(callee_of(costs, of)),
        .caller = xstrdup(name_of(costs, of->site.caller)),
        .file = xstrdup(of->site.file ? of->site.file : ""),
        .line = of->site.line,
        .loop = xstrdup(name_of(costs, loop)),
        .base = of->other,
        .head = of->figure,
        .share = of->share,
        .says = str_detach(&says),
        .look_at = xstrdup(rule->look_at),
    };
}

static struct smell nothing(void)
{
    return (struct smell){
        .site = { .callee = COSTS_NONE, .caller = COSTS_NONE, .loop = COSTS_NONE },
        .share = (double)NAN,
        .figures = STR_INIT
    };
}

static bool holds_on_base(const struct smell_evidence *evidence,
                          const struct smell_rule *rule,
                          const char *bench_id)
{
    struct smell smell = nothing();
    bool holds = rule->holds(evidence, bench_id, SIDE_BASE, &smell);
    str_clear(&smell.figures);
    return holds;
}

static bool is_named(const struct explanation *explanation, const char *function)
{
    for (size_t i = 0; *function && i < explanation->smells.count; i++)
        if (str_equal(explanation->smells.items[i].function, function))
            return true;
    return false;
}

static void ask(const struct smell_evidence *evidence,
                const struct smell_rules *rules,
                bool wants_new,
                struct explanation *explanation)
{
    for (size_t i = 0; i < rules->count; i++) {
        const struct smell_rule *rule = &rules->items[i];
        struct smell smell = nothing();
        if (rule->holds(evidence, explanation->bench_id, SIDE_HEAD, &smell)) {
            bool is_new = !holds_on_base(evidence, rule, explanation->bench_id);
            const char *function = callee_of(smell_costs(evidence, SIDE_HEAD), &smell);
            if (is_new == wants_new && !is_named(explanation, function))
                take(evidence, rule, &smell, is_new, explanation);
        }
        str_clear(&smell.figures);
    }
}

void smells_find(const struct smell_evidence *evidence, struct explanation *explanation)
{
    static const struct smell_rules *const files[FILES_OF_RULES] = {
        &smell_calls,  &smell_files,  &smell_sizes,
        &smell_growth, &smell_memory, &smell_kernel
    };
    for (int wants_new = 1; wants_new >= 0; wants_new--)
        for (size_t i = 0; i < FILES_OF_RULES; i++)
            ask(evidence, files[i], wants_new, explanation);
}
