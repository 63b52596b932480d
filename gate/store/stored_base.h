/* Which stored sessions stand for base, where base itself is not measured. Pure. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gate/base/strvec.h"
#include "gate/config/config.h"
#include "gate/store/session.h"

/* A session's measurement of base, or of the nearest commit before it. */
struct stored_side {
    const struct session *session; /* borrowed */
    const struct session_side *side;
    size_t distance; /* commits before base; 0: base itself */
    int64_t age_s;   /* at the time that was given; 0 for the future */
};
/* What a session measured of one commit against one before it, in pairs. */
struct stored_step {
    const struct session_side *head;
    size_t distance;
};
struct stored_base {
    struct {
        struct stored_side *items; /* nearest first, then newest first */
        size_t count;
        size_t capacity;
    } sides;
    struct {
        struct stored_step *items;
        size_t count;
        size_t capacity;
    } steps;
    struct strvec commits; /* base's id, then those of its first parents */
};
#define AUTO_STORED_BASE AUTO(stored_base_clear)
void stored_base_clear(struct stored_base *base);

/* Finds them. commits: base's id and those of its first parents, in order; now_s: since
 * 1970. Borrows from the sessions. */
void stored_base_of(const struct sessions *sessions,
                    const struct strvec *commits,
                    int64_t now_s,
                    struct stored_base *out);

/* One of the sessions that a row is held against. */
struct stored_pick {
    const struct stored_side *from;
    const struct session_row *row;
    bool is_stale;
};
struct stored_picks {
    struct stored_pick *items; /* nearest first */
    size_t count;
    size_t capacity;
    const char *since; /* the newest commit that is known to have changed the row;
                        * borrowed from the base. NULL: none */
};
#define AUTO_STORED_PICKS AUTO(stored_picks_clear)
void stored_picks_clear(struct stored_picks *picks);

/* More say no more. */
#define STORED_PICKS_MOST 50

/* The sessions for one row: those since its last known change, fresh ones alone where
 * there are PREDICTION_LEAST of these, else so many with the nearest of the stale ones.
 * A change is known where a stored pair's interval leaves out zero and its estimate is
 * half the margin or more. */
void stored_base_pick(const struct stored_base *base,
                      const struct stale_limits *limits,
                      const char *bench_id,
                      enum metric metric,
                      const struct margin *margin,
                      struct stored_picks *out);
