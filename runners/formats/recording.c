#include "runners/formats/recording.h"

#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/str.h"

void recording_clear(struct recording *recording)
{
    for (size_t i = 0; i < recording->count; i++) {
        struct series *series = &recording->items[i];
        free(series->name);
        free(series->quantity);
        free(series->failure);
        array_clear(series);
    }
    array_clear(recording);
    free(recording->machine);
    recording->machine = NULL;
    strvec_clear(&recording->warnings);
}

struct series *
recording_find(const struct recording *recording, const char *name, const char *quantity)
{
    for (size_t i = recording->count; i-- > 0;) {
        struct series *series = &recording->items[i];
        if (str_equal(series->name, name) && str_equal(series->quantity, quantity))
            return series;
    }
    return NULL;
}

struct series *recording_series(struct recording *recording,
                                const char *name,
                                const char *quantity,
                                enum series_unit unit)
{
    struct series *series = recording_find(recording, name, quantity);
    if (series)
        return series;
    series = array_push(recording);
    series->name = xstrdup(name);
    series->quantity = xstrdup(quantity);
    series->unit = unit;
    return series;
}

void series_push(struct series *series, double value)
{
    *array_push(series) = value;
}

void series_fail(struct series *series, const char *reason)
{
    if (!series->failure)
        series->failure = xstrdup(reason);
}

const char *series_value_rule(enum series_unit unit, double value)
{
    bool may_be_zero = unit == SERIES_BYTES || unit == SERIES_COUNT;
    if (isfinite(value) && (value > 0 || (may_be_zero && value >= 0)))
        return NULL;
    return may_be_zero ? "a number, 0 or more" : "a number above 0";
}
