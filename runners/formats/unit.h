/* Units as harnesses write them. */
#pragma once

#include <stdbool.h>

#include "runners/formats/recording.h"

/* What a unit measures, and in how many base units (seconds, bytes). */
struct unit {
    const char *name;
    const char *quantity; /* of a series: "wall" */
    enum series_unit unit;
    double scale;
};

/* ps, ns, us (also with a micro sign), ms, s; NULL for anything else. */
const struct unit *unit_of_time(const char *name);
/* B, kB (also KB), MB, GB, TB of 1000; KiB, MiB, GiB, TiB of 1024; NULL for anything
 * else. */
const struct unit *unit_of_size(const char *name);

/* Any of those, "count", "value", or a rate: something and "/s" ("cases/s", "MB/s",
 * sizes in bytes a second). False, with *out as it was, for anything else. */
bool unit_parse(const char *name, struct unit *out);
#define UNIT_NAMES "ns, us, ms, s, B, kB, MB, GB, KiB, MiB, GiB, count, value, or .../s"
