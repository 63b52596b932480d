/* Sessions that were read before, kept in the cache, since reading JSON is what takes the
 * time: of 2,000 sessions a second.
 *
 * It never stands for the store. A session is found by the id of the bytes that the store
 * has now; what was edited, removed or pruned is not found. An index that is damaged, or
 * another pawl's, counts as empty, and is made again. */
#pragma once

#include <stdbool.h>

#include "gate/base/attributes.h"

struct session;
struct store_index;

/* Reads the file where there is one. Never NULL. */
struct store_index *store_index_open(const char *path) MUST_CHECK;
void store_index_close(struct store_index *index);

/* The session with that id (as git gives it to the file's bytes); the caller's. */
bool store_index_find(struct store_index *index, const char *id, struct session *out);
/* To be found from now on. */
void store_index_add(struct store_index *index,
                     const char *id,
                     const struct session *session);

/* Writes the file where it is worth the while: a few sessions more are read again next
 * time. With is_whole, what was neither found nor added since the opening is left out.
 * Where it can't be written, it is left. */
void store_index_save(struct store_index *index, bool is_whole);
