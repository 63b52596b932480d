/* Sessions as bytes for this very program (gate/base/fields_pack.h). */
#pragma once

#include <stdint.h>

#include "gate/base/attributes.h"
#include "gate/base/fields_pack.h"

struct session;
struct str;

/* All of the session but its name. */
void session_pack(const struct session *session, struct str *out);
/* -1 with out as it was where the bytes are none. */
int session_unpack(struct packed *packed, struct session *out) MUST_CHECK;
/* Changes with struct session. */
uint64_t session_pack_fingerprint(void);
