/* What holds for the gate as a whole: error rates, budget, the children's environment. */
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/base/units.h"
#include "gate/config/parts.h"
#include "gate/config/template.h"

#define MOST_ERROR_RATE 0.2
#define LEAST_PAIRS     8
#define MOST_PAIRS      100000
#define MOST_WARMUP     100

static int read_error_rate(const struct node *node, double *out)
{
    double rate = 0;
    if (!json_is_string(node->value) ||
        units_parse_share(json_string_value(node->value), &rate) < 0)
        return node_must_be(node, "%s", UNITS_SHARE_EXAMPLES);
    if (rate <= 0 || rate > MOST_ERROR_RATE)
        return node_must_be(node, "more than 0%% and at most 20%%");
    *out = rate;
    return 0;
}

static int read_false_alarm(const struct node *node, void *config)
{
    return read_error_rate(node, &((struct config *)config)->false_alarm);
}

static int read_miss(const struct node *node, void *config)
{
    return read_error_rate(node, &((struct config *)config)->miss);
}

static const struct key error_list[] = {
    { .name = "false_alarm", .read = read_false_alarm },
    { .name = "miss", .read = read_miss },
};
const struct key_table errors_keys = { "error rates", error_list,
                                       sizeof error_list / sizeof error_list[0] };

int read_errors(const struct node *node, void *config)
{
    return node_read_object(node, &errors_keys, config);
}

static int read_time(const struct node *node, void *config)
{
    return node_read_duration(node, "1s", "7d", &((struct config *)config)->budget_ns);
}

static int
read_count(const struct node *node, int64_t at_least, int64_t at_most, size_t *out)
{
    int64_t count = 0;
    if (node_read_integer(node, at_least, at_most, &count) < 0)
        return -1;
    *out = (size_t)count;
    return 0;
}

static int read_pairs(const struct node *node, void *config)
{
    struct config *into = config;
    return read_count(node, LEAST_PAIRS, MOST_PAIRS, &into->max_pairs);
}

static int read_warmup(const struct node *node, void *config)
{
    return read_count(node, 0, MOST_WARMUP, &((struct config *)config)->warmup_pairs);
}

static const struct key budget_list[] = {
    { .name = "time", .read = read_time },
    { .name = "pairs", .read = read_pairs },
    { .name = "warmup", .read = read_warmup },
};
const struct key_table budget_keys = { "what measuring may cost", budget_list,
                                       sizeof budget_list / sizeof budget_list[0] };

int read_budget(const struct node *node, void *config)
{
    return node_read_object(node, &budget_keys, config);
}

/* Whoever writes the config of a pull request must not get at the CI's tokens, nor at the
 * files by which a step tells the CI what to do. */
static bool is_of_the_ci(const char *name)
{
    static const char *const prefixes[] = { "GITHUB_", "GH_", "ACTIONS_" };
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++)
        if (str_starts_with(name, prefixes[i]))
            return true;
    return false;
}

int read_environment(const struct node *node, void *config)
{
    return read_variables(node, NULL, &((struct config *)config)->environment);
}

static int read_passed_name(const struct node *node, void *config)
{
    struct config *into = config;
    const char *name = NULL;
    if (node_read_string(node, "the name of a variable", &name) < 0)
        return -1;
    if (!is_variable_name(name))
        return node_must_be(node, "the name of a variable (" VARIABLE_NAMES ")");
    if (is_of_the_ci(name))
        return node_error(node,
                          "names '%s': GITHUB_*, GH_* and ACTIONS_* are the CI's own and "
                          "not given to code under test",
                          name);
    AUTO_FREE char *set = str_format("%s=", name);
    for (size_t i = 0; i < into->environment.count; i++)
        if (str_starts_with(into->environment.items[i], set))
            return node_error(node, "passes on '%s', which \"env\" sets", name);
    if (!strings_have(&into->pass_environment, name))
        strvec_push(&into->pass_environment, name);
    return 0;
}

int read_pass_environment(const struct node *node, void *config)
{
    return node_read_array(node, false, "names of variables", read_passed_name, config);
}
