/* The options that check, run and bisect have in common: how much may be measured, with
 * which seed, and how much is said meanwhile. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "gate/base/attributes.h"

struct error;

/* What a table of options fills in. */
struct raw_limits {
    uint64_t seed;
    uint64_t most; /* pairs or runs of a benchmark */
    int64_t budget_ns;
    bool is_quiet;
    bool is_verbose;
};
/* Nothing is given: values that no option lets through. */
#define RAW_LIMITS_INIT \
    ((struct raw_limits){ .seed = UINT64_MAX, .most = UINT64_MAX, .budget_ns = -1 })

/* -1 with ERROR_USAGE for less than so many by the option of that name, and for no time
 * at all. */
int raw_limits_check(const struct raw_limits *raw,
                     const char *option,
                     uint64_t least,
                     struct error *err) MUST_CHECK;

struct limits {
    int64_t budget_ns; /* 0: the config's */
    uint64_t most;     /* 0: the config's */
    uint64_t seed;
    bool has_seed; /* else one is drawn */
};
/* What was asked for. Sets the level of the log, too. */
struct limits raw_limits_take(const struct raw_limits *raw);
