#include "runners/formats/unit.h"

#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"

#define COUNT(table) (sizeof(table) / sizeof(table)[0])

static const struct unit times[] = {
    { "ps", "wall", SERIES_SECONDS, 1e-12 },
    { "ns", "wall", SERIES_SECONDS, 1e-9 },
    { "us", "wall", SERIES_SECONDS, 1e-6 },
    { "\xc2\xb5s", "wall", SERIES_SECONDS, 1e-6 }, /* the micro sign */
    { "\xce\xbcs", "wall", SERIES_SECONDS, 1e-6 }, /* the Greek letter */
    { "ms", "wall", SERIES_SECONDS, 1e-3 },
    { "s", "wall", SERIES_SECONDS, 1 },
};

static const struct unit sizes[] = {
    { "B", "bytes", SERIES_BYTES, 1 },
    { "kB", "bytes", SERIES_BYTES, 1e3 },
    { "KB", "bytes", SERIES_BYTES, 1e3 },
    { "MB", "bytes", SERIES_BYTES, 1e6 },
    { "GB", "bytes", SERIES_BYTES, 1e9 },
    { "TB", "bytes", SERIES_BYTES, 1e12 },
    { "KiB", "bytes", SERIES_BYTES, 1024 },
    { "MiB", "bytes", SERIES_BYTES, 1048576 },
    { "GiB", "bytes", SERIES_BYTES, 1073741824 },
    { "TiB", "bytes", SERIES_BYTES, 1099511627776 },
};

static const struct unit others[] = {
    { "count", "count", SERIES_COUNT, 1 },
    { "value", "value", SERIES_PLAIN, 1 },
};

static const struct unit *find(const struct unit *table, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(table[i].name, name))
            return &table[i];
    }
    return NULL;
}

const struct unit *unit_of_time(const char *name)
{
    return find(times, COUNT(times), name);
}

const struct unit *unit_of_size(const char *name)
{
    return find(sizes, COUNT(sizes), name);
}

static bool parse_rate(const char *name, struct unit *out)
{
    static const char per_second[] = "/s";
    size_t length = strlen(name);
    if (!str_ends_with(name, per_second) || length == strlen(per_second))
        return false;
    AUTO_FREE char *what = xstrndup(name, length - strlen(per_second));
    const struct unit *size = unit_of_size(what);
    *out = (struct unit){ name, "throughput", SERIES_RATE, size ? size->scale : 1 };
    return true;
}

bool unit_parse(const char *name, struct unit *out)
{
    const struct unit *found = unit_of_time(name);
    if (!found)
        found = unit_of_size(name);
    if (!found)
        found = find(others, COUNT(others), name);
    if (!found)
        return parse_rate(name, out);
    *out = *found;
    return true;
}
