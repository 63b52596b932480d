#include "gate/verdict/explanation.h"

#include <stdlib.h>

#include "gate/base/array.h"
#include "gate/base/str.h"

const char *witness_name(enum witness witness)
{
    static const char *const names[WITNESS_COUNT] = {
        [WITNESS_UNKNOWN] = "unknown",
        [WITNESS_NOTHING] = "nothing moved",
        [WITNESS_WORK] = "work changed",
        [WITNESS_AGAINST] = "time against counts",
        [WITNESS_MEMORY] = "memory",
        [WITNESS_TIME_ONLY] = "time alone",
        [WITNESS_COUNTS_ONLY] = "counts alone",
        [WITNESS_OFF_CPU] = "off-CPU",
    };
    return names[witness];
}

static void smell_clear(struct explained_smell *smell)
{
    free(smell->rule);
    free(smell->function);
    free(smell->caller);
    free(smell->file);
    free(smell->loop);
    free(smell->says);
    free(smell->look_at);
}

void explanation_clear(struct explanation *explanation)
{
    for (size_t i = 0; i < explanation->functions.count; i++) {
        free(explanation->functions.items[i].name);
        free(explanation->functions.items[i].file);
        free(explanation->functions.items[i].note);
    }
    for (size_t i = 0; i < explanation->lines.count; i++) {
        free(explanation->lines.items[i].function);
        free(explanation->lines.items[i].file);
    }
    for (size_t i = 0; i < explanation->syscalls.count; i++)
        free(explanation->syscalls.items[i].name);
    for (size_t i = 0; i < explanation->files.count; i++)
        free(explanation->files.items[i].name);
    for (size_t i = 0; i < explanation->smells.count; i++)
        smell_clear(&explanation->smells.items[i]);
    array_clear(&explanation->functions);
    array_clear(&explanation->lines);
    array_clear(&explanation->figures);
    array_clear(&explanation->syscalls);
    array_clear(&explanation->files);
    array_clear(&explanation->smells);
    strvec_clear(&explanation->why);
    free(explanation->bench_id);
    free(explanation->source);
    free(explanation->flame);
    *explanation = (struct explanation){ 0 };
}

void explanations_free(struct explanations *explanations)
{
    if (!explanations)
        return;
    for (size_t i = 0; i < explanations->benches.count; i++)
        explanation_clear(&explanations->benches.items[i]);
    array_clear(&explanations->benches);
    strvec_clear(&explanations->left_out);
    free(explanations);
}

bool explanation_has_flame(const struct explanation *explanation)
{
    return explanation->flame && *explanation->flame;
}

const struct explanation *explanations_find(const struct explanations *explanations,
                                            const char *bench_id)
{
    for (size_t i = 0; explanations && i < explanations->benches.count; i++)
        if (str_equal(explanations->benches.items[i].bench_id, bench_id))
            return &explanations->benches.items[i];
    return NULL;
}
