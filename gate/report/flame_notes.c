#include "gate/report/flame_notes.h"

#include <math.h>

#include "gate/base/str.h"
#include "gate/base/units.h"
#include "gate/explain/flame_tree.h"

/* Of an operation's costs. */
#define PICOSECOND 1e-12

static const char *const counted[] = {
    "Callgrind counts calls between functions, not stacks: what a frame costs is divided "
    "among itself and its callees as it is over the whole run, whoever called.",
    "A call of a function that is already above it (recursion) is left out, and its cost "
    "divided among the rest."
};

static const char *const sampled[] = {
    "Samples by perf of the time on the CPU in user mode, with whole stacks: a frame has "
    "those taken below just these callers. Of a stack 8 KiB are seen.",
    "What chance alone may make two counts differ by (three standard deviations, "
    "3 \u221a(base + head)) has no colour, and no width in the difference."
};

static const char *const sampled_operation[] = {
    "Samples by perf of the time on the CPU in user mode, with whole stacks, scaled to what "
    "an operation of the harness took. Of a stack 8 KiB are seen.",
    "What chance alone may make two counts differ by (three standard deviations, scaled "
    "with them) has no colour, and no width in the difference."
};

static const char *const counted_operation[] = {
    "Parts of callgrind's instructions, scaled to what an operation of the harness took: "
    "parts of the time as far as instructions take as long as one another.",
    "Calls are counted between functions, not stacks: a frame's cost is divided among "
    "itself and its callees as it is over all. Recursion is left out."
};

static const char *unit_of(const struct flame_tree *tree)
{
    if (tree->is_per_operation)
        return "time";
    return tree->is_sampled ? "samples" : "instructions";
}

const char *flame_whole(const struct flame_tree *tree)
{
    return tree->is_per_operation ? "operation" : "run";
}

void flame_add_number(struct str *out, const struct flame_tree *tree, double costs)
{
    if (!tree->is_per_operation)
        units_add_count(out, round(costs));
    else if (costs > 0)
        units_add_duration(out, costs * PICOSECOND);
    else
        str_add_char(out, '0');
}

void flame_add_costs(struct str *out, const struct flame_tree *tree, double costs)
{
    flame_add_number(out, tree, costs);
    str_addf(out, " %s", tree->is_per_operation ? "an operation" : unit_of(tree));
}

static void add_limits(struct str *out, const struct flame_tree *tree)
{
    size_t merged = 0;
    for (size_t i = 0; i < tree->frames.count; i++)
        merged += tree->frames.items[i].merged_count;
    str_addf(out, "Frames below %.1f %% of the %s, and those beyond the ",
             100 * FLAME_FLOOR, unit_of(tree));
    units_add_count(out, FLAME_MOST_FRAMES);
    str_add(out, " largest, are drawn together as 'others' (");
    units_add_count(out, (double)merged);
    str_add(out, " here).");
}

void flame_add_note(struct str *out, const struct flame_tree *tree, size_t line)
{
    if (line == FLAME_NOTES - 1)
        add_limits(out, tree);
    else if (tree->is_per_operation)
        str_add(out, (tree->is_sampled ? sampled_operation : counted_operation)[line]);
    else
        str_add(out, (tree->is_sampled ? sampled : counted)[line]);
}
