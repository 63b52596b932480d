/* What another harness measured, as every reader of a format hands it on: samples by name
 * and quantity, in base units. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "gate/base/attributes.h"
#include "gate/base/strvec.h"

/* How a series' values are read and shown. Smaller is better, but for rates. */
enum series_unit {
    SERIES_SECONDS, /* above 0 */
    SERIES_BYTES,   /* 0 or more */
    SERIES_COUNT,   /* 0 or more */
    SERIES_RATE,    /* above 0, of something a second: larger is better */
    SERIES_PLAIN    /* above 0, of a unit that nobody names */
};

struct series {
    char *name; /* of the benchmark, as the harness writes it */
    /* "wall", "cpu", "bytes", "allocs", "count", "throughput", "value", or a metric of
     * pawl. */
    char *quantity;
    enum series_unit unit;
    double *items; /* in the order they were recorded */
    size_t count;
    size_t capacity;
    char *failure;      /* why there are no values to go by; NULL where there are */
    bool is_shown_only; /* recorded for information: not judged, unless the other side is
                         */
};

struct recording {
    struct series *items; /* name and quantity together are unique */
    size_t count;
    size_t capacity;
    char *machine;          /* where it ran, as far as the file tells; NULL: not at all */
    struct strvec warnings; /* what was left out or looks odd */
};
void recording_clear(struct recording *recording);
#define AUTO_RECORDING AUTO(recording_clear)

/* The series of that name and quantity; NULL where there is none. */
struct series *
recording_find(const struct recording *recording, const char *name, const char *quantity);

/* The same, added where there is none; valid until the next one is added. */
struct series *recording_series(struct recording *recording,
                                const char *name,
                                const char *quantity,
                                enum series_unit unit);

void series_push(struct series *series, double value);
/* The first reason is kept. */
void series_fail(struct series *series, const char *reason);

/* What is wrong with a value of this unit: "a number above 0" as it should be; NULL where
 * it is fine. */
const char *series_value_rule(enum series_unit unit, double value);
