/* Where a store keeps its files: a table of functions over names and bytes, which know
 * nothing of sessions. Names are relative, with '/' between their parts; the store only
 * hands on names that session_entry_parse takes. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "gate/base/attributes.h"
#include "gate/source/revision.h"

struct error;
struct str;
struct strvec;

/* Borrowed. */
struct store_file {
    const char *name;
    const char *bytes;
    size_t length;
};

/* self is always the place's own struct, whose first member this is. */
struct store_place {
    /* Keeps the bytes under their names; returns once they are safe on disk. Where they
     * are there already, nothing changes; what else stands under a name is replaced, for
     * the name says what the bytes are. Whoever is killed in it leaves the place
     * readable. */
    int (*put)(struct store_place *self,
               const struct store_file *files,
               size_t count,
               struct error *err);
    /* The names of all files, in any order. What can't be used (a link, a file under a
     * name that no session has) is left out, with a warning where somebody might have
     * meant it. A place that is not there yet has none. */
    int (*list)(struct store_place *self,
                struct strvec *names,
                struct strvec *warnings,
                struct error *err);
    /* Appends the bytes of a file; -1 also where there are more than SESSION_BYTES_MOST.
     */
    int (*get)(struct store_place *self,
               const char *name,
               struct str *bytes,
               struct error *err);
    /* Takes files away, all or, where it fails, some of them; one that is not there is
     * none's fault. */
    int (*remove)(struct store_place *self,
                  const struct strvec *names,
                  struct error *err);
    /* Sees that something can be put, before work is done for it; NULL where there is
     * nothing to see. */
    int (*probe)(struct store_place *self, struct error *err);
    /* The id that git gives a file's bytes, where the place knows it without a look into
     * them; false where it does not. NULL: it never does. */
    bool (*identify)(struct store_place *self, const char *name, char id[SOURCE_ID_SIZE]);
    void (*close)(struct store_place *self);
};

/* Files in the directory root, which is made by the first put. Never NULL. */
struct store_place *store_place_directory(const char *root) MUST_CHECK;
