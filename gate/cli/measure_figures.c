#include "gate/cli/measure_figures.h"

#include <math.h>
#include <string.h>

#include <jansson.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/json.h"
#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/report/escape.h"
#include "gate/stats/robust.h"

#define SCHEMA     "pawl-measurement/1"
#define CONFIDENCE 0.95

void runs_clear(struct runs *runs)
{
    array_clear(runs);
}

static double mean_of(const double *values, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += values[i];
    return sum / (double)count;
}

static double sd_of(const double *values, size_t count, double mean)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += (values[i] - mean) * (values[i] - mean);
    return count > 1 ? sqrt(sum / (double)(count - 1)) : 0;
}

static bool values_of(const struct runs *runs, enum metric metric, double *values)
{
    for (size_t i = 0; i < runs->count; i++) {
        values[i] = metric_value(metric, &runs->items[i]);
        if (isnan(values[i]))
            return false;
    }
    return runs->count > 0;
}

void figures_of_values(const double *values, size_t count, struct figures *out)
{
    double mean = mean_of(values, count);
    *out = (struct figures){
        .median = robust_median(values, count),
        .interval = robust_median_interval(values, count, CONFIDENCE),
        .mean = mean,
        .sd = sd_of(values, count, mean),
        .min = robust_quantile(values, count, 0),
        .p95 = robust_quantile(values, count, 0.95),
        .p99 = robust_quantile(values, count, 0.99),
        .max = robust_quantile(values, count, 1),
    };
}

bool figures_of(const struct runs *runs, enum metric metric, struct figures *out)
{
    size_t count = runs->count;
    AUTO_FREE double *values = xcalloc(count + 1, sizeof *values);
    if (!values_of(runs, metric, values))
        return false;
    figures_of_values(values, count, out);
    return true;
}

static char *value_text(enum metric metric, double value)
{
    struct str text = STR_INIT;
    if (isfinite(value))
        metric_add_value(&text, metric, value);
    else
        str_add(&text, "?");
    return str_detach(&text);
}

enum column {
    COLUMN_MEDIAN,
    COLUMN_LOW,
    COLUMN_HIGH,
    COLUMN_P95,
    COLUMN_P99,
    COLUMN_MIN,
    COLUMN_MAX,
    COLUMN_COUNT
};
static const char *const headings[COLUMN_COUNT] = { "median", "low 95 %", "high 95 %",
                                                    "p95",    "p99",      "min",
                                                    "max" };

static double cell(const struct figures *figures, enum column column)
{
    const double cells[COLUMN_COUNT] = {
        figures->median, figures->interval.low, figures->interval.high, figures->p95,
        figures->p99,    figures->min,          figures->max,
    };
    return cells[column];
}

static void
add_table_line(enum metric metric, const struct figures *figures, struct str *out)
{
    str_addf(out, "  %-20s", metric_name(metric));
    for (enum column column = 0; column < COLUMN_COUNT; column++) {
        AUTO_FREE char *text = value_text(metric, cell(figures, column));
        str_add_char(out, ' ');
        text_add_right(out, text, 11);
    }
    str_add_char(out, '\n');
}

void figures_add_table(const struct strvec *argv,
                       const struct runs *runs,
                       struct str *out)
{
    AUTO_FREE char *command = strvec_join(argv, " ");
    text_add_clean(out, command, SHOWN_COMMAND);
    str_addf(out, "\n%zu %s\n\n  %-20s", runs->count, runs->count == 1 ? "run" : "runs",
             "");
    for (enum column column = 0; column < COLUMN_COUNT; column++)
        str_addf(out, " %11s", headings[column]);
    str_add_char(out, '\n');
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++) {
        struct figures figures;
        if (figures_of(runs, metric, &figures))
            add_table_line(metric, &figures, out);
    }
}

void figures_add_markdown(const struct strvec *argv,
                          const struct runs *runs,
                          struct str *out)
{
    AUTO_FREE char *command = strvec_join(argv, " ");
    markdown_add_code(out, command);
    str_addf(out,
             ", %zu %s\n\n| metric | median | 95 %% | p95 | p99 | min | max |\n"
             "|:--|--:|:-:|--:|--:|--:|--:|\n",
             runs->count, runs->count == 1 ? "run" : "runs");
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++) {
        struct figures figures;
        if (!figures_of(runs, metric, &figures))
            continue;
        str_addf(out, "| `%s` ", metric_name(metric));
        for (enum column column = 0; column < COLUMN_COUNT; column++) {
            AUTO_FREE char *text = value_text(metric, cell(&figures, column));
            str_addf(out, "%s%s", column == COLUMN_HIGH ? " .. " : "| ", text);
            str_add(out, column == COLUMN_LOW ? "" : " ");
        }
        str_add(out, "|\n");
    }
}

/* What is not finite is null. */
static json_t *number_json(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

static json_t *figures_json(const struct figures *figures)
{
    return json_pack("{so, so, so, so, so, so, so, so, so}", "median",
                     number_json(figures->median), "median_low",
                     number_json(figures->interval.low), "median_high",
                     number_json(figures->interval.high), "mean",
                     number_json(figures->mean), "sd", number_json(figures->sd), "min",
                     number_json(figures->min), "p95", number_json(figures->p95), "p99",
                     number_json(figures->p99), "max", number_json(figures->max));
}

static json_t *runs_json(const struct runs *runs, enum metric metric)
{
    json_t *list = json_array();
    for (size_t i = 0; i < runs->count; i++)
        json_array_append_new(list, number_json(metric_value(metric, &runs->items[i])));
    return list;
}

void figures_add_json(const struct strvec *argv, const struct runs *runs, struct str *out)
{
    json_t *words = json_array();
    json_t *metrics = json_object();
    for (size_t i = 0; i < argv->count; i++) {
        AUTO_STR struct str word = STR_INIT;
        text_add_valid(&word, argv->items[i]);
        json_array_append_new(words, json_string(word.data));
    }
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++) {
        struct figures figures;
        if (!figures_of(runs, metric, &figures))
            continue;
        json_t *told = figures_json(&figures);
        json_object_set_new(told, "runs", runs_json(runs, metric));
        json_object_set_new(metrics, metric_name(metric), told);
    }
    AUTO_JSON json_t *all =
        json_pack("{ss, so, sI, so}", "schema", SCHEMA, "command", words, "run_count",
                  (json_int_t)runs->count, "metrics", metrics);
    AUTO_FREE char *text = json_dumps(all, JSON_INDENT(1) | JSON_SORT_KEYS);
    str_addf(out, "%s\n", text);
}

void figures_add_csv(const struct strvec *argv, const struct runs *runs, struct str *out)
{
    bool is_told[METRIC_COUNT];
    struct figures ignored;
    (void)argv;
    str_add(out, "run");
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++) {
        is_told[metric] = figures_of(runs, metric, &ignored);
        if (is_told[metric])
            str_addf(out, ",%s", metric_name(metric));
    }
    for (size_t i = 0; i < runs->count; i++) {
        str_addf(out, "\n%zu", i + 1);
        for (enum metric metric = 0; metric < METRIC_COUNT; metric++) {
            if (is_told[metric])
                str_addf(out, ",%.9g", metric_value(metric, &runs->items[i]));
        }
    }
    str_add_char(out, '\n');
}
