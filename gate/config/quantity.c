#include <inttypes.h>
#include <stdlib.h>

#include "gate/base/units.h"
#include "gate/config/parts.h"

/* JSON numbers are exact up to here wherever they are read. */
#define MOST_COUNTS (INT64_C(1) << 53)

const char *quantity_examples(enum metric metric)
{
    switch (metric_info(metric)->unit) {
    case METRIC_UNIT_SECONDS:
        return UNITS_DURATION_EXAMPLES;
    case METRIC_UNIT_BYTES:
        return UNITS_SIZE_EXAMPLES;
    case METRIC_UNIT_COUNT:
        return "a whole number such as 1000";
    case METRIC_UNIT_RATE:
    case METRIC_UNIT_PLAIN:
        return "a number such as 1000 or 2.5";
    }
    abort();
}

static bool parse_count(const json_t *value, double *out)
{
    int64_t number = json_integer_value(value);
    if (!json_is_integer(value) || number < 0 || number > MOST_COUNTS)
        return false;
    *out = (double)number;
    return true;
}

static bool parse_number(const json_t *value, double *out)
{
    if (!json_is_number(value) || json_number_value(value) < 0)
        return false;
    *out = json_number_value(value);
    return true;
}

bool parse_quantity(const json_t *value, enum metric metric, double *out)
{
    int64_t number = 0;
    enum metric_unit unit = metric_info(metric)->unit;
    if (unit == METRIC_UNIT_COUNT)
        return parse_count(value, out);
    if (unit == METRIC_UNIT_RATE || unit == METRIC_UNIT_PLAIN)
        return parse_number(value, out);
    if (!json_is_string(value))
        return false;
    if (unit == METRIC_UNIT_BYTES) {
        if (units_parse_size_bytes(json_string_value(value), &number) < 0)
            return false;
        *out = (double)number;
        return true;
    }
    if (units_parse_duration_ns(json_string_value(value), &number) < 0)
        return false;
    *out = (double)number / 1e9;
    return true;
}

int read_quantity(const struct node *node, enum metric metric, double *out)
{
    if (!parse_quantity(node->value, metric, out))
        return node_must_be(node, "%s", quantity_examples(metric));
    return 0;
}

void add_metric_names(struct strvec *names)
{
    for (size_t i = 0; i < METRIC_COUNT; i++)
        strvec_push(names, metric_name((enum metric)i));
}
