/* Whether what was read as a session makes sense. Private to the layer. */
#pragma once

#include "gate/base/attributes.h"

struct error;
struct session;

/* -1 with what is wrong, where, and what is allowed: "'/head/rows/3/low' must be at most
 * ..."; bounds that were not told become infinite. */
int session_check(struct session *session, struct error *err) MUST_CHECK;
