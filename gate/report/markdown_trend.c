/* How rows stood in the stored sessions that head was held against, for those that are
 * not ok: a chart, and the same in figures. */
#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "gate/report/escape.h"
#include "gate/report/markdown_page.h"
#include "gate/report/mermaid.h"
#include "gate/report/phrase.h"

#define CHARTS 3

struct scale {
    const char *unit;
    double factor; /* base units to this one */
};

static const struct scale seconds[] = {
    { "s", 1 }, { "ms", 1e3 }, { "us", 1e6 }, { "ns", 1e9 }
};
static const struct scale bytes[] = {
    { "GiB", 0x1p-30 }, { "MiB", 0x1p-20 }, { "KiB", 0x1p-10 }, { "bytes", 1 }
};
static const struct scale counts[] = {
    { "billions", 1e-9 }, { "millions", 1e-6 }, { "thousands", 1e-3 }, { "counted", 1 }
};

/* The largest unit of which value has at least one, else the smallest. */
static struct scale scale_of(enum metric metric, double value)
{
    enum metric_unit unit = metric_info(metric)->unit;
    const struct scale *scales = unit == METRIC_UNIT_SECONDS ? seconds
                                 : unit == METRIC_UNIT_BYTES ? bytes
                                                             : counts;
    size_t last = sizeof counts / sizeof *counts - 1;
    size_t i = 0;
    while (i < last && value * scales[i].factor < 1)
        i++;
    return scales[i];
}

/* What is drawn of a row: stored medians, oldest first, and head's at the end. */
struct trend {
    const struct row *row;
    double values[MERMAID_POINTS];
    struct strvec labels; /* each another: points of one label would be drawn as one */
    const struct baseline_session *sessions[MERMAID_POINTS]; /* NULL: head */
    size_t count;
};

static const struct baseline_session *find_session(const struct baseline *baseline,
                                                   const char *name)
{
    for (size_t i = 0; i < baseline->sessions.count; i++)
        if (str_equal(baseline->sessions.items[i].name, name))
            return &baseline->sessions.items[i];
    return NULL;
}

static void
add_point(struct trend *trend, double value, const struct baseline_session *session)
{
    trend->sessions[trend->count] = session;
    trend->values[trend->count++] = value;
    if (session)
        strvec_pushf(&trend->labels, "%zu", trend->count);
    else
        strvec_push(&trend->labels, "head");
}

static bool can_be_drawn(double value)
{
    return isfinite(value) && fabs(value) < 1e15;
}

static void collect(const struct baseline *baseline,
                    const struct baseline_row *held,
                    struct trend *trend)
{
    size_t count = held->medians.count < held->sessions.count ? held->medians.count
                                                              : held->sessions.count;
    size_t first = count < MERMAID_POINTS - 1 ? count : MERMAID_POINTS - 1;
    for (size_t i = first; i-- > 0;) {
        const struct baseline_session *session =
            find_session(baseline, held->sessions.items[i]);
        if (session && can_be_drawn(held->medians.items[i]))
            add_point(trend, held->medians.items[i], session);
    }
    if (can_be_drawn(trend->row->head_median))
        add_point(trend, trend->row->head_median, NULL);
}

static double largest(const struct trend *trend)
{
    double most = 0;
    for (size_t i = 0; i < trend->count; i++)
        most = fmax(most, fabs(trend->values[i]));
    return most;
}

/* The end of the margin on the worse side. */
static double limit_of(const struct row *row)
{
    bool is_turned = metric_info(row->metric)->larger_is_better;
    return row->base_median * (is_turned ? 1 / (1 + row->margin) : 1 + row->margin);
}

/* At least three margins to either side, so that noise does not look like a change. */
static void draw(struct str *out, const struct trend *trend)
{
    const struct row *row = trend->row;
    struct scale scale = scale_of(row->metric, largest(trend));
    double scaled[MERMAID_POINTS];
    double limit = limit_of(row);
    double width = can_be_drawn(limit) ? 3 * fabs(row->base_median) * row->margin : 0;
    double low = row->base_median - width;
    double high = row->base_median + width;
    for (size_t i = 0; i < trend->count; i++) {
        low = fmin(low, trend->values[i]);
        high = fmax(high, trend->values[i]);
        scaled[i] = trend->values[i] * scale.factor;
    }
    if ((high - low) * scale.factor < 0.01) /* a flat line on an axis of one unit */
        high = low + 1 / scale.factor;
    const struct mermaid_line line = {
        .x_title = "stored sessions, oldest first",
        .unit = scale.unit,
        .labels = (const char *const *)trend->labels.items,
        .values = scaled,
        .count = trend->count,
        .limit = can_be_drawn(limit) ? limit * scale.factor : (double)NAN,
        .low = fmax(low, 0) * scale.factor,
        .high = high * scale.factor,
    };
    mermaid_add_line(out, &line);
}

static void add_session(struct str *out, const struct baseline_session *session)
{
    str_add(out, " | ");
    if (session && session->distance)
        str_addf(out, "%zu | ", session->distance);
    else
        str_add(out, session ? "base itself | " : "– | ");
    if (session)
        markdown_add_code_cell(out, session->recorded_at);
    str_add(out, " | ");
}

static void add_figures(struct str *out, const struct trend *trend)
{
    str_add(out, "\n<details><summary>The same in figures</summary>\n\n"
                 "| session | commits before base | recorded | median |\n"
                 "|:--|--:|:--|--:|\n");
    for (size_t i = 0; i < trend->count; i++) {
        AUTO_STR struct str value = STR_INIT;
        AUTO_STR struct str escaped = STR_INIT;
        phrase_add_row_value(&value, trend->row, trend->values[i]);
        markdown_add_prose(&escaped, value.data);
        str_addf(out, "| %s", trend->labels.items[i]);
        add_session(out, trend->sessions[i]);
        markdown_add_unbroken(out, escaped.data);
        str_add(out, " |\n");
    }
    str_add(out, "\n</details>\n\n");
}

static bool
add_trend(struct page *page, const struct row *row, const struct baseline_row *held)
{
    AUTO_STR struct str name = STR_INIT;
    AUTO_STR struct str text = STR_INIT;
    struct trend trend = { .row = row };
    collect(page->result->baseline, held, &trend);
    if (trend.count >= 3 && can_be_drawn(row->base_median)) {
        phrase_add_row_name(&name, row);
        markdown_add_code(&text, name.data);
        str_add(&text, ", the stored medians and head's; the straight line is the end of "
                       "its margin:\n\n");
        draw(&text, &trend);
        add_figures(&text, &trend);
    }
    strvec_clear(&trend.labels);
    return text.length && page_add(page, &text);
}

void page_add_trends(struct page *page)
{
    static const enum verdict shown[] = { VERDICT_REGRESSED, VERDICT_INCONCLUSIVE,
                                          VERDICT_IMPROVED };
    size_t count = 0;
    for (size_t v = 0; v < sizeof shown / sizeof *shown; v++) {
        AUTO_RANKING struct ranking ranking = { 0 };
        ranking_of(page->result, shown[v], &ranking);
        for (size_t i = 0; i < ranking.count && count < CHARTS; i++) {
            const struct row *row = ranking.items[i].row;
            const struct baseline_row *held =
                baseline_find(page->result->baseline, row->bench_id, row->metric);
            count += held && add_trend(page, row, held);
        }
    }
}
