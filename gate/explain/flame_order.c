/* Without recursion, for a profile may be deep: siblings are sorted, linked, and walked.
 */
#include "gate/explain/flame_order.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/explain/flame_tree.h"

struct entry {
    const struct flame_frame *frame;
    uint32_t index;
};

static int compare(const void *left, const void *right)
{
    const struct flame_frame *a = ((const struct entry *)left)->frame;
    const struct flame_frame *b = ((const struct entry *)right)->frame;
    double cost_a = fmax(a->inclusive[SIDE_BASE], a->inclusive[SIDE_HEAD]);
    double cost_b = fmax(b->inclusive[SIDE_BASE], b->inclusive[SIDE_HEAD]);
    if (a->parent != b->parent)
        return a->parent < b->parent ? -1 : 1;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (cost_a < cost_b || cost_a > cost_b)
        return cost_a > cost_b ? -1 : 1;
    if (a->kind != FLAME_FUNCTION)
        return 0;
    int names = strcmp(a->name, b->name);
    if (!names)
        names = strcmp(a->file, b->file);
    if (names)
        return names;
    return (a->item > b->item) - (a->item < b->item);
}

/* By frame: the first one below it, and the one beside it. */
struct links {
    uint32_t *below;
    uint32_t *beside;
};

static void links_clear(struct links *links)
{
    free(links->below);
    free(links->beside);
}

static void link_frames(const struct flame_tree *tree, struct links *links)
{
    size_t count = tree->frames.count;
    AUTO_FREE struct entry *entries = xcalloc(count, sizeof *entries);
    for (uint32_t i = 0; i < count; i++) {
        entries[i] = (struct entry){ &tree->frames.items[i], i };
        links->below[i] = links->beside[i] = FLAME_NONE;
    }
    qsort(entries, count, sizeof *entries, compare);
    for (size_t i = count; i-- > 0;) {
        uint32_t parent = entries[i].frame->parent;
        if (parent == FLAME_NONE)
            continue;
        links->beside[entries[i].index] = links->below[parent];
        links->below[parent] = entries[i].index;
    }
}

/* The frame after this one; FLAME_NONE behind the last. */
static uint32_t
next_frame(const struct flame_tree *tree, const struct links *links, uint32_t frame)
{
    if (links->below[frame] != FLAME_NONE)
        return links->below[frame];
    while (frame != FLAME_NONE && links->beside[frame] == FLAME_NONE)
        frame = tree->frames.items[frame].parent;
    return frame == FLAME_NONE ? FLAME_NONE : links->beside[frame];
}

void flame_order(struct flame_tree *tree)
{
    size_t count = tree->frames.count;
    AUTO(links_clear)
    struct links links = { xcalloc(count + 1, sizeof(uint32_t)),
                           xcalloc(count + 1, sizeof(uint32_t)) };
    AUTO_FREE uint32_t *places = xcalloc(count + 1, sizeof *places);
    struct flame_frame *ordered = xcalloc(count + 1, sizeof *ordered);
    uint32_t place = 0;
    if (count)
        link_frames(tree, &links);
    for (uint32_t i = count ? 0 : FLAME_NONE; i != FLAME_NONE;
         i = next_frame(tree, &links, i)) {
        ordered[place] = tree->frames.items[i];
        if (ordered[place].parent != FLAME_NONE)
            ordered[place].parent = places[ordered[place].parent];
        places[i] = place++;
    }
    free(tree->frames.items);
    tree->frames.items = ordered;
    tree->frames.capacity = count + 1;
}
