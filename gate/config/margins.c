#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/base/units.h"
#include "gate/config/parts.h"

/* A margin beyond ten times the base's value would never speak. */
#define MOST_SHARE 10

void margins_set_defaults(struct margin *margins)
{
    for (size_t i = 0; i < METRIC_COUNT; i++)
        margins[i] = (struct margin){ 0 };
    margins[METRIC_CPU] = (struct margin){ .is_gated = true, .share = 0.02 };
    margins[METRIC_WALL] = (struct margin){ .is_gated = true, .share = 0.05 };
    margins[METRIC_P50] = (struct margin){ .is_gated = true, .share = 0.05 };
    margins[METRIC_P95] = (struct margin){ .is_gated = true, .share = 0.10 };
    margins[METRIC_P99] = (struct margin){ .is_gated = true, .share = 0.20 };
    margins[METRIC_PEAK_RSS] =
        (struct margin){ .is_gated = true, .share = 0.05, .floor = 1 << 20 };
}

static bool is_share(const json_t *value, double *share)
{
    return json_is_string(value) &&
           units_parse_share(json_string_value(value), share) == 0;
}

static int read_share(const struct node *node, double *out)
{
    double share = 0;
    if (!is_share(node->value, &share))
        return node_must_be(node, "%s", UNITS_SHARE_EXAMPLES);
    if (share > MOST_SHARE)
        return node_must_be(node, "at most %d%%", MOST_SHARE * 100);
    *out = share;
    return 0;
}

static int
read_share_and_floor(const struct node *node, enum metric metric, struct margin *margin)
{
    if (json_array_size(node->value) != 2)
        return node_must_be(node, "two values, a percentage and %s",
                            quantity_examples(metric));
    struct node share = node_element(node, 0);
    struct node floor = node_element(node, 1);
    if (read_share(&share, &margin->share) < 0)
        return -1;
    return read_quantity(&floor, metric, &margin->floor);
}

static int
read_one_value(const struct node *node, enum metric metric, struct margin *margin)
{
    const char *text = json_string_value(node->value);
    if (text && str_equal(text, "none")) {
        margin->is_gated = false;
        return 0;
    }
    if (text && (strchr(text, '%') || str_equal(text, "0")))
        return read_share(node, &margin->share);
    if (parse_quantity(node->value, metric, &margin->floor))
        return 0;
    return node_must_be(node, "%s, %s, both in an array, or \"none\"",
                        UNITS_SHARE_EXAMPLES, quantity_examples(metric));
}

int read_margin(const struct node *node, enum metric metric, struct margin *out)
{
    struct margin margin = { .is_gated = true };
    int result = json_is_array(node->value) ? read_share_and_floor(node, metric, &margin)
                                            : read_one_value(node, metric, &margin);
    if (result == 0)
        *out = margin;
    return result;
}

char *margin_text(enum metric metric, const struct margin *margin)
{
    if (!margin->is_gated)
        return xstrdup("not judged");
    struct str text = STR_INIT;
    bool has_floor = margin->floor > 0;
    if (margin->share > 0 || !has_floor)
        str_addf(&text, "%.4g %%", margin->share * 100);
    if (margin->share > 0 && has_floor)
        str_add(&text, " or ");
    if (has_floor)
        metric_add_value(&text, metric, margin->floor);
    return str_detach(&text);
}

int read_margins(const struct node *node, void *margins)
{
    if (!json_is_object(node->value))
        return node_must_be(node, "an object (margins by metric)");
    const char *name = NULL;
    json_t *value = NULL;
    json_object_foreach(node->value, name, value) {
        struct node member = node_member(node, name, value);
        enum metric metric = METRIC_COUNT;
        if (!metric_parse(name, &metric)) {
            AUTO_STRVEC struct strvec allowed = { 0 };
            add_metric_names(&allowed);
            return node_unknown_key(node, name, &allowed);
        }
        if (read_margin(&member, metric, &((struct margin *)margins)[metric]) < 0)
            return -1;
    }
    return 0;
}
