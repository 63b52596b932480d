#include "gate/verdict/bisect_result.h"

#include <math.h>
#include <stdlib.h>

#include "gate/base/array.h"
#include "gate/verdict/explanation.h"

const char *probe_answer_name(enum probe_answer answer)
{
    switch (answer) {
    case PROBE_UNDECIDED:
        return "undecided";
    case PROBE_FAST:
        return "fast";
    case PROBE_SLOW:
        return "slow";
    case PROBE_IN_BETWEEN:
        return "in between";
    case PROBE_SKIPPED:
        return "skipped";
    }
    abort();
}

const char *bisect_kind_name(enum bisect_kind kind)
{
    switch (kind) {
    case BISECT_ENDS:
        return "ends";
    case BISECT_PROBE:
        return "probe";
    case BISECT_CULPRIT:
        return "culprit";
    }
    abort();
}

const char *bisect_state_name(enum bisect_state state)
{
    static const char *const names[BISECT_STATE_COUNT] = {
        [BISECT_UNDER_WAY] = "under way", [BISECT_SAME] = "no difference",
        [BISECT_BETTER] = "better",       [BISECT_UNCLEAR] = "undecided",
        [BISECT_UNTOLD] = "not measured", [BISECT_FOUND] = "found",
        [BISECT_RANGE] = "range",         [BISECT_SCATTERED] = "scattered",
    };
    return names[state];
}

static void clear_revision(struct revision_info *revision)
{
    free(revision->commit);
    free(revision->tree);
    free(revision->subject);
    free(revision->asked);
}

static void clear_probes(struct bisect_probes *probes)
{
    for (size_t i = 0; i < probes->count; i++) {
        free(probes->items[i].commit);
        free(probes->items[i].subject);
        free(probes->items[i].against);
        free(probes->items[i].reason);
    }
    array_clear(probes);
}

static void clear_suspects(struct bisect_suspects *suspects)
{
    for (size_t i = 0; i < suspects->count; i++) {
        free(suspects->items[i].commit);
        free(suspects->items[i].subject);
        free(suspects->items[i].reason);
    }
    array_clear(suspects);
}

void bisect_result_clear(struct bisect_result *result)
{
    free(result->pawl_version);
    free(result->started_at);
    clear_revision(&result->good);
    clear_revision(&result->bad);
    free(result->bench_id);
    free(result->reason);
    clear_suspects(&result->suspects);
    clear_probes(&result->probes);
    explanations_free(result->explanations);
    free(result->explained);
    machine_clear(&result->machine);
    free(result->accounting);
    free(result->priority);
    free(result->toolchain);
    free(result->reproduce);
    strvec_clear(&result->warnings);
    *result = (struct bisect_result){ 0 };
}

/* What is unbounded stays so. */
static double change_of(double log_ratio)
{
    return isinf(log_ratio) ? log_ratio : expm1(log_ratio);
}

struct bisect_change bisect_change_of(const struct reading *reading)
{
    bool is_turned = metric_info(reading->metric)->larger_is_better;
    return (struct bisect_change){
        .change = change_of(is_turned ? -reading->effect : reading->effect),
        .low = change_of(is_turned ? -reading->high : reading->low),
        .high = change_of(is_turned ? -reading->low : reading->high),
    };
}

double bisect_result_share(const struct bisect_result *result)
{
    if (!result->has_own)
        return (double)NAN;
    return log1p(result->own_change) / log1p(result->change);
}

size_t bisect_result_measured(const struct bisect_result *result)
{
    return result->probes.count - bisect_result_skipped(result);
}

size_t bisect_result_skipped(const struct bisect_result *result)
{
    size_t skipped = 0;
    for (size_t i = 0; i < result->probes.count; i++)
        skipped += result->probes.items[i].answer == PROBE_SKIPPED;
    return skipped;
}
