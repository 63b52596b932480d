#include "gate/explain/heap_sites.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/explain/function_name.h"
#include "gate/explain/tree_path.h"
#include "runners/dhat/heap_left.h"

void heap_sites_clear(struct heap_sites *sites)
{
    names_clear(&sites->names);
    array_clear(&sites->sites);
    *sites = (struct heap_sites){ 0 };
}

/* By frame of left; function NULL where it is not the tree's. */
static struct heap_place *find_places(struct heap_sites *sites,
                                      const struct heap_left *left,
                                      const struct tree_paths *paths)
{
    struct heap_place *places = xcalloc(left->frames.count + 1, sizeof *places);
    for (size_t i = 0; i < left->frames.count; i++) {
        const struct heap_frame *frame = &left->frames.items[i];
        size_t length = function_name_length(frame->function);
        bool is_in_tree = false;
        if (!frame->line || !length)
            continue;
        AUTO_FREE char *file = tree_path_of(paths, frame->file, true, &is_in_tree);
        if (is_in_tree)
            places[i] = (struct heap_place){
                .function = names_intern(&sites->names, frame->function, length),
                .file = names_intern(&sites->names, file, strlen(file)),
                .line = frame->line,
            };
    }
    return places;
}

static bool is_same(const struct heap_place *a, const struct heap_place *b)
{
    return a->function == b->function && a->file == b->file;
}

static struct heap_site site_of(const struct heap_left *left,
                                const struct heap_stack *stack,
                                const struct heap_place *places)
{
    struct heap_site site = { .bytes = stack->bytes };
    for (size_t i = 0; i < stack->count; i++) {
        const struct heap_place *place = &places[left->calls.items[stack->first + i]];
        if (!place->function)
            continue;
        if (!site.place.function) {
            site.place = *place;
        } else if (!is_same(place, &site.place)) {
            site.caller = *place;
            break;
        }
    }
    return site;
}

/* Sites with most bytes first; of equal ones, in a fixed order. */
static int compare_sites(const void *left, const void *right)
{
    const struct heap_site *a = left;
    const struct heap_site *b = right;
    if (a->bytes != b->bytes)
        return a->bytes > b->bytes ? -1 : 1;
    int names = strcmp(a->place.function, b->place.function);
    if (!names)
        names = strcmp(a->place.file, b->place.file);
    if (!names && a->place.line != b->place.line)
        return a->place.line < b->place.line ? -1 : 1;
    return names;
}

/* Of sorted ones: what comes first has the most bytes, and so the lines. */
static void merge(struct heap_sites *sites)
{
    struct heap_site *items = sites->sites.items;
    size_t kept = 0;
    for (size_t i = 0; i < sites->sites.count; i++) {
        size_t same = 0;
        while (same < kept && !(is_same(&items[same].place, &items[i].place) &&
                                is_same(&items[same].caller, &items[i].caller)))
            same++;
        if (same < kept)
            items[same].bytes += items[i].bytes;
        else
            items[kept++] = items[i];
    }
    sites->sites.count = kept;
}

void heap_sites_make(struct heap_sites *sites,
                     const struct heap_left *left,
                     const struct tree_paths *paths)
{
    AUTO_FREE struct heap_place *places = find_places(sites, left, paths);
    sites->bytes = left->bytes;
    for (size_t i = 0; i < left->stacks.count; i++) {
        struct heap_site site = site_of(left, &left->stacks.items[i], places);
        if (site.place.function)
            *array_push(&sites->sites) = site;
    }
    for (int turn = 0; turn < 2 && sites->sites.count; turn++) {
        qsort(sites->sites.items, sites->sites.count, sizeof *sites->sites.items,
              compare_sites);
        if (turn == 0)
            merge(sites);
    }
}
