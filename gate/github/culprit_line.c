#include "gate/github/culprit_line.h"

#include "gate/base/str.h"

static bool is_changed(const struct result *result, const char *file)
{
    for (size_t i = 0; i < result->changed_paths.count; i++)
        if (str_equal(result->changed_paths.items[i], file))
            return true;
    return false;
}

struct culprit_line culprit_line_of(const struct result *result, const char *bench_id)
{
    const struct explanation *why = explanations_find(result->explanations, bench_id);
    for (size_t i = 0; why && i < why->lines.count; i++) {
        const struct explained_line *line = &why->lines.items[i];
        int64_t added =
            line->head_self + line->head_called - line->base_self - line->base_called;
        if (line->is_changed && line->head_line && added > 0 &&
            is_changed(result, line->file))
            return (struct culprit_line){ line->file, line->head_line };
    }
    for (size_t i = 0; why && i < why->functions.count; i++) {
        const struct explained_function *function = &why->functions.items[i];
        if (function->is_edited && function->line && function->head_inclusive > 0 &&
            is_changed(result, function->file))
            return (struct culprit_line){ function->file, function->line };
    }
    return (struct culprit_line){ 0 };
}
