#include "gate/base/units.h"

#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/str.h"

struct unit {
    const char *name;
    double factor;
};

static const struct unit durations[] = {
    { "ns", 1 },   { "us", 1e3 },   { "ms", 1e6 },    { "s", 1e9 },
    { "m", 60e9 }, { "h", 3600e9 }, { "d", 86400e9 },
};
static const struct unit sizes[] = {
    { "B", 1 },
    { "kB", 1e3 },
    { "MB", 1e6 },
    { "GB", 1e9 },
    { "KiB", 1024 },
    { "MiB", 1 << 20 },
    { "GiB", 1024. * (1 << 20) },
};
static const struct unit shares[] = { { "%", 0.01 } };

#define COUNT_OF(table) (sizeof(table) / sizeof(table)[0])

/* Only plain decimals: strtod would also take "inf", "0x1p3" and the locale's comma. */
static int parse_number(const char *text, double *number, const char **rest)
{
    size_t digits = strspn(text, "0123456789");
    size_t length = digits;
    if (text[length] == '.') {
        size_t decimals = strspn(text + length + 1, "0123456789");
        digits += decimals;
        length += 1 + decimals;
    }
    if (!digits || length > 40)
        return -1;

    double value = 0;
    double scale = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '.') {
            scale = 1;
            continue;
        }
        value = value * 10 + (text[i] - '0');
        scale *= 10;
    }
    *number = scale > 0 ? value / scale : value;
    *rest = text + length;
    return 0;
}

static int
parse_quantity(const char *text, const struct unit *units, size_t count, double *out)
{
    double number = 0;
    const char *rest = NULL;
    if (parse_number(text, &number, &rest) < 0)
        return -1;
    while (*rest == ' ')
        rest++;
    if (!*rest && number <= 0) {
        *out = 0;
        return 0;
    }
    for (size_t i = 0; i < count; i++) {
        if (str_equal(rest, units[i].name)) {
            *out = number * units[i].factor;
            return 0;
        }
    }
    return -1;
}

static int
parse_integer(const char *text, const struct unit *units, size_t count, int64_t *out)
{
    double value = 0;
    if (parse_quantity(text, units, count, &value) < 0 || value >= 9e18)
        return -1;
    *out = (int64_t)llround(value);
    return 0;
}

int units_parse_duration_ns(const char *text, int64_t *out)
{
    return parse_integer(text, durations, COUNT_OF(durations), out);
}

int units_parse_size_bytes(const char *text, int64_t *out)
{
    return parse_integer(text, sizes, COUNT_OF(sizes), out);
}

int units_parse_share(const char *text, double *out)
{
    return parse_quantity(text, shares, COUNT_OF(shares), out);
}

int units_parse_number(const char *text, double *out)
{
    double number = 0;
    const char *rest = NULL;
    if (parse_number(text, &number, &rest) < 0 || *rest)
        return -1;
    *out = number;
    return 0;
}

/* value with three significant digits, but never with an exponent. */
static void add_three_digits(struct str *out, double value)
{
    double size = fabs(value);
    int decimals = size < 9.995 ? 2 : size < 99.95 ? 1 : 0;
    str_addf(out, "%.*f", decimals, value);
}

static void
add_scaled(struct str *out, double value, const struct unit *units, size_t count)
{
    size_t chosen = 0;
    while (chosen + 1 < count && fabs(value) >= 0.9995 * units[chosen + 1].factor)
        chosen++;
    add_three_digits(out, value / units[chosen].factor);
    str_addf(out, " %s", units[chosen].name);
}

void units_add_duration(struct str *out, double seconds)
{
    static const struct unit shown[] = { { "ns", 1e-9 }, { "us", 1e-6 }, { "ms", 1e-3 },
                                         { "s", 1 },     { "min", 60 },  { "h", 3600 } };
    if (fpclassify(seconds) == FP_ZERO) {
        str_add(out, "0 s");
        return;
    }
    /* 90 s reads better than 1.50 min. */
    size_t count = fabs(seconds) < 120 ? 4 : COUNT_OF(shown);
    add_scaled(out, seconds, shown, count);
}

void units_add_size(struct str *out, double bytes)
{
    static const struct unit shown[] = {
        { "B", 1 }, { "KiB", 1024 }, { "MiB", 1 << 20 }, { "GiB", 1024. * (1 << 20) }
    };
    if (fabs(bytes) < 1024)
        str_addf(out, "%.0f B", bytes);
    else
        add_scaled(out, bytes, shown, COUNT_OF(shown));
}

void units_add_count(struct str *out, double count)
{
    AUTO_STR struct str digits = STR_INIT;
    str_addf(&digits, "%.0f", fabs(count));
    if (count < 0)
        str_add_char(out, '-');
    for (size_t i = 0; i < digits.length; i++) {
        if (i && (digits.length - i) % 3 == 0)
            str_add_char(out, ',');
        str_add_char(out, digits.data[i]);
    }
}

void units_add_rate(struct str *out, double per_second)
{
    static const struct unit shown[] = {
        { "/s", 1 }, { "k/s", 1e3 }, { "M/s", 1e6 }, { "G/s", 1e9 }
    };
    add_scaled(out, per_second, shown, COUNT_OF(shown));
}

void units_add_change_pct(struct str *out, double change)
{
    double pct = change * 100;
    int decimals = fabs(pct) < 0.995 ? 2 : fabs(pct) < 99.5 ? 1 : 0;
    str_addf(out, "%+.*f %%", decimals, pct);
}

void units_add_short_count(struct str *out, double count)
{
    static const char *const units[] = { "", " k", " M", " G", " T", " P", " E" };
    const double largest_whole = 100000;
    double scaled = count;
    size_t unit = 0;
    if (count < largest_whole) {
        units_add_count(out, count);
        return;
    }
    for (; scaled >= 999.5 && unit < 6; unit++)
        scaled /= 1000;
    int digits = scaled < 9.995 ? 2 : scaled < 99.95 ? 1 : 0;
    str_addf(out, "%.*f%s", digits, scaled, units[unit]);
}
