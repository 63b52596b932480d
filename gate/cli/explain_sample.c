/* Profiles by samples, for what would take too long under callgrind: both sides once
 * under perf, about as long as they always take. */
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/cli/check_explain.h"
#include "gate/explain/profile_pair.h"
#include "gate/explain/story.h"
#include "gate/explain/witness.h"
#include "runners/callgrind/profile.h"
#include "runners/perf/perf.h"
#include "runners/perf/stack_tree.h"

/* Of both sides, so that samples can be compared. */
static int frequency_of(const struct check *check, const char *bench_id)
{
    const struct row *wall =
        rows_find_measured(&check->result.rows, bench_id, METRIC_WALL);
    return perf_frequency(wall ? (wall->base_median + wall->head_median) / 2 : 0);
}

static int add_samples(struct explaining *explaining,
                       enum side side,
                       struct profile_pair *pair,
                       struct error *err)
{
    struct check *check = explaining->check;
    AUTO_FREE char *place = counter_place(&check->counter, COUNTING_SAMPLES);
    AUTO_PROFILE struct profile profile = { 0 };
    AUTO_STACK_TREE struct stack_tree stacks = { 0 };
    const struct tree_paths tree = { .tree = check->explain.trees[side],
                                     .known = &explaining->known[side] };
    if (perf_read(place, &profile, &stacks, err) < 0 ||
        costs_add(&pair->costs[side], &profile, &tree, err) < 0)
        return -1;
    call_paths_make(&pair->paths[side], &stacks, &pair->costs[side], &tree);
    return 0;
}

int explain_sample_side(struct explaining *explaining,
                        const struct bench *bench,
                        enum side side,
                        struct profile_pair *pair,
                        char **why_not,
                        struct error *err)
{
    AUTO_FREE char *failure = NULL;
    if (explain_run(explaining, bench, side, COUNTING_SAMPLES, &failure, err) < 0)
        return -1;
    if (!failure && add_samples(explaining, side, pair, err) == 0)
        return 1;
    if (!failure && err->code != ERROR_BENCHMARK)
        return -1;
    *why_not = xstrdup(failure ? failure : err->message);
    error_clear(err);
    return 0;
}

static int sample_side(struct explaining *explaining,
                       const struct bench *bench,
                       enum side side,
                       struct profile_pair *pair,
                       struct error *err)
{
    AUTO_FREE char *why_not = NULL;
    int got = explain_sample_side(explaining, bench, side, pair, &why_not, err);
    if (got == 0)
        explain_leave_out(explaining, "'%s' could not be sampled either: %s", bench->id,
                          why_not);
    return got;
}

int explain_sample(struct explaining *explaining,
                   const struct bench *bench,
                   struct explanation *explanation,
                   struct error *err)
{
    struct check *check = explaining->check;
    struct profile_pair *pair = explain_new_pair(check, bench);
    pair->is_sampled = true;
    check->counter.sampling =
        (struct perf_plan){ frequency_of(check, bench->id), 1, false };
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        int got = sample_side(explaining, bench, side, pair, err);
        if (got <= 0)
            return got;
    }
    profile_pair_finish(pair, &check->changed_lines);
    free(explanation->source);
    explanation->source = str_format(
        "perf, %d a second of the time on the CPU in user mode, %s source lines",
        check->counter.sampling.per_s, pair->has_lines ? "with" : "without");
    story_tell(pair, WITNESS_LEAST_COUNTS, explanation);
    return 0;
}
