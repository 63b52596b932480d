#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/config/parts.h"
#include "gate/config/template.h"

#define MOST_COMBINATIONS 1000
#define MOST_VALUE_BYTES  80
#define MOST_NAME_BYTES   40

/* The shortest text that reads back as the same number. */
static char *real_as_text(double number)
{
    for (int digits = 15; digits < 17; digits++) {
        AUTO_FREE char *text = str_format("%.*g", digits, number);
        double gap = strtod(text, NULL) - number;
        if (gap >= 0 && gap <= 0)
            return xstrdup(text);
    }
    return str_format("%.17g", number);
}

/* Values go into ids such as "list[m=2,n=10]", and ids into file names and reports. */
static bool is_value(const char *text)
{
    size_t length = strlen(text);
    if (!length || length > MOST_VALUE_BYTES || strpbrk(text, "[],"))
        return false;
    for (; *text; text++)
        if ((unsigned char)*text < ' ' || *text == 0x7f)
            return false;
    return true;
}

char *read_parameter_value(const struct node *node)
{
    if (json_is_integer(node->value))
        return str_format("%" JSON_INTEGER_FORMAT, json_integer_value(node->value));
    if (json_is_real(node->value))
        return real_as_text(json_real_value(node->value));
    if (json_is_string(node->value) && is_value(json_string_value(node->value)))
        return xstrdup(json_string_value(node->value));
    node_must_be(
        node,
        "a number or a string of 1 to %d bytes without '[', ']', ',' and control "
        "characters",
        MOST_VALUE_BYTES);
    return NULL;
}

static int read_value(const struct node *node, void *into)
{
    struct strvec *values = into;
    AUTO_FREE char *value = read_parameter_value(node);
    if (!value)
        return -1;
    if (strings_have(values, value))
        return node_error(node, "has the value %s a second time", value);
    strvec_push(values, value);
    return 0;
}

/* In goals a metric's name must not be taken for a parameter's, nor the other way round.
 */
static bool is_taken(const char *name)
{
    enum metric metric = METRIC_COUNT;
    size_t length = strlen(name);
    bool is_p95 = str_ends_with(name, "_p95");
    AUTO_FREE char *base = xstrndup(name, is_p95 ? length - strlen("_p95") : length);
    return template_is_place(name) || metric_parse(base, &metric);
}

static int check_parameter_name(const struct node *node)
{
    if (!template_is_name(node->key) || strlen(node->key) > MOST_NAME_BYTES)
        return node_error(node,
                          "is no name of a parameter (a small letter, then small "
                          "letters, digits and '_', at most %d)",
                          MOST_NAME_BYTES);
    if (is_taken(node->key))
        return node_error(node, "is no name of a parameter: \"work\", \"tree\" and the "
                                "names of metrics are taken");
    return 0;
}

static int read_sweep(const struct node *node, struct sweep *sweep)
{
    if (check_parameter_name(node) < 0)
        return -1;
    sweep->name = xstrdup(node->key);
    return node_read_array(node, true, "numbers or strings", read_value, &sweep->values);
}

int read_sweeps(const struct node *node, struct benchmark *benchmark)
{
    if (!json_is_object(node->value))
        return node_must_be(node, "an object (values by parameter)");

    AUTO_STRVEC struct strvec names = { 0 };
    /* Ids must not depend on the order in which somebody wrote the keys. */
    node_sorted_keys(node, &names);
    benchmark->sweeps = xcalloc(names.count + 1, sizeof *benchmark->sweeps);
    size_t combinations = 1;
    for (size_t i = 0; i < names.count; i++) {
        json_t *value = json_object_get(node->value, names.items[i]);
        struct node member = node_member(node, names.items[i], value);
        struct sweep *sweep = &benchmark->sweeps[benchmark->sweep_count++];
        if (read_sweep(&member, sweep) < 0)
            return -1;
        combinations *= sweep->values.count;
        if (combinations > MOST_COMBINATIONS)
            return node_error(node, "has more than %d combinations", MOST_COMBINATIONS);
    }
    return 0;
}
