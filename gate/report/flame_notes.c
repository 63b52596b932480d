#include "gate/report/flame_notes.h"

#include "gate/base/str.h"
#include "gate/base/units.h"
#include "gate/explain/flame_tree.h"

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

const char *flame_unit(const struct flame_tree *tree)
{
    return tree->is_sampled ? "samples" : "instructions";
}

static void add_limits(struct str *out, const struct flame_tree *tree)
{
    size_t merged = 0;
    for (size_t i = 0; i < tree->frames.count; i++)
        merged += tree->frames.items[i].merged_count;
    str_addf(out, "Frames below %.1f %% of the %s, and those beyond the ",
             100 * FLAME_FLOOR, flame_unit(tree));
    units_add_count(out, FLAME_MOST_FRAMES);
    str_add(out, " largest, are drawn together as 'others' (");
    units_add_count(out, (double)merged);
    str_add(out, " here).");
}

void flame_add_note(struct str *out, const struct flame_tree *tree, size_t line)
{
    if (line < FLAME_NOTES - 1)
        str_add(out, tree->is_sampled ? sampled[line] : counted[line]);
    else
        add_limits(out, tree);
}
