/* Rules over how often anything is called, against n and against base. */
#include <math.h>

#include "gate/base/array.h"
#include "gate/base/units.h"
#include "gate/explain/profile_pair.h"
#include "gate/explain/smell_rule.h"

/* docs/explain.md says why these. Shares are of all instructions. */
#define LEAST_CALLS            1000
#define LEAST_N                16
#define PART_OF_SQUARE         0.125 /* half of all pairs, each once in four */
#define MORE_OF_SQUARE         4
#define LEAST_SHARE            0.05
#define LEAST_CALLS_NO_N       10000
#define MORE_CALLS             10
#define LEAST_ALLOCATIONS      100
#define LEAST_ALLOCATIONS_NO_N 10000
#define ALLOCATIONS_OF_N       0.5
#define MORE_ALLOCATIONS       2
#define LEAST_ALLOCATION_SHARE 0.01

/* Of the C library, what is mostly called by hand. */
static const char *const by_hand[] = { "strlen", "strcmp",  "strncmp", "strcasecmp",
                                       "memcmp", "strstr",  "strchr",  "memchr",
                                       "memcpy", "memmove", "strcpy",  "strcat",
                                       NULL };

/* Its usual name; NULL where it is none of them. */
static const char *name_by_hand(const struct costs_function *function)
{
    for (size_t i = 0; by_hand[i]; i++)
        if (call_site_is_named(function, by_hand[i]))
            return by_hand[i];
    return NULL;
}

/* Calls of it that somebody wrote; without debug information that can't be told. */
static double
calls_by_hand(const struct smell_evidence *evidence, enum side side, uint32_t function)
{
    const struct costs *costs = smell_costs(evidence, side);
    if (function == COSTS_NONE || !costs)
        return 0;
    return evidence->pair->has_lines ? (double)call_site_from_tree(costs, function)
                                     : (double)costs->functions.items[function].calls;
}

bool smell_is_one_to_watch(const struct smell_evidence *evidence, uint32_t function)
{
    const struct costs_function *of =
        &smell_costs(evidence, SIDE_HEAD)->functions.items[function];
    return of->is_in_tree || name_by_hand(of);
}

/* So many pairs of n rows can't be looked at by chance. */
static bool
is_like_square(const struct smell_evidence *evidence, double head, double base)
{
    double n = evidence->n;
    return smell_knows_n(evidence) && n >= LEAST_N && head >= LEAST_CALLS &&
           head >= PART_OF_SQUARE * n * n && head >= MORE_OF_SQUARE * base;
}

static bool is_far_more(double head, double base)
{
    return base > 0 && head >= LEAST_CALLS_NO_N && head >= MORE_CALLS * base;
}

/* Head's function that costs most by itself among those that are called too often. */
static bool
find_grown(const struct smell_evidence *evidence, bool by_square, struct smell *smell)
{
    const struct costs *head = smell_costs(evidence, SIDE_HEAD);
    const struct profile_diff *diff = &evidence->pair->diff;
    uint64_t most = 0;
    for (size_t i = 0; i < diff->functions.count; i++) {
        const struct function_diff *item = &diff->functions.items[i];
        const struct function_costs *side = &item->sides[SIDE_HEAD];
        if (side->function == COSTS_NONE || item->sides[SIDE_HEAD].self < most ||
            !smell_is_one_to_watch(evidence, side->function) ||
            smell_share(head, side->function) < LEAST_SHARE)
            continue;
        double calls = calls_by_hand(evidence, SIDE_HEAD, side->function);
        double before =
            calls_by_hand(evidence, SIDE_BASE, item->sides[SIDE_BASE].function);
        if (by_square ? !is_like_square(evidence, calls, before)
                      : !is_far_more(calls, before))
            continue;
        most = side->self;
        smell->site = call_site_of(head, side->function, evidence->pair->has_lines);
        smell->called = name_by_hand(&head->functions.items[side->function]);
        smell->figure = calls;
        smell->other = before;
        smell->share = smell_share(head, side->function);
    }
    return smell->site.callee != COSTS_NONE;
}

static bool grows_like_square(const struct smell_evidence *evidence,
                              const char *bench_id,
                              enum side side,
                              struct smell *smell)
{
    (void)bench_id;
    if (side == SIDE_BASE || !smell_costs_more(evidence) ||
        !find_grown(evidence, true, smell))
        return false;
    str_add(&smell->figures, "n is ");
    units_add_count(&smell->figures, evidence->n);
    str_addf(&smell->figures, ", that is n^%.1f", log(smell->figure) / log(evidence->n));
    return true;
}

static bool is_called_far_more(const struct smell_evidence *evidence,
                               const char *bench_id,
                               enum side side,
                               struct smell *smell)
{
    (void)bench_id;
    return side == SIDE_HEAD && smell_costs_more(evidence) &&
           find_grown(evidence, false, smell);
}

static bool is_too_many(const struct smell_evidence *evidence, double head, double base)
{
    double least = smell_knows_n(evidence)
                       ? fmax(LEAST_ALLOCATIONS, ALLOCATIONS_OF_N * evidence->n)
                       : LEAST_ALLOCATIONS_NO_N;
    return head - base >= least && head >= MORE_ALLOCATIONS * base;
}

static double allocations_on(const struct smell_evidence *evidence,
                             enum side side,
                             const char *const *names,
                             uint32_t *most)
{
    const struct costs *costs = smell_costs(evidence, side);
    double sum = 0;
    double largest = -1;
    for (uint32_t i = 0; i < costs->functions.count; i++)
        for (size_t name = 0; names[name]; name++) {
            if (!call_site_is_named(&costs->functions.items[i], names[name]))
                continue;
            double calls = calls_by_hand(evidence, side, i);
            sum += calls;
            if (calls > largest)
                *most = i;
            largest = fmax(calls, largest);
        }
    return sum;
}

/* Of the tree's own code, which debug information tells: libraries allocate as they must.
 */
static bool allocates_a_row(const struct smell_evidence *evidence,
                            const char *bench_id,
                            enum side side,
                            struct smell *smell)
{
    static const char *const names[] = { "malloc",           "calloc",  "realloc",
                                         "strdup",           "strndup", "operator new(*",
                                         "operator new[](*", NULL };
    uint32_t most = COSTS_NONE;
    uint32_t ignored = COSTS_NONE;
    (void)bench_id;
    const struct costs *head = smell_costs(evidence, SIDE_HEAD);
    if (side == SIDE_BASE || !smell_costs_more(evidence) || !evidence->pair->has_lines)
        return false;
    smell->figure = allocations_on(evidence, SIDE_HEAD, names, &most);
    smell->other = allocations_on(evidence, SIDE_BASE, names, &ignored);
    if (most == COSTS_NONE || !is_too_many(evidence, smell->figure, smell->other) ||
        smell_share(head, most) < LEAST_ALLOCATION_SHARE)
        return false;
    smell->site = call_site_of(head, most, true);
    smell->share = smell_share(head, most);
    return true;
}

static const struct smell_rule rules[] = {
    { "calls like n squared",
      "something is looked for by trying all: an index, or a sorted list, asks less",
      grows_like_square },
    { "called far more often",
      "a loop was put around it, or it looks at more: is it needed "
      "each time?",
      is_called_far_more },
    { "an allocation a row", "keep one buffer for all rows, or allocate them together",
      allocates_a_row },
};
const struct smell_rules smell_growth = { rules, sizeof rules / sizeof *rules };
