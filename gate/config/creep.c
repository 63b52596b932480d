/* The anchor, and how far a row may have crept from it. */
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/config/changes.h"
#include "gate/config/parts.h"

/* The same margin would fail what two steps just within it come to; twice as much lets
 * those through, and not a third. */
#define USUAL_FACTOR 2

int read_anchor(const struct node *node, void *config)
{
    struct config *into = config;
    const char *name = NULL;
    if (node_read_string(node, "the name of a tag, a branch or a commit", &name) < 0)
        return -1;
    if (!*name)
        return node_must_be(node, "the name of a tag, a branch or a commit");
    into->anchor = xstrdup(name);
    return 0;
}

int read_creep_margins(const struct node *node, struct creep_margins *creep)
{
    if (read_margins(node, creep->items) < 0)
        return -1;
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++) {
        if (json_object_get(node->value, metric_name(metric)))
            creep->given |= METRIC_BIT(metric);
    }
    return 0;
}

/* A creep margin is for a row that is judged: one that no benchmark has would be lost
 * without a word. */
static bool is_judged_somewhere(const struct config *config, enum metric metric)
{
    for (size_t s = 0; s < config->suite_count; s++) {
        const struct suite *suite = &config->suites[s];
        for (size_t b = 0; b < suite->benchmark_count; b++) {
            if (suite->benchmarks[b].margins[metric].is_gated)
                return true;
        }
    }
    return false;
}

int check_creep_margins(const struct node *node, const struct config *config)
{
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++) {
        const char *name = metric_name(metric);
        json_t *value = json_object_get(node->value, name);
        struct node member = node_member(node, name, value);
        if (value && !is_judged_somewhere(config, metric))
            return node_error(&member,
                              "is a creep margin of what no benchmark is judged by: give "
                              "'%s' a margin too",
                              name);
    }
    return 0;
}

int check_own_creep_margins(const struct node *node, const struct benchmark *benchmark)
{
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++) {
        const char *name = metric_name(metric);
        json_t *value = json_object_get(node->value, name);
        struct node member = node_member(node, name, value);
        if (value && !benchmark->margins[metric].is_gated)
            return node_error(&member,
                              "is a creep margin of what the benchmark is not judged by: "
                              "give '%s' a margin too",
                              name);
    }
    return 0;
}

struct margin benchmark_creep_margin(const struct benchmark *benchmark,
                                     enum metric metric)
{
    struct margin margin = benchmark->margins[metric];
    if (!margin.is_gated)
        return margin;
    if (benchmark->creep.given & METRIC_BIT(metric))
        return benchmark->creep.items[metric];
    margin.share *= USUAL_FACTOR;
    margin.floor *= USUAL_FACTOR;
    return margin;
}

static char *creep_text(const struct creep_margins *creep, enum metric metric)
{
    if (!(creep->given & METRIC_BIT(metric)))
        return str_format("%d times the margin", USUAL_FACTOR);
    return margin_text(metric, &creep->items[metric]);
}

static bool creeps_agree(const struct creep_margins *a,
                         const struct creep_margins *b,
                         enum metric metric)
{
    AUTO_FREE char *mine = creep_text(a, metric);
    AUTO_FREE char *theirs = creep_text(b, metric);
    return str_equal(mine, theirs);
}

static void tell_creep(const struct creep_margins *base,
                       const struct creep_margins *head,
                       enum metric metric,
                       const char *of,
                       struct strvec *out)
{
    AUTO_FREE char *before = creep_text(base, metric);
    AUTO_FREE char *after = creep_text(head, metric);
    if (!str_equal(before, after))
        strvec_pushf(out, "creep margin of %s%s: %s on base, %s on head",
                     metric_name(metric), of, before, after);
}

void config_creep_changes(const struct config *base,
                          const struct config *head,
                          struct strvec *out)
{
    const char *before = base->anchor ? base->anchor : "none";
    const char *after = head->anchor ? head->anchor : "none";
    if (!str_equal(before, after))
        strvec_pushf(out, "anchor: %s on base, %s on head", before, after);
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++)
        tell_creep(&base->creep, &head->creep, metric, "", out);
}

void benchmark_creep_changes(const struct config *base_config,
                             const struct benchmark *base,
                             const struct config *head_config,
                             const struct benchmark *head,
                             struct strvec *out)
{
    AUTO_FREE char *of = str_format(" for '%s'", head->name);
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++) {
        /* One that follows its config on both sides is told about there already. */
        if (!creeps_agree(&base->creep, &base_config->creep, metric) ||
            !creeps_agree(&head->creep, &head_config->creep, metric))
            tell_creep(&base->creep, &head->creep, metric, of, out);
    }
}
