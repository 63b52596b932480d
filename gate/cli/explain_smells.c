/* What the rules are asked about: the profiles that were kept, and how much a run does.
 */
#include <math.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/base/units.h"
#include "gate/cli/check_explain.h"
#include "gate/explain/heap_sites.h"
#include "gate/explain/profile_pair.h"
#include "gate/explain/smells.h"
#include "runners/dhat/dhat.h"
#include "runners/dhat/heap_left.h"

/* NAN where the bench has no parameter of that name, or no number for it; NULL means the
 * only parameter, whatever its name. */
static double parameter_of(const struct bench *bench, const char *name)
{
    double value = (double)NAN;
    if (!name && bench->parameter_count != 1)
        return value;
    for (size_t i = 0; i < bench->parameter_count; i++)
        if ((!name || str_equal(bench->parameters[i].name, name)) &&
            units_parse_number(bench->parameters[i].value, &value) < 0)
            return (double)NAN;
    return value;
}

/* What the config states to be the size goes first, then what it is called. */
double explain_size_of(const struct bench *bench)
{
    const char *grown = bench->benchmark->growth.parameter;
    double n = grown ? parameter_of(bench, grown) : (double)NAN;
    if (!isfinite(n))
        n = bench_work(bench);
    if (!isfinite(n))
        n = parameter_of(bench, "n");
    return isfinite(n) ? n : parameter_of(bench, NULL);
}

static const struct profile_pair *pair_of(const struct check *check, const char *bench_id)
{
    for (size_t i = 0; i < check->profiles.count; i++)
        if (str_equal(check->profiles.items[i].pair->bench_id, bench_id))
            return check->profiles.items[i].pair;
    return NULL;
}

bool explain_wants_files(const struct explaining *explaining,
                         const struct explanation *explanation)
{
    const struct smell_evidence evidence = {
        .pair = pair_of(explaining->check, explanation->bench_id),
    };
    return smell_wants_files(&evidence);
}

/* What head leaves on its heap, where there is time for a run more. */
static int find_left(struct explaining *explaining,
                     const struct bench *bench,
                     struct heap_sites *sites,
                     struct error *err)
{
    struct check *check = explaining->check;
    const struct tree_paths paths = { .tree = check->explain.trees[SIDE_HEAD],
                                      .known = &explaining->known[SIDE_HEAD] };
    AUTO_FREE char *failure = NULL;
    AUTO_HEAP_LEFT struct heap_left left = { 0 };
    if (!explain_fits(explaining, bench->id))
        return 0;
    if (explain_run(explaining, bench, SIDE_HEAD, COUNTING_HEAP, &failure, err) < 0)
        return -1;
    AUTO_FREE char *place = counter_place(&check->counter, COUNTING_HEAP);
    if (!failure && dhat_read(place, &left, err) == 0) {
        heap_sites_make(sites, &left, &paths);
        return 0;
    }
    if (!failure && err->code != ERROR_BENCHMARK)
        return -1;
    explain_leave_out(explaining, "who keeps the memory of '%s' is not known: %s",
                      bench->id, failure ? failure : err->message);
    error_clear(err);
    return 0;
}

int explain_smells(struct explaining *explaining,
                   const struct bench *bench,
                   const struct other_size *other,
                   struct explanation *explanation,
                   struct error *err)
{
    AUTO_HEAP_SITES struct heap_sites left = { 0 };
    const struct smell_evidence evidence = {
        .result = &explaining->check->result,
        .pair = pair_of(explaining->check, bench->id),
        .told = explanation,
        .other_costs = { other->is_profiled ? &other->costs[SIDE_BASE] : NULL,
                         other->is_profiled ? &other->costs[SIDE_HEAD] : NULL },
        .other_n = other->n,
        .n = explain_size_of(bench),
        .left = &left,
    };
    if (smell_wants_heap(&evidence) && find_left(explaining, bench, &left, err) < 0)
        return -1;
    smells_find(&evidence, explanation);
    return 0;
}
