#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/config/parts.h"
#include "gate/config/template.h"

#define P95 "_p95"

struct goal_reading {
    struct benchmark *benchmark;
    struct goal *goal;
};

const struct sweep *find_sweep(const struct benchmark *benchmark, const char *name)
{
    for (size_t i = 0; i < benchmark->sweep_count; i++)
        if (str_equal(benchmark->sweeps[i].name, name))
            return &benchmark->sweeps[i];
    return NULL;
}

static int
read_where(const struct node *node, const struct sweep *sweep, struct goal *goal)
{
    AUTO_FREE char *value = read_parameter_value(node);
    if (!value)
        return -1;
    if (!strings_have(&sweep->values, value)) {
        AUTO_FREE char *all = strvec_join(&sweep->values, ", ");
        return node_must_be(node, "one of the benchmark's sizes (%s)", all);
    }
    goal->where[goal->where_count++] =
        (struct goal_where){ .name = xstrdup(sweep->name), .value = xstrdup(value) };
    return 0;
}

bool goal_parse_limit(const char *name, struct goal_limit *limit)
{
    if (metric_parse(name, &limit->metric)) {
        limit->statistic = GOAL_MEDIAN;
        return true;
    }
    if (!str_ends_with(name, P95))
        return false;
    AUTO_FREE char *base = xstrndup(name, strlen(name) - strlen(P95));
    limit->statistic = GOAL_P95;
    return metric_parse(base, &limit->metric);
}

static int refuse_goal_key(const struct node *node, const struct benchmark *benchmark)
{
    AUTO_STRVEC struct strvec allowed = { 0 };
    AUTO_STRVEC struct strvec metrics = { 0 };
    for (size_t i = 0; i < benchmark->sweep_count; i++)
        strvec_push(&allowed, benchmark->sweeps[i].name);
    if (benchmark->format)
        strvec_push(&allowed, GOAL_NAME);
    add_metric_names(&metrics);
    strvec_push_all(&allowed, &metrics);
    for (size_t i = 0; i < metrics.count; i++)
        strvec_pushf(&allowed, "%s" P95, metrics.items[i]);
    strvec_push(&allowed, GOAL_MACHINE_CLASS);
    return node_unknown_key(node->parent, node->key, &allowed);
}

/* One of the names that a harness prints: which there are shows only when it runs. */
static int read_name_of_harness(const struct node *node, struct goal *goal)
{
    const char *text = json_string_value(node->value);
    if (!text || !*text)
        return node_must_be(node, "a name that the benchmark prints");
    goal->where[goal->where_count++] =
        (struct goal_where){ .name = xstrdup(GOAL_NAME), .value = xstrdup(text) };
    return 0;
}

/* Whether there is such a machine shows only on one. */
static int read_machine_pattern(const struct node *node, struct goal *goal)
{
    const char *text = json_string_value(node->value);
    if (!text || !*text)
        return node_must_be(node, "the name of a machine class, such as \"xeon-*\"");
    goal->machine_class = xstrdup(text);
    return 0;
}

static int read_goal_key(const struct node *node, struct goal_reading *reading)
{
    const struct sweep *sweep = find_sweep(reading->benchmark, node->key);
    if (sweep)
        return read_where(node, sweep, reading->goal);
    if (reading->benchmark->format && str_equal(node->key, GOAL_NAME))
        return read_name_of_harness(node, reading->goal);
    if (str_equal(node->key, GOAL_MACHINE_CLASS))
        return read_machine_pattern(node, reading->goal);
    struct goal_limit limit = { 0 };
    if (!goal_parse_limit(node->key, &limit))
        return refuse_goal_key(node, reading->benchmark);
    if (check_is_told(node, reading->benchmark, limit.metric) < 0 ||
        read_quantity(node, limit.metric, &limit.bound) < 0)
        return -1;
    reading->goal->limits[reading->goal->limit_count++] = limit;
    return 0;
}

static int read_goal(const struct node *node, void *into)
{
    struct benchmark *benchmark = into;
    if (!json_is_object(node->value))
        return node_must_be(node, "an object (sizes and limits)");

    struct goal *goal = &benchmark->goals[benchmark->goal_count++];
    AUTO_STRVEC struct strvec names = { 0 };
    node_sorted_keys(node, &names);
    goal->where = xcalloc(names.count + 1, sizeof *goal->where);
    goal->limits = xcalloc(names.count + 1, sizeof *goal->limits);
    struct goal_reading reading = { benchmark, goal };
    for (size_t i = 0; i < names.count; i++) {
        json_t *value = json_object_get(node->value, names.items[i]);
        struct node member = node_member(node, names.items[i], value);
        if (read_goal_key(&member, &reading) < 0)
            return -1;
    }
    if (!goal->limit_count)
        return node_error(node, "has no limit, such as \"wall\": \"500ms\"");
    return 0;
}

int read_goals(const struct node *node, struct benchmark *benchmark)
{
    benchmark->goals =
        xcalloc(json_array_size(node->value) + 1, sizeof *benchmark->goals);
    return node_read_array(node, false, "goals", read_goal, benchmark);
}
