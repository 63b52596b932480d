#include <math.h>

#include "gate/base/str.h"
#include "gate/report/escape.h"
#include "gate/report/growth_phrase.h"
#include "gate/report/optimization_parts.h"
#include "gate/report/phrase.h"
#include "gate/report/ranking.h"

#define ROWS_HEAD                                                          \
    "| what | before | after | change (95 %) | margin | answer | from |\n" \
    "|:--|--:|--:|--:|--:|:--|:--|\n"
#define GROWTH_HEAD                                                   \
    "| what | before | after | difference (95 %) | answer | over |\n" \
    "|:--|--:|--:|--:|:--|:--|\n"

static const char *text_of(const char *text)
{
    return text ? text : "";
}

/* "cpu 12.3 ms, peak_rss 4.1 MiB", of base. */
static void
add_base_figures(struct str *out, const struct result *result, const char *bench_id)
{
    const char *joint = "";
    for (size_t i = 0; i < result->rows.count; i++) {
        const struct row *row = &result->rows.items[i];
        if (!str_equal(text_of(row->bench_id), bench_id) || !row_has_numbers(row))
            continue;
        AUTO_STR struct str value = STR_INIT;
        phrase_add_row_value(&value, row, row->base_median);
        str_addf(out, "%s%s ", joint, metric_name(row->metric));
        markdown_add_prose(out, value.data);
        joint = ", ";
    }
}

void optimization_add_benches(struct str *out, const struct result *result)
{
    if (result->baseline)
        str_add(out,
                "The program as it was before was not measured beside the new one: its "
                "figures are those of stored sessions.\n\n");
    str_add(out, "| benchmark | command | medians before |\n|:--|:--|:--|\n");
    for (size_t i = 0; i < result->benches.count; i++) {
        const struct bench_result *bench = &result->benches.items[i];
        str_add(out, "| ");
        markdown_add_code_cell(out, text_of(bench->id));
        str_add(out, " | ");
        markdown_add_code_cell(out, text_of(bench->command));
        str_add(out, " | ");
        add_base_figures(out, result, text_of(bench->id));
        str_add(out, " |\n");
    }
    str_add_char(out, '\n');
}

static void add_numbers(struct str *out, const struct row *row)
{
    AUTO_STR struct str before = STR_INIT;
    AUTO_STR struct str after = STR_INIT;
    phrase_add_row_value(&before, row, row->base_median);
    phrase_add_row_value(&after, row, row->head_median);
    markdown_add_prose(out, before.data);
    str_add(out, " | ");
    markdown_add_prose(out, after.data);
    str_add(out, " | ");
    phrase_add_change(out, row->change);
    str_add_char(out, ' ');
    phrase_add_interval(out, row->change_low, row->change_high);
}

static void add_row(struct str *out, const struct row *row)
{
    AUTO_STR struct str name = STR_INIT;
    phrase_add_row_name(&name, row);
    str_add(out, "| ");
    markdown_add_code_cell(out, name.data);
    str_add(out, " | ");
    add_numbers(out, row);
    str_add(out, " | ");
    if (row->is_judged)
        phrase_add_share(out, row->margin);
    str_addf(out, " | %s | ",
             row->is_judged ? phrase_verdict(row->verdict) : "not judged");
    if (row->is_exact)
        str_add(out, "counted");
    else
        phrase_add_count(out, row->pair_count, "pair");
    str_add(out, " |\n");
}

static void add_reason(struct str *out, const struct row *row)
{
    AUTO_STR struct str name = STR_INIT;
    if (!row->reason || !*row->reason)
        return;
    phrase_add_row_name(&name, row);
    str_add(out, "- ");
    markdown_add_code(out, name.data);
    str_add(out, ": ");
    markdown_add_prose(out, row->reason);
    str_add(out, "\n");
}

static void add_reasons(struct str *out, const struct result *result)
{
    size_t before = out->length;
    for (size_t i = 0; i < result->rows.count; i++)
        if (row_has_numbers(&result->rows.items[i]))
            add_reason(out, &result->rows.items[i]);
    str_add(out, out->length > before ? "\n" : "");
}

/* Those without figures, by name. */
static void add_unmeasured(struct str *out, const struct result *result)
{
    const char *joint = "Without figures: ";
    for (size_t i = 0; i < result->rows.count; i++) {
        const struct row *row = &result->rows.items[i];
        AUTO_STR struct str name = STR_INIT;
        if (row_has_numbers(row))
            continue;
        phrase_add_row_name(&name, row);
        str_add(out, joint);
        markdown_add_code(out, name.data);
        if (row->is_judged)
            str_addf(out, " (%s)", phrase_verdict(row->verdict));
        joint = ", ";
    }
    str_add(out, str_equal(joint, ", ") ? ".\n\n" : "");
}

void optimization_add_rows(struct str *out, const struct result *result)
{
    str_add(out, ROWS_HEAD);
    for (size_t i = 0; i < result->rows.count; i++)
        if (row_has_numbers(&result->rows.items[i]))
            add_row(out, &result->rows.items[i]);
    str_add(out,
            "\nMedians of both sides. Change: from pairs of runs side by side, with its "
            "95 % interval; below zero is less. What is counted repeats, so that one "
            "comparison tells. Improved and regressed are changes beyond the "
            "margin.\n\n");
    add_unmeasured(out, result);
    add_reasons(out, result);
}

static void add_exponent(struct str *out,
                         const struct growth_result *growth,
                         const struct growth_exponent *exponent)
{
    AUTO_STR struct str text = STR_INIT;
    if (isnan(exponent->exponent)) {
        str_add(out, " | –");
        return;
    }
    growth_add_power(&text, growth, exponent->exponent);
    str_add_char(&text, ' ');
    growth_add_interval(&text, exponent);
    str_add(out, " | ");
    markdown_add_prose(out, text.data);
}

static void add_growth(struct str *out, const struct growth_result *growth)
{
    AUTO_STR struct str name = STR_INIT;
    AUTO_STR struct str sizes = STR_INIT;
    growth_add_name(&name, growth);
    growth_add_sizes(&sizes, growth);
    str_add(out, "| ");
    markdown_add_code_cell(out, name.data);
    add_exponent(out, growth, &growth->base);
    add_exponent(out, growth, &growth->head);
    if (isnan(growth->difference.exponent)) {
        str_add(out, " | –");
    } else {
        str_addf(out, " | %+.2f ", growth->difference.exponent);
        growth_add_interval(out, &growth->difference);
    }
    str_add(out, " | ");
    growth_add_outcome(out, growth);
    str_add(out, " | ");
    markdown_add_prose(out, sizes.data);
    str_add(out, " |\n");
}

void optimization_add_growth(struct str *out, const struct result *result)
{
    if (!result->growths.count) {
        str_add(out, "No benchmark states how it may grow with its size.\n\n");
        return;
    }
    str_add(out, GROWTH_HEAD);
    for (size_t i = 0; i < result->growths.count; i++)
        add_growth(out, &result->growths.items[i]);
    str_add(out, "\nExponents k of a + b n^k, fitted over the sizes.\n\n");
}
