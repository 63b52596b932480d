#include "sample_growth.h"

#include <math.h>
#include <stdlib.h>

#include "gate/base/array.h"
#include "gate/base/str.h"
#include "sample.h"

static struct growth_exponent around(double exponent, double width)
{
    return (struct growth_exponent){ exponent, exponent - width, exponent + width };
}

static struct growth_result *
add(struct result *result, const char *name, enum growth_outcome outcome)
{
    struct growth_result *growth = array_push(&result->growths);
    *growth = (struct growth_result){ .name = xstrdup(name),
                                      .parameter = xstrdup("n"),
                                      .metric = METRIC_CPU,
                                      .ceiling = xstrdup("O(n)"),
                                      .ceiling_exponent = 1,
                                      .tolerance = 0.25,
                                      .size_count = 3,
                                      .smallest = 1000,
                                      .largest = 100000,
                                      .base = around(1.02, 0.03),
                                      .head = around(1.01, 0.03),
                                      .difference = around(-0.01, 0.02),
                                      .base_tolerance = 0.1,
                                      .p_above = 1,
                                      .p_above_holm = 1,
                                      .p_faster = 1,
                                      .p_faster_holm = 1,
                                      .p_ok = 0.0001,
                                      .outcome = outcome,
                                      .reason = xstrdup("") };
    return growth;
}

static void add_worse(struct result *result, const char *name)
{
    struct growth_result *growth = add(result, name, GROWTH_FASTER);
    growth->head = around(1.98, 0.03);
    growth->difference = around(0.96, 0.04);
    growth->p_above = growth->p_above_holm = 1e-9;
    growth->p_faster = growth->p_faster_holm = 1e-7;
    growth->p_ok = 1;
}

/* What a metric was measured as is not known. */
static void forget(struct growth_result *growth)
{
    const struct growth_exponent unknown = { (double)NAN, (double)-INFINITY,
                                             (double)INFINITY };
    growth->base = growth->head = growth->difference = unknown;
    growth->ceiling_exponent = (double)NAN;
    growth->size_count = 0;
    growth->smallest = growth->largest = 0;
    growth->p_ok = 1;
}

static void add_two_sizes(struct result *result)
{
    struct growth_result *growth = add(result, "import", GROWTH_CANNOT_TELL);
    sample_set(&growth->reason, "2 sizes: growth and a fixed cost can't be told apart");
    growth->size_count = 2;
    growth->base.high = growth->head.high = (double)INFINITY;
    growth->difference = around((double)NAN, 0);
    growth->p_ok = 1;
}

static void add_others(struct result *result)
{
    add(result, "list", GROWTH_OK);
    struct growth_result *sorted = add(result, "sort[mode=a]", GROWTH_OK);
    sample_set(&sorted->ceiling, "O(n log n)");
    sorted->ceiling_exponent = 1.1111;
    struct growth_result *flat = add(result, "show", GROWTH_OK);
    sample_set(&flat->ceiling, "O(1)");
    flat->ceiling_exponent = 0;
    flat->base = flat->head = (struct growth_exponent){ 0, 0, 0.1 };
    flat->difference = around(0, 0.05);
    add_two_sizes(result);
    struct growth_result *memory = add(result, "list", GROWTH_OK);
    memory->metric = METRIC_PEAK_RSS;
    sample_set(&memory->ceiling, "");
    memory->ceiling_exponent = (double)NAN;
    struct growth_result *steep = add(result, "pairs", GROWTH_ABOVE);
    steep->was_above_on_base = true;
    steep->base = steep->head = around(1.9, 0.1);
    forget(add(result, "export", GROWTH_IDENTICAL));
    struct growth_result *asked = add(result, "save", GROWTH_CANNOT_TELL);
    forget(asked);
    sample_set(&asked->reason, "asked for: 1 of its 3 sizes");
}

void sample_growth_ok(struct result *result)
{
    sample_pass(result);
    add_others(result);
}

void sample_growth(struct result *result)
{
    sample_pass(result);
    add_worse(result, "duplicates");
    add_others(result);
    result->verdict = VERDICT_REGRESSED;
    result->exit = GATE_REGRESSED;
}

static const char hostile[] =
    "| `x` <script>@octocat #12 [a](javascript:b) ![i](http://e) "
    "**b**\n::error::forged\r\n##[add-mask]s\033[31m \xff \\|";

void sample_growth_hostile(struct result *result)
{
    sample_pass(result);
    add_worse(result, hostile);
    add(result, hostile, GROWTH_CANNOT_TELL);
    for (size_t i = 0; i < result->growths.count; i++) {
        sample_set(&result->growths.items[i].parameter, hostile);
        sample_set(&result->growths.items[i].ceiling, hostile);
        sample_set(&result->growths.items[i].reason, hostile);
        result->growths.items[i].head.exponent = 1e300;
    }
    result->exit = GATE_REGRESSED;
}

void sample_growth_large(struct result *result, size_t count)
{
    sample_pass(result);
    for (size_t i = 0; i < count; i++) {
        char *name = str_format("a benchmark with a long name %zu[mode=%zu]", i, i);
        if (i % 10)
            add(result, name, GROWTH_OK);
        else
            add_worse(result, name);
        free(name);
    }
}
