/* What the name of a stored session says, without a look into it:
 * "xeon-2c-kvm-gcc12-3f9a12bc/2026-11/0123456789ab-fedcba9876543210.json". */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "gate/base/attributes.h"

struct session;

enum {
    SESSION_COMMIT_DIGITS = 12, /* of the commit's id */
    SESSION_HASH_DIGITS = 16,   /* of the id that git gives the file's bytes */
};

struct session_entry {
    char *name;                             /* the whole, with '/' between its parts */
    char *class_name;                       /* of the machine class */
    char month[8];                          /* "2026-11", when it was recorded */
    char commit[SESSION_COMMIT_DIGITS + 1]; /* of the head */
    char hash[SESSION_HASH_DIGITS + 1];
};
struct session_entries {
    struct session_entry *items;
    size_t count;
    size_t capacity;
};
#define AUTO_SESSION_ENTRIES AUTO(session_entries_clear)
void session_entries_clear(struct session_entries *entries);

/* Takes a name apart. False where it is no session's: whatever else may lie there. Only
 * names that stay below the place they are looked up in pass. */
bool session_entry_parse(const char *name, struct session_entry *out) MUST_CHECK;
void session_entry_clear(struct session_entry *entry);

/* The name of a session with that text, the caller's. */
char *session_entry_name(const struct session *session, const char *bytes, size_t length)
    MUST_CHECK;
/* Whether the bytes are those that the name was made for. */
bool session_entry_fits(const struct session_entry *entry,
                        const char *bytes,
                        size_t length);
