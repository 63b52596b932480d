/* Recorded sessions: baselines. One file a session, named by its machine class, its
 * month, its commit and a hash of its bytes, so that two writers never touch the same
 * file, the same session stored twice is one file, and two stores are merged by taking
 * the files of both. */
#pragma once

#include <stddef.h>

#include "gate/base/attributes.h"
#include "gate/base/strvec.h"
#include "gate/store/session.h"
#include "gate/store/session_entry.h"

struct error;
struct store;
struct store_place;

/* A store over a place, which it owns from now on and closes. title is what messages call
 * it: "baselines". Never NULL. */
struct store *store_new(struct store_place *place, const char *title) MUST_CHECK;
/* The files below root, which may not be there yet. */
struct store *store_open_directory(const char *root) MUST_CHECK;
/* By what the config's "baselines" or --store says: "ref" or "ref:NAME", a git ref
 * (STORE_REF_DEFAULT, or that full name) of the repository that top lies in, NULL: the
 * current directory; or a directory, which if it is relative is so to top (NULL: there is
 * none). NULL with err where that leads nowhere. */
struct store *store_open(const char *where, const char *top, struct error *err)
    MUST_CHECK;
/* Has store_load keep what it reads in that file of the cache, for places that tell ids.
 */
void store_use_index(struct store *store, const char *path);
void store_close(struct store *store); /* NULL is fine */
void store_release(struct store **store);
#define AUTO_STORE AUTO(store_release)

/* Borrowed. */
const char *store_title(const struct store *store);

/* Sees that sessions can be added, before they are measured: a directory is made where
 * there is none yet. */
int store_probe(struct store *store, struct error *err) MUST_CHECK;

/* Adds a session; *name (the caller's; may be NULL) is how it is called there. Returns
 * once it is safe on disk; sessions that are there already stay one. -1 with ERROR_USAGE
 * for a dirty work tree and for what session_json_read would not read again. */
int store_add(struct store *store,
              const struct session *session,
              char **name,
              struct error *err) MUST_CHECK;

/* Adds all of them, under a ref as one commit. -1 with err names the first that can't be
 * stored; then, under a ref, none is. */
int store_add_all(struct store *store, const struct sessions *sessions, struct error *err)
    MUST_CHECK;

/* Which sessions; { 0 } is all. */
struct store_filter {
    const char *class_name; /* of that machine class; NULL: of any */
    const struct strvec
        *commits;         /* whose head or base is one of these ids; NULL: any. What
                           * a base is stands inside the file: store_list, which
                           * does not look into it, goes by the head alone */
    const char *bench_id; /* keeps only the rows and gaps of that bench; NULL: all */
};

/* The stored sessions by their names alone, sorted by class, month, commit and hash.
 * Pushes a sentence to warnings for each file that should be one and is not. */
int store_list(struct store *store,
               const struct store_filter *filter,
               struct session_entries *out,
               struct strvec *warnings,
               struct error *err) MUST_CHECK;

/* Reads one. -1 with ERROR_USAGE where it is damaged, was edited (its bytes don't fit its
 * name) or comes from a newer pawl; err names it. */
int store_read(struct store *store,
               const struct session_entry *entry,
               struct session *out,
               struct error *err) MUST_CHECK;

/* Reads all that the filter lets through, sorted by recorded_at, then name. A file that
 * can't be read costs a warning, which names it; the others are read all the same. */
int store_load(struct store *store,
               const struct store_filter *filter,
               struct sessions *out,
               struct strvec *warnings,
               struct error *err) MUST_CHECK;

/* Takes sessions away by their names. */
int store_remove(struct store *store, const struct strvec *names, struct error *err)
    MUST_CHECK;
