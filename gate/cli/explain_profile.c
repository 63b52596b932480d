/* The runs that explanations are made of, and the profiles of those under callgrind. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/log.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/cli/check_explain.h"
#include "gate/explain/profile_pair.h"
#include "gate/explain/story.h"
#include "gate/explain/witness.h"
#include "runners/callgrind/profile.h"

int explain_run(struct explaining *explaining,
                const struct bench *bench,
                enum side side,
                enum counting counting,
                char **failure,
                struct error *err)
{
    AUTO_SIDE_RUNNER struct side_runner runner;
    const struct run_output nowhere = { NULL, NULL };
    struct process_result result = { 0 };
    struct side_bench run = check_side_bench(&explaining->check->explain, bench);
    run.counting = counting;
    check_fill_runner(explaining->check, &runner);
    log_detail("%s: %s under %s", bench->id, side_names[side],
               counting == COUNTING_SYSCALLS ? "strace" : counting_names[counting]);
    if (side_runner_once(&runner, &run, side, &nowhere, &result, err) < 0)
        return -1;
    if (side_runner_failure(&runner)) {
        *failure = xstrdup(side_runner_failure(&runner));
        return 0;
    }
    if (process_succeeded(&result))
        return 0;
    const struct process_spec spec = { .timeout_ns = bench->benchmark->timeout_ns };
    AUTO_FREE char *end = process_describe(&spec, &result);
    *failure = str_format("%s %s", side_names[side], end);
    return 0;
}

/* All processes of the last run. */
static int add_profiles(struct explaining *explaining,
                        enum side side,
                        struct costs *costs,
                        struct error *err)
{
    struct check *check = explaining->check;
    AUTO_FREE char *place = counter_place(&check->counter, COUNTING_CALLGRIND);
    AUTO_STRVEC struct strvec paths = { 0 };
    const struct tree_paths tree = { .tree = check->explain.trees[side],
                                     .known = &explaining->known[side] };
    if (callgrind_list(place, &paths, err) < 0)
        return -1;
    for (size_t i = 0; i < paths.count; i++) {
        AUTO_PROFILE struct profile profile = { 0 };
        if (profile_read(paths.items[i], &profile, err) < 0 ||
            costs_add(costs, &profile, &tree, err) < 0)
            return -1;
    }
    return 0;
}

int explain_profile_side(struct explaining *explaining,
                         const struct bench *bench,
                         enum side side,
                         struct costs *costs,
                         struct error *err)
{
    AUTO_FREE char *failure = NULL;
    if (explain_run(explaining, bench, side, COUNTING_CALLGRIND, &failure, err) < 0)
        return -1;
    if (!failure && add_profiles(explaining, side, costs, err) == 0)
        return 1;
    if (!failure && err->code != ERROR_BENCHMARK)
        return -1;
    explain_leave_out(explaining, "'%s' could not be profiled: %s", bench->id,
                      failure ? failure : err->message);
    error_clear(err);
    return 0;
}

struct profile_pair *explain_new_pair(struct check *check, const struct bench *bench)
{
    struct profile_pair *pair = xcalloc(1, sizeof *pair);
    pair->bench_id = xstrdup(bench->id);
    array_push(&check->profiles)->pair = pair;
    return pair;
}

static char *describe_source(const struct explaining *explaining,
                             const struct profile_pair *pair)
{
    const char *version = explaining->check->counter.callgrind.version;
    return str_format("callgrind %s, %s%s", version ? version : "",
                      pair->has_lines ? "with source lines" : "without source lines: ",
                      pair->has_lines ? "" : explaining->without_lines);
}

int explain_profile(struct explaining *explaining,
                    const struct bench *bench,
                    struct explanation *explanation,
                    struct error *err)
{
    struct check *check = explaining->check;
    struct profile_pair *pair = explain_new_pair(check, bench);
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        int got = explain_profile_side(explaining, bench, side, &pair->costs[side], err);
        if (got <= 0)
            return got;
    }
    profile_pair_finish(pair, &check->changed_lines);
    free(explanation->source);
    explanation->source = describe_source(explaining, pair);
    /* A row of instructions may be about less than the others could be. */
    story_tell(pair,
               explanation->metric == METRIC_INSTRUCTIONS ? STORY_SAME
                                                          : WITNESS_LEAST_COUNTS,
               explanation);
    return 0;
}
