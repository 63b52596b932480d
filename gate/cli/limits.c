#include "gate/cli/limits.h"

#include <inttypes.h>

#include "gate/base/error.h"
#include "gate/base/log.h"

int raw_limits_check(const struct raw_limits *raw,
                     const char *option,
                     uint64_t least,
                     struct error *err)
{
    if (raw->most < least)
        return error_set(err, ERROR_USAGE,
                         "--%s must be at least %" PRIu64 ", not %" PRIu64, option, least,
                         raw->most);
    if (raw->budget_ns == 0)
        return error_set(err, ERROR_USAGE, "--budget must be more than nothing");
    return 0;
}

struct limits raw_limits_take(const struct raw_limits *raw)
{
    const struct raw_limits none = RAW_LIMITS_INIT;
    if (raw->is_quiet || raw->is_verbose)
        log_set_level(raw->is_quiet ? LOG_QUIET : LOG_VERBOSE);
    bool has_seed = raw->seed != none.seed;
    return (struct limits){
        .budget_ns = raw->budget_ns == none.budget_ns ? 0 : raw->budget_ns,
        .most = raw->most == none.most ? 0 : raw->most,
        .has_seed = has_seed,
        .seed = has_seed ? raw->seed : 0,
    };
}
