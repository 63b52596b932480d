/* All pairs, by RFC 4180: for those who want to do statistics of their own. */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/report/report.h"

#define LINE_END "\r\n"

/* Spreadsheets take a field that begins so for a formula, and run it. */
static bool is_formula(const char *text)
{
    return *text && strchr("=+-@", *text);
}

static void add_field(struct str *out, const char *text)
{
    AUTO_STR struct str clean = STR_INIT;
    text_add_clean(&clean, text ? text : "", SIZE_MAX);
    const char *mark = is_formula(clean.data) ? "'" : "";
    if (!strpbrk(clean.data, "\",") && !strpbrk(clean.data, "\r\n")) {
        str_addf(out, "%s%s", mark, clean.data);
        return;
    }
    str_addf(out, "\"%s", mark);
    for (const char *c = clean.data; *c; c++) {
        if (*c == '"')
            str_add_char(out, '"');
        str_add_char(out, *c);
    }
    str_add_char(out, '"');
}

/* As many digits as read the same number again; nothing where it is not known. */
static void add_number(struct str *out, double value)
{
    str_add_char(out, ',');
    if (isfinite(value))
        str_addf(out, "%.17g", value);
}

/* Why the pair counts for nothing; "" where it does. */
static const char *exclusion(const struct pair *pair)
{
    if (pair->is_warmup)
        return "warm-up";
    if (pair->discard != DISCARD_NONE)
        return discard_name(pair->discard);
    return pair_counts(pair) ? "" : "failed";
}

static void add_pair(struct str *out,
                     const struct str *bench,
                     const char *runs,
                     const struct pair *pair,
                     enum metric metric)
{
    double base = pair_value(pair, SIDE_BASE, metric);
    double head = pair_value(pair, SIDE_HEAD, metric);
    if (!isfinite(base) && !isfinite(head))
        return;
    str_addf(out, "%s,%s,%s,%s,%zu,%zu,%s,%s", bench->data, metric_name(metric),
             metric_unit_name(metric_info(metric)->unit), runs, pair->number,
             pair->position,
             pair->is_together      ? "together"
             : pair->head_ran_first ? side_names[SIDE_HEAD]
                                    : side_names[SIDE_BASE],
             exclusion(pair));
    add_number(out, base);
    add_number(out, head);
    str_add(out, LINE_END);
}

static void add_pairs(struct str *out,
                      const struct str *bench,
                      const char *runs,
                      const struct pairs *pairs,
                      uint64_t metrics)
{
    for (size_t i = 0; i < pairs->count; i++) {
        for (enum metric metric = 0; metric < METRIC_COUNT; metric++) {
            if (metrics & METRIC_BIT(metric))
                add_pair(out, bench, runs, &pairs->items[i], metric);
        }
    }
}

/* The metrics of the bench's rows, which mostly stand together: *next is where they are
 * looked for first. */
static uint64_t metrics_of(const struct rows *rows, const char *bench_id, size_t *next)
{
    uint64_t metrics = 0;
    size_t found = *next;
    for (size_t n = 0; n < rows->count; n++) {
        size_t i = (*next + n) % rows->count;
        bool is_of = str_equal(rows->items[i].bench_id, bench_id);
        if (!is_of && metrics)
            break;
        if (!is_of)
            continue;
        metrics |= METRIC_BIT(rows->items[i].metric);
        found = i + 1;
    }
    *next = rows->count ? found % rows->count : 0;
    return metrics;
}

void report_csv(const struct result *result, struct str *out)
{
    size_t next = 0;
    str_add(out,
            "bench,metric,unit,runs,pair,position,first,excluded,base,head" LINE_END);
    for (size_t i = 0; i < result->benches.count; i++) {
        const struct bench_result *bench = &result->benches.items[i];
        AUTO_STR struct str id = STR_INIT;
        uint64_t metrics = metrics_of(&result->rows, bench->id, &next);
        add_field(&id, bench->id);
        add_pairs(out, &id, "plain", &bench->pairs, metrics);
        add_pairs(out, &id, "counted", &bench->counted_pairs, metrics);
    }
}
