#include "gate/source/id_places.h"

#include <stdlib.h>

#include "gate/base/array.h"

void id_places_clear(struct id_places *places)
{
    array_clear(places);
}

bool id_places_add(struct id_places *places, const char *id, size_t place)
{
    struct id_place added = { .place = place };
    if (git_oid_fromstr(&added.id, id) < 0)
        return false;
    *array_push(places) = added;
    return true;
}

static int by_id(const void *a, const void *b)
{
    const struct id_place *one = a;
    const struct id_place *two = b;
    return git_oid_cmp(&one->id, &two->id);
}

void id_places_sort(struct id_places *places)
{
    if (places->count)
        qsort(places->items, places->count, sizeof *places->items, by_id);
}

const struct id_place *
id_places_find(const struct id_places *places, const git_oid *id, size_t *count)
{
    const struct id_place key = { .id = *id };
    *count = 0;
    const struct id_place *found =
        places->count ? bsearch(&key, places->items, places->count, sizeof key, by_id)
                      : NULL;
    if (!found)
        return NULL;
    while (found > places->items && git_oid_equal(&found[-1].id, id))
        found--;
    const struct id_place *end = places->items + places->count;
    for (const struct id_place *at = found; at < end && git_oid_equal(&at->id, id); at++)
        (*count)++;
    return found;
}
