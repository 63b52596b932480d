/* Both sides' stacks are laid over one another, and the largest of what comes out are
 * frames. What calls has as many samples as what it calls, or more, so that the frame
 * above one is always there before it. */
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/explain/call_paths.h"
#include "gate/explain/flame_frame.h"
#include "gate/explain/flame_order.h"
#include "gate/explain/profile_diff.h"
#include "runners/callgrind/index.h"

/* One way to be in a function, on both sides. The first is the whole run. */
struct meeting {
    uint32_t item;   /* of the diff; FLAME_NONE for the first */
    uint32_t parent; /* which stands before */
    uint32_t frame;  /* FLAME_NONE: not drawn */
    double self[SIDE_COUNT];
    double inclusive[SIDE_COUNT];
};

/* Where a function stands: samples tell it by their lines alone. */
struct place {
    const char *file; /* of the tree: that of its dearest line; NULL where none is */
    uint64_t cost;
};

struct overlay {
    struct place *places; /* by item */
    struct {
        struct meeting *items;
        size_t count;
        size_t capacity;
    } meetings;
    struct index by_call;
};

static void overlay_clear(struct overlay *overlay)
{
    free(overlay->places);
    array_clear(&overlay->meetings);
    index_clear(&overlay->by_call);
}

static uint32_t meet_below(struct overlay *overlay, uint32_t parent, uint32_t item)
{
    uint32_t hash = index_mix(parent, item);
    size_t cursor = index_start(&overlay->by_call, hash);
    uint32_t found = 0;
    while ((found = index_next(&overlay->by_call, hash, &cursor)) != INDEX_NONE) {
        const struct meeting *known = &overlay->meetings.items[found];
        if (known->parent == parent && known->item == item)
            return found;
    }
    found = (uint32_t)overlay->meetings.count;
    *array_push(&overlay->meetings) =
        (struct meeting){ .item = item, .parent = parent, .frame = FLAME_NONE };
    index_add(&overlay->by_call, hash, found);
    return found;
}

static void lay(struct overlay *overlay,
                const struct profile_diff *diff,
                const struct call_paths *paths,
                enum side side)
{
    AUTO_FREE uint32_t *places = xcalloc(paths->count + 1, sizeof *places);
    for (size_t i = 0; i < paths->count; i++) {
        const struct call_path *path = &paths->items[i];
        uint32_t parent = path->parent == PATH_NONE ? 0 : places[path->parent];
        places[i] = meet_below(overlay, parent, diff->of[side][path->function]);
        overlay->meetings.items[places[i]].self[side] += path->self;
    }
}

/* From the last to the first, for each stands behind what called it. */
static void add_up(struct overlay *overlay)
{
    struct meeting *items = overlay->meetings.items;
    for (size_t i = overlay->meetings.count; i-- > 0;)
        for (enum side side = 0; side < SIDE_COUNT; side++) {
            items[i].inclusive[side] += items[i].self[side];
            if (i)
                items[items[i].parent].inclusive[side] += items[i].inclusive[side];
        }
}

static int compare_sizes(const void *left, const void *right)
{
    const struct meeting *a = *(const struct meeting *const *)left;
    const struct meeting *b = *(const struct meeting *const *)right;
    double size_a = flame_larger(a->inclusive);
    double size_b = flame_larger(b->inclusive);
    if (size_a < size_b || size_a > size_b)
        return size_a > size_b ? -1 : 1;
    return (a > b) - (a < b); /* callers first */
}

static void
find_places(struct overlay *overlay, const struct profile_diff *diff, enum side side)
{
    const struct costs *costs = diff->sides[side];
    for (size_t i = 0; i < costs->lines.count; i++) {
        const struct costs_line *line = &costs->lines.items[i];
        struct place *place = &overlay->places[diff->of[side][line->function]];
        uint64_t cost = line->self + line->called;
        if (line->is_in_tree && cost > place->cost)
            *place = (struct place){ line->file, cost };
    }
}

/* Without lines, by the program that it is in. */
static void put_in_place(struct flame_frame *frame,
                         const struct profile_diff *diff,
                         const struct place *place)
{
    const struct costs_function *function = flame_function_of(diff, frame->item);
    frame->is_in_tree =
        place->file || (!function->has_lines && function->is_built_in_tree);
    if (place->file)
        frame->file = place->file;
}

static void add_frame(struct flame_tree *tree,
                      const struct profile_diff *diff,
                      const struct overlay *overlay,
                      struct meeting *meeting)
{
    bool is_all = meeting->item == FLAME_NONE;
    struct flame_frame frame =
        is_all ? flame_frame_of_all(diff)
               : flame_frame_of(diff, meeting->item, tree,
                                overlay->meetings.items[meeting->parent].frame);
    if (!is_all)
        put_in_place(&frame, diff, &overlay->places[meeting->item]);
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        frame.inclusive[side] = meeting->inclusive[side];
        frame.self[side] = meeting->self[side];
    }
    meeting->frame = (uint32_t)tree->frames.count;
    *array_push(&tree->frames) = frame;
}

static void add_largest(struct flame_tree *tree,
                        const struct profile_diff *diff,
                        struct overlay *overlay)
{
    size_t count = overlay->meetings.count;
    double least = flame_least(diff);
    AUTO_FREE struct meeting **by_size = xcalloc(count, sizeof(struct meeting *));
    for (size_t i = 0; i < count; i++)
        by_size[i] = &overlay->meetings.items[i];
    qsort(by_size, count, sizeof(struct meeting *), compare_sizes);
    for (size_t i = 0; i < count && i < FLAME_MOST_FRAMES; i++)
        if (!i || flame_larger(by_size[i]->inclusive) >= least)
            add_frame(tree, diff, overlay, by_size[i]);
}

static void add_rests(struct flame_tree *tree, const struct overlay *overlay)
{
    AUTO_FREE struct flame_rest *rests = xcalloc(tree->frames.count, sizeof *rests);
    for (size_t i = 1; i < overlay->meetings.count; i++) {
        const struct meeting *meeting = &overlay->meetings.items[i];
        uint32_t above = overlay->meetings.items[meeting->parent].frame;
        if (meeting->frame != FLAME_NONE || above == FLAME_NONE)
            continue;
        rests[above].count++;
        for (enum side side = 0; side < SIDE_COUNT; side++)
            rests[above].inclusive[side] += meeting->inclusive[side];
    }
    flame_add_others(tree, rests);
}

void flame_tree_make_sampled(struct flame_tree *tree,
                             const struct profile_diff *diff,
                             const struct call_paths *paths)
{
    AUTO(overlay_clear)
    struct overlay overlay = { .places = xcalloc(diff->functions.count + 1,
                                                 sizeof *overlay.places) };
    *array_push(&overlay.meetings) =
        (struct meeting){ .item = FLAME_NONE, .parent = FLAME_NONE, .frame = FLAME_NONE };
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        lay(&overlay, diff, &paths[side], side);
        find_places(&overlay, diff, side);
    }
    add_up(&overlay);
    add_largest(tree, diff, &overlay);
    add_rests(tree, &overlay);
    flame_order(tree);
    tree->is_sampled = true;
}
