#include "runners/callgrind/profile.h"

#include "gate/base/array.h"
#include "gate/base/str.h"

void profile_clear(struct profile *profile)
{
    strvec_clear(&profile->events);
    strvec_clear(&profile->names);
    array_clear(&profile->functions);
    array_clear(&profile->calls);
    array_clear(&profile->lines);
    free(profile->self);
    free(profile->inclusive);
    free(profile->line_costs);
    free(profile->line_calls);
    free(profile->totals);
    *profile = (struct profile){ 0 };
}

int profile_event(const struct profile *profile, const char *name)
{
    for (size_t i = 0; i < profile->events.count; i++)
        if (str_equal(profile->events.items[i], name))
            return (int)i;
    return -1;
}
