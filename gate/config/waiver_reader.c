#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/date.h"
#include "gate/base/str.h"
#include "gate/base/units.h"
#include "gate/config/bench.h"
#include "gate/config/parts.h"
#include "gate/config/waiver.h"

#define GROWTH_OF     "growth of "
#define GOAL_OF       "goal of "
#define MOST_EXPONENT 10

struct waiver_reading {
    const struct benches *benches;
    const struct waivers *waivers; /* up to now, this one last */
    struct waiver *waiver;
};

/* Those that the waiver's row names. */
static bool is_meant(const struct waiver *waiver, const struct bench *bench)
{
    return bench_matches(waiver->row, bench->id, bench->benchmark->name);
}

static int read_row(const struct node *node, void *into)
{
    struct waiver_reading *reading = into;
    const char *row = NULL;
    if (node_read_string(node, "a bench's id or a benchmark's name", &row) < 0)
        return -1;
    if (!benches_may_have(reading->benches, row))
        return refuse_bench_name(node, row, reading->benches);
    reading->waiver->row = xstrdup(row);
    reading->waiver->place = node_place(node);
    return 0;
}

static bool parse_metric(const char *text, struct waiver *waiver)
{
    if (str_starts_with(text, GROWTH_OF)) {
        waiver->kind = WAIVER_GROWTH;
        return metric_parse(text + strlen(GROWTH_OF), &waiver->metric);
    }
    if (str_starts_with(text, GOAL_OF)) {
        struct goal_limit limit = { 0 };
        waiver->kind = WAIVER_GOAL;
        if (!goal_parse_limit(text + strlen(GOAL_OF), &limit))
            return false;
        waiver->metric = limit.metric;
        waiver->statistic = limit.statistic;
        return true;
    }
    return metric_parse(text, &waiver->metric);
}

static bool has_goal(const struct benchmark *benchmark, const struct waiver *waiver)
{
    for (size_t i = 0; i < benchmark->goal_count; i++) {
        const struct goal *goal = &benchmark->goals[i];
        for (size_t j = 0; j < goal->limit_count; j++)
            if (goal->limits[j].metric == waiver->metric &&
                goal->limits[j].statistic == waiver->statistic)
                return true;
    }
    return false;
}

static bool is_asked_of(const struct benchmark *benchmark, const struct waiver *waiver)
{
    switch (waiver->kind) {
    case WAIVER_ROW:
        return benchmark->margins[waiver->metric].is_gated;
    case WAIVER_GROWTH:
        return benchmark->growth.text != NULL;
    case WAIVER_GOAL:
        return has_goal(benchmark, waiver);
    }
    abort();
}

/* Appends what could be waived of a benchmark. */
static void add_waivable(const struct benchmark *benchmark, struct strvec *names)
{
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++)
        if (benchmark->margins[metric].is_gated)
            strvec_push(names, metric_name(metric));
    for (enum metric metric = 0; benchmark->growth.text && metric < METRIC_COUNT;
         metric++)
        if (benchmark->margins[metric].is_gated)
            strvec_pushf(names, GROWTH_OF "%s", metric_name(metric));
    for (size_t i = 0; i < benchmark->goal_count; i++)
        for (size_t j = 0; j < benchmark->goals[i].limit_count; j++) {
            const struct goal_limit *limit = &benchmark->goals[i].limits[j];
            strvec_pushf(names, GOAL_OF "%s%s", metric_name(limit->metric),
                         limit->statistic == GOAL_P95 ? "_p95" : "");
        }
}

static int refuse_metric(const struct node *node,
                         const char *text,
                         const struct waiver *waiver,
                         const struct benchmark *benchmark)
{
    AUTO_STRVEC struct strvec names = { 0 };
    add_waivable(benchmark, &names);
    const char *nearest =
        str_nearest(text, (const char *const *)names.items, names.count);
    AUTO_FREE char *all = strvec_join(&names, ", ");
    AUTO_FREE char *hint =
        nearest ? str_format(", did you mean '%s'?", nearest) : xstrdup("");
    return node_error(node, "is nothing that is judged of '%s': '%s'%s (judged: %s)",
                      waiver->row, text, hint, all);
}

/* The metrics of a name that a harness prints show only when it runs; its benchmark's
 * margins are its own. */
static const struct benchmark *find_meant(const struct waiver_reading *reading)
{
    const struct benches *benches = reading->benches;
    const struct benchmark *first = NULL;
    for (size_t i = 0; i < benches->count; i++) {
        const struct benches one = { .items = &benches->items[i], .count = 1 };
        const struct bench *bench = &benches->items[i];
        if (!is_meant(reading->waiver, bench) &&
            !benches_may_have(&one, reading->waiver->row))
            continue;
        first = first ? first : bench->benchmark;
        if (is_asked_of(bench->benchmark, reading->waiver))
            return bench->benchmark;
    }
    return first;
}

static int refuse_second(const struct node *node, const struct waiver_reading *reading)
{
    const struct waiver *waiver = reading->waiver;
    for (size_t i = 0; i + 1 < reading->waivers->count; i++) {
        const struct waiver *other = &reading->waivers->items[i];
        if (str_equal(other->row, waiver->row) &&
            str_equal(other->metric_text, waiver->metric_text))
            return node_error(node, "of '%s' has a waiver already", waiver->row);
    }
    return 0;
}

static int read_metric(const struct node *node, void *into)
{
    struct waiver_reading *reading = into;
    struct waiver *waiver = reading->waiver;
    const struct benchmark *benchmark = NULL;
    const char *text = NULL;
    if (node_read_string(node,
                         "a metric, such as \"cpu\", \"growth of cpu\" or "
                         "\"goal of wall_p95\"",
                         &text) < 0)
        return -1;
    bool is_one = parse_metric(text, waiver);
    benchmark = find_meant(reading);
    if (!is_one || !is_asked_of(benchmark, waiver))
        return refuse_metric(node, text, waiver, benchmark);
    waiver->metric_text = xstrdup(text);
    return refuse_second(node, reading);
}

static int read_change(const struct node *node, struct waiver *waiver)
{
    struct margin margin = { 0 };
    if (read_margin(node, waiver->metric, &margin) < 0)
        return -1;
    if (!margin.is_gated)
        return node_must_be(node, "%s, or an amount: a waiver without an end is none",
                            UNITS_SHARE_EXAMPLES);
    waiver->up_to = margin;
    waiver->up_to_text = margin_text(waiver->metric, &margin);
    return 0;
}

static int read_exponent(const struct node *node, struct waiver *waiver)
{
    double exponent = json_number_value(node->value);
    if (!json_is_number(node->value) || !(exponent > 0) || exponent > MOST_EXPONENT)
        return node_must_be(node,
                            "a number above 0 and at most %d, by which the exponent may "
                            "be above base's",
                            MOST_EXPONENT);
    waiver->bound = exponent;
    waiver->up_to_text = str_format("%.4g", exponent);
    return 0;
}

static int read_limit(const struct node *node, struct waiver *waiver)
{
    struct str text = STR_INIT;
    if (read_quantity(node, waiver->metric, &waiver->bound) < 0)
        return -1;
    metric_add_value(&text, waiver->metric, waiver->bound);
    waiver->up_to_text = str_detach(&text);
    return 0;
}

static int read_up_to(const struct node *node, void *into)
{
    struct waiver *waiver = ((struct waiver_reading *)into)->waiver;
    switch (waiver->kind) {
    case WAIVER_ROW:
        return read_change(node, waiver);
    case WAIVER_GROWTH:
        return read_exponent(node, waiver);
    case WAIVER_GOAL:
        return read_limit(node, waiver);
    }
    abort();
}

static int read_words(const struct node *node, const char *what, char **out)
{
    const char *text = json_string_value(node->value);
    if (!text || !text[strspn(text, " \t\r\n")])
        return node_must_be(node, "%s", what);
    *out = xstrdup(text);
    return 0;
}

static int read_reason(const struct node *node, void *into)
{
    return read_words(node, "why it is accepted",
                      &((struct waiver_reading *)into)->waiver->reason);
}

static int read_owner(const struct node *node, void *into)
{
    return read_words(node, "who answers for it",
                      &((struct waiver_reading *)into)->waiver->owner);
}

static int read_until(const struct node *node, void *into)
{
    const char *text = json_string_value(node->value);
    int64_t first_s = 0;
    if (!text || date_parse_day(text, &first_s) < 0)
        return node_must_be(node, "%s", DATE_DAY_EXAMPLE);
    ((struct waiver_reading *)into)->waiver->until = xstrdup(text);
    return 0;
}

/* What it is for before what depends on that. */
static const struct key keys[] = {
    { .name = "row", .read = read_row, .is_required = true },
    { .name = "metric", .read = read_metric, .is_required = true },
    { .name = "up_to", .read = read_up_to, .is_required = true },
    { .name = "reason", .read = read_reason, .is_required = true },
    { .name = "owner", .read = read_owner, .is_required = true },
    { .name = "until", .read = read_until, .is_required = true },
};
const struct key_table waiver_keys = { "a waiver", keys, sizeof keys / sizeof keys[0] };

struct waivers_reading {
    const struct benches *benches;
    struct waivers *waivers;
};

static int read_waiver(const struct node *node, void *into)
{
    struct waivers_reading *all = into;
    struct waiver *waiver = array_push(all->waivers);
    struct waiver_reading reading = { all->benches, all->waivers, waiver };
    return node_read_object(node, &waiver_keys, &reading);
}

int read_waivers(const struct node *node, void *config)
{
    struct config *into = config;
    AUTO_BENCHES struct benches benches = { 0 };
    benches_of(into, &benches);
    struct waivers_reading reading = { &benches, &into->waivers };
    return node_read_array(node, false, "waivers", read_waiver, &reading);
}
