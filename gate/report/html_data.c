/* Two objects: what the page needs to open, and the pairs, which are read once a row is
 * opened. Rows come in the order in which they are shown, as lists to keep it small;
 * html/data.js has the names of their places. Figures as people read them are made here,
 * by the same code as in every other report, so that the page has no second way to
 * round. */
#include <math.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/report/escape.h"
#include "gate/report/html_parts.h"
#include "gate/report/phrase.h"

enum {
    DATA_BYTES = 3700000, /* what all of it may take */
    ROWS_BYTES = 2200000, /* of this rows; those beyond are left out and counted */
    PLACES = 5,           /* significant digits of what is drawn */
    FACTS = 3
};
#define NO_BENCH SIZE_MAX

static void add_names(struct str *out)
{
    str_add(out, "\"metrics\":[");
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++) {
        const struct metric_info *info = metric_info(metric);
        str_addf(out, "%s[\"%s\",\"%s\",%d]", metric ? "," : "", info->name,
                 metric_unit_name(info->unit), info->larger_is_better);
    }
    str_add(out, "],\n\"verdicts\":[");
    for (enum verdict verdict = 0; verdict < VERDICT_COUNT; verdict++)
        str_addf(out, "%s[\"%s\",\"%s\",\"%s\"]", verdict ? "," : "",
                 verdict_name(verdict),
                 verdict == VERDICT_NONE ? "not judged" : phrase_verdict(verdict),
                 html_sign(verdict));
    str_add(out, "],\n");
}

/* Rows of a bench stand together and in the order of the benches, mostly. */
static size_t
find_bench(const struct bench_results *benches, const char *id, size_t likely)
{
    for (size_t i = 0; i < benches->count; i++) {
        size_t at = (likely + i) % benches->count;
        if (str_equal(benches->items[at].id, id ? id : ""))
            return at;
    }
    return NO_BENCH;
}

/* For each row of the result, in its order. The caller's. */
static size_t *find_benches(const struct result *result)
{
    size_t *found = xcalloc(result->rows.count + 1, sizeof *found);
    size_t last = 0;
    for (size_t i = 0; i < result->rows.count; i++) {
        found[i] = find_bench(&result->benches, result->rows.items[i].bench_id, last);
        last = found[i] == NO_BENCH ? last : found[i];
    }
    return found;
}

static void add_bench(struct str *out, const struct bench_result *bench)
{
    str_add(out, "[");
    html_json_text(out, bench->id, SHOWN_NAME);
    str_add(out, ",");
    html_json_text(out, bench->suite, SHOWN_NAME);
    str_addf(out, ",%d,%d,%d]", bench->is_cpu_bound, bench->is_pinned,
             bench->is_together);
}

static void add_shown(struct str *out, const struct row *row)
{
    struct str texts[] = { STR_INIT, STR_INIT, STR_INIT, STR_INIT, STR_INIT, STR_INIT };
    phrase_add_row_value(&texts[0], row, row->base_median);
    phrase_add_row_value(&texts[1], row, row->head_median);
    phrase_add_change(&texts[2], row->change);
    phrase_add_interval(&texts[3], row->change_low, row->change_high);
    phrase_add_share(&texts[4], row->margin);
    phrase_add_share(&texts[5], row->detection_limit);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        str_add(out, ",");
        html_json_text(out, texts[i].data, SHOWN_VALUE);
        str_clear(&texts[i]);
    }
}

static void add_numbers(struct str *out, const struct row *row)
{
    const double drawn[] = { row->change_low, row->change,      row->change_high,
                             row->margin,     row->base_median, row->head_median };
    const double facts[] = { row->p_regressed_holm, row->p_ok,       row->p_improved_holm,
                             row->noise_sd,         row->order_bias, row->order_bias_low,
                             row->order_bias_high };
    for (size_t i = 0; i < sizeof drawn / sizeof drawn[0]; i++) {
        str_add(out, ",");
        html_json_number(out, drawn[i], PLACES);
    }
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        str_add(out, ",");
        html_json_number(out, facts[i], FACTS);
    }
}

static void add_row(struct str *out, const struct row *row, size_t bench)
{
    enum verdict verdict = row->is_judged ? row->verdict : VERDICT_NONE;
    str_addf(out, "[%zu,%d,%d,%d,%zu,%zu,", bench, (int)row->metric, (int)verdict,
             row->is_exact, row->pair_count, row->discarded_count);
    html_json_text(out, row->reason, SHOWN_SENTENCE);
    if (row_has_numbers(row)) {
        add_numbers(out, row);
        add_shown(out, row);
    }
    str_add(out, "]");
}

/* Rows without a bench of the result (which no gate makes) get one that has their name.
 */
static size_t write_bench(struct str *out,
                          const struct result *result,
                          const struct row *row,
                          size_t found,
                          size_t *written)
{
    const struct bench_result stand_in = { .id = row->bench_id };
    str_add(out, *written ? ",\n" : "\n");
    add_bench(out, found == NO_BENCH ? &stand_in : &result->benches.items[found]);
    return (*written)++;
}

/* Returns how many rows it wrote. */
static size_t add_rows(struct str *out,
                       const struct result *result,
                       const struct ranking *order,
                       const size_t *bench_of_row)
{
    AUTO_STR struct str benches = STR_INIT;
    AUTO_STR struct str rows = STR_INIT;
    size_t bench_count = 0;
    size_t shown = 0;
    AUTO_FREE size_t *place = xcalloc(result->benches.count + 1, sizeof *place);
    for (; shown < order->count && benches.length + rows.length < ROWS_BYTES; shown++) {
        const struct row *row = order->items[shown].row;
        size_t found = bench_of_row[row - result->rows.items];
        bool is_known = found != NO_BENCH && place[found];
        size_t bench = is_known ? place[found] - 1
                                : write_bench(&benches, result, row, found, &bench_count);
        if (found != NO_BENCH)
            place[found] = bench + 1;
        str_add(&rows, shown ? ",\n" : "\n");
        add_row(&rows, row, bench);
    }
    str_addf(out, "\"benches\":[%s],\n\"rows\":[%s],\n\"without_rows\":%zu", benches.data,
             rows.data, order->count - shown);
    return shown;
}

void html_add_data(struct str *out,
                   const struct result *result,
                   const struct ranking *order)
{
    AUTO_FREE size_t *bench_of_row = find_benches(result);
    size_t start = out->length;
    str_add(out, "<script type=\"application/json\" id=\"data\">");
    str_addf(out, "{\"limit\":%.0f,\"is_stored\":%s,\n", html_scale_limit(&result->rows),
             result->baseline ? "true" : "false");
    add_names(out);
    html_add_growth_data(out, result);
    size_t row_count = add_rows(out, result, order, bench_of_row);
    str_add(out, "}\n</script>\n<script type=\"application/json\" id=\"pairs\">");
    size_t taken = out->length - start;
    html_add_pairs(out, result, order, bench_of_row, row_count,
                   taken < DATA_BYTES ? DATA_BYTES - taken : 0);
    str_add(out, "</script>\n");
}
