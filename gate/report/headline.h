/* The first line of every report: may this be merged? */
#pragma once

#include <stddef.h>

#include "gate/base/str.h"
#include "gate/report/tally.h"
#include "gate/verdict/result.h"

/* "No: 2 of 40 rows got slower." and what belongs to it. Plain text of our own words. */
struct headline {
    struct str answer;
    struct str detail; /* may be empty */
};
#define HEADLINE_INIT ((struct headline){ .answer = STR_INIT, .detail = STR_INIT })
#define AUTO_HEADLINE AUTO(headline_clear)
void headline_of(const struct result *result, struct headline *headline);
void headline_clear(struct headline *headline);
