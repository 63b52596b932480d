/* OpenMetrics 1.0 text, for Prometheus and its like: what a gate found of each row, and
 * of itself. A family's samples stand together; what is not known has no sample. All are
 * gauges: the older parsers that many collectors have know no type "info". */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "gate/base/text.h"
#include "gate/report/program_phrase.h"
#include "gate/report/report.h"

static void begin(struct str *out, const char *name, const char *unit, const char *help)
{
    str_addf(out, "# TYPE %s gauge\n", name);
    if (*unit)
        str_addf(out, "# UNIT %s %s\n", name, unit);
    str_addf(out, "# HELP %s %s\n", name, help);
}

/* A label's value; foreign. */
static void add_value(struct str *out, const char *text)
{
    AUTO_STR struct str clean = STR_INIT;
    text_add_clean(&clean, text ? text : "", SIZE_MAX);
    str_add_char(out, '"');
    for (const char *c = clean.data; *c; c++) {
        if (*c == '"' || *c == '\\')
            str_add_char(out, '\\');
        str_add_char(out, *c);
    }
    str_add_char(out, '"');
}

/* A row as a series: its labels, and whether it is to be left out, since one before it
 * has the same (names that differ in what can't be shown look alike). */
struct series {
    const struct row *row;
    struct str labels; /* bench="...",metric="..." */
    bool is_double;
};
struct all_series {
    struct series *items;
    size_t count;
    size_t capacity;
};

struct place {
    const char *labels;
    size_t index;
};

static int compare_places(const void *a, const void *b)
{
    const struct place *x = a;
    const struct place *y = b;
    int order = strcmp(x->labels, y->labels);
    return order ? order : (x->index > y->index) - (x->index < y->index);
}

/* Which of the labels stand before, too: so many truths, the caller's. */
static bool *doubles_of(const struct strvec *labels)
{
    bool *are_doubles = xcalloc(labels->count, sizeof *are_doubles);
    AUTO_FREE struct place *places = xcalloc(labels->count, sizeof *places);
    for (size_t i = 0; i < labels->count; i++)
        places[i] = (struct place){ labels->items[i], i };
    qsort(places, labels->count, sizeof *places, compare_places);
    for (size_t i = 1; i < labels->count; i++)
        are_doubles[places[i].index] = str_equal(places[i].labels, places[i - 1].labels);
    return are_doubles;
}

static void list_series(const struct rows *rows, struct all_series *all)
{
    AUTO_STRVEC struct strvec labels = { 0 };
    for (size_t i = 0; i < rows->count; i++) {
        struct series *series = array_push(all);
        *series = (struct series){ .row = &rows->items[i], .labels = STR_INIT };
        str_add(&series->labels, "bench=");
        add_value(&series->labels, series->row->bench_id);
        str_addf(&series->labels, ",metric=\"%s\"", metric_name(series->row->metric));
        strvec_push(&labels, series->labels.data);
    }
    AUTO_FREE bool *are_doubles = doubles_of(&labels);
    for (size_t i = 0; i < all->count; i++)
        all->items[i].is_double = are_doubles[i];
}

static void clear_series(struct all_series *all)
{
    for (size_t i = 0; i < all->count; i++)
        str_clear(&all->items[i].labels);
    array_clear(all);
}

/* A share of a row, which is a family of its own. */
static void add_share(struct str *out,
                      const struct all_series *all,
                      const char *name,
                      const char *help,
                      double (*share)(const struct row *row))
{
    begin(out, name, "ratio", help);
    for (size_t i = 0; i < all->count; i++) {
        const struct series *series = &all->items[i];
        double value = share(series->row);
        if (isfinite(value) && !series->is_double)
            str_addf(out, "%s{%s} %.9g\n", name, series->labels.data, value);
    }
}

static double change(const struct row *row)
{
    return row->change;
}
static double change_low(const struct row *row)
{
    return row->change_low;
}
static double change_high(const struct row *row)
{
    return row->change_high;
}
static double margin(const struct row *row)
{
    return row->is_judged ? row->margin : (double)NAN;
}

static void add_shares(struct str *out, const struct all_series *all)
{
    add_share(out, all, "pawl_change_ratio",
              "How much more head takes than base, as a share of base.", change);
    add_share(out, all, "pawl_change_low_ratio",
              "The lower end of the 95 percent interval of the change.", change_low);
    add_share(out, all, "pawl_change_high_ratio",
              "The upper end of the 95 percent interval of the change.", change_high);
    add_share(out, all, "pawl_margin_ratio", "The change that a row may have.", margin);
}

/* Values of one unit: a family has no more than one. */
struct unit_family {
    enum metric_unit unit;
    const char *name;
    const char *unit_name;
    const char *help;
};

static void
add_side(struct str *out, const char *name, const struct series *series, enum side side)
{
    const struct row *row = series->row;
    double value = side == SIDE_BASE ? row->base_median : row->head_median;
    if (isfinite(value))
        str_addf(out, "%s{%s,side=\"%s\"} %.9g\n", name, series->labels.data,
                 side_names[side], value);
}

static void add_medians(struct str *out, const struct all_series *all)
{
    static const struct unit_family families[] = {
        { METRIC_UNIT_SECONDS, "pawl_median_seconds", "seconds",
          "The median of a side's runs, of metrics that are times." },
        { METRIC_UNIT_BYTES, "pawl_median_bytes", "bytes",
          "The median of a side's runs, of metrics that are sizes." },
        { METRIC_UNIT_COUNT, "pawl_median_counts", "",
          "The median of a side's runs, of metrics that are counts." },
        { METRIC_UNIT_RATE, "pawl_median_rates", "",
          "The median of a side's runs, of metrics that are rates." },
        { METRIC_UNIT_PLAIN, "pawl_median_values", "",
          "The median of a side's runs, of metrics of no known unit." },
    };
    for (size_t f = 0; f < sizeof families / sizeof families[0]; f++) {
        const struct unit_family *family = &families[f];
        begin(out, family->name, family->unit_name, family->help);
        for (size_t i = 0; i < all->count; i++) {
            const struct series *series = &all->items[i];
            bool is_of = metric_info(series->row->metric)->unit == family->unit;
            for (enum side side = 0; is_of && side < SIDE_COUNT && !series->is_double;
                 side++)
                add_side(out, family->name, series, side);
        }
    }
}

static void add_pairs(struct str *out, const struct all_series *all)
{
    begin(out, "pawl_pairs", "", "Pairs of runs that a row's figures rest on.");
    for (size_t i = 0; i < all->count; i++) {
        const struct series *series = &all->items[i];
        if (!series->is_double)
            str_addf(out, "pawl_pairs{%s} %zu\n", series->labels.data,
                     series->row->pair_count);
    }
}

static void add_verdicts(struct str *out, const struct all_series *all)
{
    begin(out, "pawl_row_verdict", "", "1, with the verdict of the row as a label.");
    for (size_t i = 0; i < all->count; i++) {
        const struct series *series = &all->items[i];
        if (series->row->is_judged && !series->is_double)
            str_addf(out, "pawl_row_verdict{%s,verdict=\"%s\"} 1\n", series->labels.data,
                     verdict_name(series->row->verdict));
    }
}

static void add_program(struct str *out,
                        const struct program_result *program,
                        const char *label,
                        enum side side)
{
    const struct program_side *of = &program->sides[side];
    for (enum program_part part = 0; part < PROGRAM_PART_COUNT; part++) {
        if (program_side_has(of, part))
            str_addf(out, "pawl_program_bytes{program=%s,side=\"%s\",part=\"%s\"} %.0f\n",
                     label, side_names[side], program_part_name(part),
                     program_part_bytes(of, part));
    }
}

static void add_programs(struct str *out, const struct program_results *programs)
{
    AUTO_STRVEC struct strvec labels = { 0 };
    for (size_t i = 0; i < programs->count; i++) {
        struct str label = STR_INIT;
        add_value(&label, programs->items[i].name);
        strvec_push_owned(&labels, str_detach(&label));
    }
    AUTO_FREE bool *are_doubles = doubles_of(&labels);
    begin(out, "pawl_program_bytes", "bytes",
          "The size of a program's file, and of the parts of it that are loaded.");
    for (size_t i = 0; i < programs->count; i++) {
        for (enum side side = 0; side < SIDE_COUNT && !are_doubles[i]; side++)
            add_program(out, &programs->items[i], labels.items[i], side);
    }
}

static void add_counts(struct str *out, const struct result *result)
{
    begin(out, "pawl_judged_rows", "", "How many judged rows there are of each verdict.");
    for (enum verdict verdict = VERDICT_NEW; verdict < VERDICT_COUNT; verdict++)
        str_addf(out, "pawl_judged_rows{verdict=\"%s\"} %zu\n", verdict_name(verdict),
                 result_count(result, verdict));
}

static void add_gate(struct str *out, const struct result *result)
{
    begin(out, "pawl_gate", "", "1, with what was compared, by which pawl, as labels.");
    str_add(out, "pawl_gate{base=");
    add_value(out, result->base.commit);
    str_add(out, ",head=");
    add_value(out, result->head.commit);
    str_add(out, ",version=");
    add_value(out, result->pawl_version);
    str_addf(out, ",verdict=\"%s\"} 1\n", verdict_name(result->verdict));
    begin(out, "pawl_exit_code", "",
          "0 pass, 1 regressed, 3 not measured, 4 inconclusive.");
    str_addf(out, "pawl_exit_code %d\n", (int)result->exit);
    begin(out, "pawl_elapsed_seconds", "seconds", "How long the gate took.");
    str_addf(out, "pawl_elapsed_seconds %.9g\n", (double)result->elapsed_ns * 1e-9);
}

void report_openmetrics(const struct result *result, struct str *out)
{
    AUTO(clear_series) struct all_series all = { 0 };
    list_series(&result->rows, &all);
    add_gate(out, result);
    add_counts(out, result);
    add_verdicts(out, &all);
    add_shares(out, &all);
    add_medians(out, &all);
    add_pairs(out, &all);
    add_programs(out, &result->programs);
    str_add(out, "# EOF\n");
}
