#include "gate/experiment/around_json.h"

#include <stddef.h>
#include <string.h>

#include "gate/base/error.h"

struct count {
    const char *name;
    size_t offset;
    int64_t unknown; /* the value that is left out */
};
#define COUNT(NAME, MEMBER, UNKNOWN)                               \
    {                                                              \
        NAME, offsetof(struct environment_change, MEMBER), UNKNOWN \
    }
#define PRESSURE(NAME, WHAT) COUNT(NAME, pressure_ns[WHAT], ENVIRONMENT_UNKNOWN)
static const struct count counts[] = {
    COUNT("span_ns", span_ns, 0),
    COUNT("steal_ns", steal_ns, 0),
    COUNT("suspended_ns", suspended_ns, 0),
    PRESSURE("cpu_pressure_ns", PRESSURE_CPU),
    PRESSURE("io_pressure_ns", PRESSURE_IO),
    PRESSURE("memory_pressure_ns", PRESSURE_MEMORY),
    COUNT("throttle_count", throttle_count, 0),
    COUNT("lowest_hz", lowest_hz, 0),
    COUNT("highest_hz", highest_hz, 0),
};
#define COUNT_OF_COUNTS (sizeof counts / sizeof counts[0])

json_t *around_to_json(const struct environment_change *around)
{
    if (around->span_ns <= 0)
        return NULL;
    json_t *object = json_object();
    for (size_t i = 0; i < COUNT_OF_COUNTS; i++) {
        int64_t value = 0;
        memcpy(&value, (const char *)around + counts[i].offset, sizeof value);
        if (value != counts[i].unknown)
            json_object_set_new(object, counts[i].name, json_integer(value));
    }
    json_object_set_new(object, "load_average", json_real(around->load_average));
    if (around->others_share >= 0)
        json_object_set_new(object, "others_share", json_real(around->others_share));
    return object;
}

static int bad(const char *key, struct error *err)
{
    return error_set(err, ERROR_USAGE, "a pair's 'around.%s' is not what it should be",
                     key);
}

static int
read_number(const json_t *object, const char *key, double *out, struct error *err)
{
    const json_t *value = json_object_get(object, key);
    if (!value)
        return 0;
    if (!json_is_number(value) || json_number_value(value) < 0)
        return bad(key, err);
    *out = json_number_value(value);
    return 0;
}

int around_from_json(const json_t *value,
                     struct environment_change *out,
                     struct error *err)
{
    struct environment_change around = { .others_share = ENVIRONMENT_UNKNOWN };
    if (!value) {
        *out = (struct environment_change){ 0 };
        return 0;
    }
    for (size_t i = 0; i < COUNT_OF_COUNTS; i++) {
        const json_t *found = json_object_get(value, counts[i].name);
        int64_t number = counts[i].unknown;
        if (found && (!json_is_integer(found) || json_integer_value(found) < 0))
            return bad(counts[i].name, err);
        if (found)
            number = json_integer_value(found);
        memcpy((char *)&around + counts[i].offset, &number, sizeof number);
    }
    if (around.span_ns <= 0)
        return bad("span_ns", err);
    if (read_number(value, "load_average", &around.load_average, err) < 0 ||
        read_number(value, "others_share", &around.others_share, err) < 0)
        return -1;
    *out = around;
    return 0;
}
