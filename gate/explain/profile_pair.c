#include "gate/explain/profile_pair.h"

#include <stdlib.h>

#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/explain/edits.h"
#include "gate/source/diff_lines.h"

void profile_pair_clear(struct profile_pair *pair)
{
    line_diffs_clear(&pair->lines);
    profile_diff_clear(&pair->diff);
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        costs_clear(&pair->costs[side]);
        call_paths_clear(&pair->paths[side]);
    }
    free(pair->is_edited);
    free(pair->bench_id);
    *pair = (struct profile_pair){ 0 };
}

struct renames {
    struct file_rename *items;
    size_t count;
    size_t capacity;
};

static void renames_clear(struct renames *renames)
{
    array_clear(renames);
}

static void list_renames(const struct diff_lines *changed, struct renames *renames)
{
    for (size_t i = 0; i < changed->count; i++) {
        const struct file_lines *file = &changed->items[i];
        if (file->old_path && file->new_path &&
            !str_equal(file->old_path, file->new_path))
            *array_push(renames) = (struct file_rename){ file->old_path, file->new_path };
    }
}

/* A side that was over before the first sample lacks nothing. */
static bool has_own_lines(const struct costs *costs)
{
    if (!costs->functions.count)
        return true;
    for (size_t i = 0; i < costs->lines.count; i++)
        if (costs->lines.items[i].is_in_tree)
            return true;
    return false;
}

bool profile_pair_has_calls(const struct profile_pair *pair)
{
    return !pair->is_sampled && !pair->is_per_operation;
}

void profile_pair_finish(struct profile_pair *pair, const struct diff_lines *changed)
{
    AUTO(renames_clear) struct renames renames = { 0 };
    struct costs *costs = pair->costs;
    list_renames(changed, &renames);
    const struct file_renames listed = { renames.items, renames.count };
    costs_finish(&costs[SIDE_BASE]);
    costs_finish(&costs[SIDE_HEAD]);
    profile_diff_make(&pair->diff, &costs[SIDE_BASE], &costs[SIDE_HEAD], &listed);
    line_diffs_make(&pair->lines, &pair->diff, changed);
    pair->is_edited = edits_find(&pair->diff, &pair->lines, changed);
    pair->has_lines =
        has_own_lines(&costs[SIDE_BASE]) && has_own_lines(&costs[SIDE_HEAD]);
}
