/* The pairs of rows, so that the page can draw them: what both sides took, and of the
 * runs, when they ran, which side was first, and how busy the machine was. Warm-ups are
 * left out; pairs that were thrown away are in, with why. */
#include <math.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/experiment/pair.h"
#include "gate/report/escape.h"
#include "gate/report/html_parts.h"

enum {
    DIGITS = 6
};

/* What is counted in runs apart has its figures there. */
static const struct pairs *pairs_of(const struct bench_result *bench, enum metric metric)
{
    bool is_apart = pairs_counted(&bench->counted_pairs) &&
                    pairs_tell(&bench->counted_pairs, metric) &&
                    !(pairs_counted(&bench->pairs) && pairs_tell(&bench->pairs, metric));
    return is_apart ? &bench->counted_pairs : &bench->pairs;
}

static bool is_shown(const struct pair *pair)
{
    return !pair->is_warmup && (pair_counts(pair) || pair->discard != DISCARD_NONE);
}

static void
add_values(struct str *out, const struct pairs *pairs, enum side side, enum metric metric)
{
    const char *separator = "[";
    for (size_t i = 0; i < pairs->count; i++) {
        if (!is_shown(&pairs->items[i]))
            continue;
        str_add(out, separator);
        html_json_number(out, pair_value(&pairs->items[i], side, metric), DIGITS);
        separator = ",";
    }
    str_add(out, "]");
}

/* [position, 1 where head ran first, load, why it was thrown away or 0] */
static void add_run(struct str *out, const struct pair *pair)
{
    bool has_load = pair->around.span_ns > 0;
    str_addf(out, "[%zu,%d,", pair->position, pair->head_ran_first);
    html_json_number(out, has_load ? pair->around.load_average : (double)NAN, 3);
    if (pair->discard == DISCARD_NONE)
        str_add(out, ",0]");
    else
        str_addf(out, ",\"%s\"]", discard_name(pair->discard));
}

static void add_runs(struct str *out, const struct pairs *pairs)
{
    const char *separator = "[";
    for (size_t i = 0; i < pairs->count; i++) {
        if (!is_shown(&pairs->items[i]))
            continue;
        str_add(out, separator);
        add_run(out, &pairs->items[i]);
        separator = ",";
    }
    str_add(out, "]");
}

static size_t count_shown(const struct pairs *pairs)
{
    size_t count = 0;
    for (size_t i = 0; i < pairs->count; i++)
        count += is_shown(&pairs->items[i]);
    return count;
}

/* "c3" or "p3": the bench's runs, or those that count for it. Written once. */
static void add_runs_once(struct str *out,
                          const struct bench_result *bench,
                          const struct pairs *pairs,
                          size_t number,
                          unsigned char *is_written)
{
    bool is_apart = pairs == &bench->counted_pairs;
    unsigned char mark = is_apart ? 2 : 1;
    if (is_written[number] & mark)
        return;
    is_written[number] |= mark;
    str_addf(out, "%s\"%c%zu\":", out->length ? ",\n" : "\n", is_apart ? 'c' : 'p',
             number);
    add_runs(out, pairs);
}

void html_add_pairs(struct str *out,
                    const struct result *result,
                    const struct ranking *order,
                    const size_t *bench_of_row,
                    size_t row_count,
                    size_t byte_limit)
{
    AUTO_STR struct str pairs_text = STR_INIT;
    AUTO_STR struct str runs_text = STR_INIT;
    size_t without = 0;
    AUTO_FREE unsigned char *is_written = xcalloc(result->benches.count + 1, 1);
    for (size_t i = 0; i < row_count; i++) {
        const struct row *row = order->items[i].row;
        size_t number = bench_of_row[row - result->rows.items];
        if (!row_has_numbers(row) || number >= result->benches.count)
            continue;
        const struct bench_result *bench = &result->benches.items[number];
        const struct pairs *pairs = pairs_of(bench, row->metric);
        if (!count_shown(pairs))
            continue;
        if (pairs_text.length + runs_text.length > byte_limit) {
            without++;
            continue;
        }
        add_runs_once(&runs_text, bench, pairs, number, is_written);
        str_addf(&pairs_text, "%s\"%zu\":[\"%c%zu\",", pairs_text.length ? ",\n" : "\n",
                 i, pairs == &bench->counted_pairs ? 'c' : 'p', number);
        add_values(&pairs_text, pairs, SIDE_BASE, row->metric);
        str_add(&pairs_text, ",");
        add_values(&pairs_text, pairs, SIDE_HEAD, row->metric);
        str_add(&pairs_text, "]");
    }
    str_addf(out, "{\"pairs\":{%s},\n\"runs\":{%s},\n\"without_pairs\":%zu}\n",
             pairs_text.data, runs_text.data, without);
}
