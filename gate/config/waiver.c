#include "gate/config/waiver.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/config/bench.h"

static void waiver_clear(struct waiver *waiver)
{
    free(waiver->row);
    free(waiver->metric_text);
    free(waiver->up_to_text);
    free(waiver->reason);
    free(waiver->owner);
    free(waiver->until);
    free(waiver->place);
}

void waivers_clear(struct waivers *waivers)
{
    for (size_t i = 0; i < waivers->count; i++)
        waiver_clear(&waivers->items[i]);
    array_clear(waivers);
}

bool waiver_is_for(const struct waiver *waiver, const struct waived *what)
{
    return waiver->kind == what->kind && waiver->metric == what->metric &&
           (waiver->kind != WAIVER_GOAL || waiver->statistic == what->statistic) &&
           bench_matches(waiver->row, what->id, what->benchmark);
}

/* Days written so are in the order of their texts. */
bool waiver_is_in_force(const struct waiver *waiver, const char *today)
{
    return strncmp(today, waiver->until, strlen(waiver->until)) <= 0;
}

static bool agrees(const struct waiver *a, const struct waiver *b)
{
    return str_equal(a->row, b->row) && str_equal(a->metric_text, b->metric_text) &&
           str_equal(a->up_to_text, b->up_to_text) && str_equal(a->reason, b->reason) &&
           str_equal(a->owner, b->owner) && str_equal(a->until, b->until);
}

bool waivers_have(const struct waivers *waivers, const struct waiver *like)
{
    for (size_t i = 0; i < waivers->count; i++)
        if (agrees(&waivers->items[i], like))
            return true;
    return false;
}
