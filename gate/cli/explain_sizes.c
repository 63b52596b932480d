/* A second size of what is explained, so that it can be told how calls grow. */
#include <math.h>

#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/cli/check_explain.h"
#include "gate/explain/profile_pair.h"

void other_size_clear(struct other_size *other)
{
    for (enum side side = 0; side < SIDE_COUNT; side++)
        costs_clear(&other->costs[side]);
    *other = (struct other_size){ 0 };
}

static const struct bench *find(const struct check *check, const char *bench_id)
{
    for (size_t i = 0; i < check->gate.list.count; i++)
        if (str_equal(check->gate.list.items[i].bench->id, bench_id))
            return check->gate.list.items[i].bench;
    return NULL;
}

/* Whether one parameter alone differs. */
static bool is_sibling(const struct bench *a, const struct bench *b)
{
    size_t different = 0;
    if (!str_equal(a->benchmark->name, b->benchmark->name) ||
        a->parameter_count != b->parameter_count)
        return false;
    for (size_t i = 0; i < a->parameter_count; i++)
        different += !str_equal(a->parameters[i].value, b->parameters[i].value);
    return different == 1;
}

const struct bench *explain_other_size(const struct check *check, const char *bench_id)
{
    const struct bench *bench = find(check, bench_id);
    const struct bench *smallest = NULL;
    const struct bench *largest = NULL;
    double n = bench ? explain_size_of(bench) : (double)NAN;
    for (size_t i = 0; isfinite(n) && i < check->gate.list.count; i++) {
        const struct check_bench *listed = &check->gate.list.items[i];
        double size = explain_size_of(listed->bench);
        if (listed->settled != VERDICT_NONE || !isfinite(size) ||
            !is_sibling(bench, listed->bench))
            continue;
        if (!smallest || size < explain_size_of(smallest))
            smallest = listed->bench;
        if (!largest || size > explain_size_of(largest))
            largest = listed->bench;
    }
    return smallest && explain_size_of(smallest) < n ? smallest : largest;
}

static const struct check_bench *find_listed(const struct check *check, const char *id)
{
    for (size_t i = 0; i < check->explain.list.count; i++)
        if (str_equal(check->explain.list.items[i].bench->id, id))
            return &check->explain.list.items[i];
    return NULL;
}

static bool is_counted(const struct check *check, const char *bench_id)
{
    for (size_t i = 0; i < check->profiles.count; i++) {
        const struct profile_pair *pair = check->profiles.items[i].pair;
        if (str_equal(pair->bench_id, bench_id))
            return pair->diff.functions.count && profile_pair_has_calls(pair);
    }
    return false;
}

int explain_profile_other(struct explaining *explaining,
                          const struct bench *bench,
                          struct other_size *other,
                          struct error *err)
{
    const struct check *check = explaining->check;
    const struct bench *found = explain_other_size(check, bench->id);
    const struct check_bench *listed = found ? find_listed(check, found->id) : NULL;
    if (!listed || listed->settled != VERDICT_NONE || !is_counted(check, bench->id) ||
        !explain_fits(explaining, found->id))
        return 0;
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        int got = explain_profile_side(explaining, listed->bench, side,
                                       &other->costs[side], err);
        if (got <= 0)
            return got;
        costs_finish(&other->costs[side]);
    }
    other->n = explain_size_of(listed->bench);
    other->is_profiled = true;
    return 0;
}
