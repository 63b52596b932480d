/* What a check or a run measured, kept in the store (--record). */
#pragma once

#include <stdbool.h>

#include "gate/base/attributes.h"
#include "gate/experiment/pair.h"

struct check;
struct store;
struct error;
struct session;

/* With --record: the store, seen to be there before any work is done. */
int check_open_store(struct check *check, struct error *err) MUST_CHECK;

/* The store that the side's config names, or --store; the caller's. */
struct store *
check_find_store(const struct check *check, enum side side, struct error *err) MUST_CHECK;

/* All of a session but the rows and gaps of its sides. base: whether it has one. */
void check_describe_session(const struct check *check,
                            const char *command,
                            bool has_base,
                            struct session *out);

/* With --record: keeps the session and says under which name. */
int check_record(struct check *check, const struct session *session, struct error *err)
    MUST_CHECK;
/* The same for the session of a check's result; nothing where it is not asked for. */
int check_record_result(struct check *check, struct error *err) MUST_CHECK;
