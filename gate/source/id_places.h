/* Ids that are looked for, and where each stands in the caller's list. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include <git2.h>

#include "gate/base/attributes.h"

struct id_place {
    git_oid id;
    size_t place;
};
struct id_places {
    struct id_place *items;
    size_t count;
    size_t capacity;
};
void id_places_clear(struct id_places *places);
#define AUTO_ID_PLACES AUTO(id_places_clear)

/* Adds a full id; false where it is none. The same id may stand in several places. */
bool id_places_add(struct id_places *places, const char *id, size_t place) MUST_CHECK;
/* Once all are added, and before the first is looked up. */
void id_places_sort(struct id_places *places);
/* The first of the places of an id, which follow each other; *count says how many.
 * Borrowed. NULL where it has none. */
const struct id_place *
id_places_find(const struct id_places *places, const git_oid *id, size_t *count);
