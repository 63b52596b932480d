/* Sessions under a git ref: recorded without a work tree, shared by push and pull. */
#pragma once

#include "gate/base/attributes.h"

struct error;
struct store;
struct store_place;

/* Where automatic history lives unless said otherwise. */
#define STORE_REF_DEFAULT "refs/pawl/baselines"

/* The files under that ref (its full name) of the repository that directory lies in. The
 * caller's, NULL with err where there is no repository or the ref is none. */
struct store_place *
store_place_ref(const char *directory, const char *ref, struct error *err) MUST_CHECK;
struct store *store_open_ref(const char *directory, const char *ref, struct error *err)
    MUST_CHECK;

/* The ref's name in what the config's "baselines" or --store says: "ref" is
 * STORE_REF_DEFAULT, "ref:NAME" is NAME; NULL for anything else, which is a directory.
 * Borrowed. */
const char *store_ref_of(const char *where);
