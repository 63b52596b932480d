/* Structs to and from bytes, by the tables of fields.h: for what this very program keeps
 * for itself and can make again, such as an index in the cache. Compact and quick to
 * read, and nothing for people or for another machine. Numbers are kept to the last bit,
 * also those that JSON does not have. Tables with FIELD_ITEMS are not for this. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "gate/base/attributes.h"

struct field_table;
struct str;

/* Appends the struct. */
void fields_pack(const struct field_table *table, const void *from, struct str *out);

/* Bytes that are being read. */
struct packed {
    const char *at;
    size_t left;
};

/* Fills the zeroed struct at to, and moves on past its bytes. -1 where they end too early
 * or can't be; to owns what was read then as well, the caller clears it. */
int fields_unpack(const struct field_table *table, struct packed *packed, void *to)
    MUST_CHECK;

/* A number that changes where members, kinds, places, sizes or the names of choices do:
 * what was packed under another one can't be unpacked. */
uint64_t fields_fingerprint(const struct field_table *table);
