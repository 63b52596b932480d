/* Head held against stored sessions of base and of what stood before it (--baseline):
 * which ones those were. Part of a result; plain data that owns its strings. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gate/base/strvec.h"
#include "runners/metric.h"

/* A stored session that at least one row was held against. */
struct baseline_session {
    char *name;          /* in the store */
    char *command;       /* that recorded it: "run", "check" */
    char *recorded_at;   /* RFC 3339, UTC */
    char *machine_class; /* its name */
    char *commit;        /* hex; base, or a commit before it */
    char *subject;
    size_t distance; /* commits before base, by first parents; 0: base itself */
    int64_t age_s;   /* when head was measured */
    bool is_stale;   /* farther or older than the config allows */
};
struct baseline_sessions {
    struct baseline_session *items; /* nearest first */
    size_t count;
    size_t capacity;
};

/* What one row was held against. */
struct baseline_row {
    char *bench_id;
    enum metric metric;
    struct strvec sessions; /* their names, nearest first */
    struct {
        double *items;
        size_t count;
        size_t capacity;
    } medians;          /* of each of them, in the metric's base unit */
    size_t stale_count; /* of these */
    double between_sd;  /* standard deviation of the logarithms of their medians; NAN
                         * where there are fewer than two */
    char *since; /* the newest commit that a stored pair showed to have changed the row:
                  * sessions before it were left out; "" where none is known */
};
struct baseline_rows {
    struct baseline_row *items;
    size_t count;
    size_t capacity;
};

struct baseline {
    char *store;               /* where they were stored */
    char *machine_class;       /* of the machine that measured head */
    bool is_across;            /* other classes were let in (--across-machines) */
    struct strvec differences; /* of those that were let in: "kernel_major: 6 here, 5
                                * there" */
    struct baseline_sessions sessions;
    struct baseline_rows rows;
};

void baseline_free(struct baseline *baseline); /* NULL is fine */
/* NULL where the row was not held against anything. Borrowed. */
const struct baseline_row *
baseline_find(const struct baseline *baseline, const char *bench_id, enum metric metric);
