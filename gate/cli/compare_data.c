/* Comparisons for programs: JSON ("pawl-comparison/1", docs/formats.md) and TSV. */
#include <math.h>
#include <stdlib.h>

#include <jansson.h>

#include "gate/base/json.h"
#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/cli/compare_writers.h"

static const struct compare_writer writers[] = {
    { "json", compare_write_json },
    { "markdown", compare_write_markdown },
    { "terminal", compare_write_terminal },
    { "tsv", compare_write_tsv },
};
const char compare_formats[] = "json, markdown, terminal, tsv";

const struct compare_writer *compare_find_writer(const char *format)
{
    for (size_t i = 0; i < sizeof writers / sizeof writers[0]; i++) {
        if (str_equal(writers[i].format, format))
            return &writers[i];
    }
    return NULL;
}

/* CSV and Go's text may hold bytes that are no UTF-8; JSON may not. */
static json_t *text_json(const char *text)
{
    AUTO_STR struct str valid = STR_INIT;
    text_add_valid(&valid, text);
    return json_string(valid.data);
}

static json_t *number_json(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

static const char *unit_name(enum series_unit unit)
{
    switch (unit) {
    case SERIES_SECONDS:
        return "s";
    case SERIES_BYTES:
        return "B";
    case SERIES_COUNT:
        return "count";
    case SERIES_RATE:
        return "1/s";
    case SERIES_PLAIN:
        return "";
    }
    abort();
}

static json_t *row_json(const struct comparison_row *row)
{
    json_t *json = json_object();
    json_object_set_new(json, "name", text_json(row->name));
    json_object_set_new(json, "quantity", text_json(row->quantity));
    json_object_set_new(json, "unit", json_string(unit_name(row->unit)));
    json_object_set_new(json, "verdict", json_string(verdict_name(row->verdict)));
    json_object_set_new(json, "reason", text_json(row->reason));
    json_object_set_new(json, "base_count", json_integer((json_int_t)row->base_count));
    json_object_set_new(json, "head_count", json_integer((json_int_t)row->head_count));
    json_object_set_new(json, "base_median", number_json(row->base_median));
    json_object_set_new(json, "head_median", number_json(row->head_median));
    json_object_set_new(json, "change", number_json(row->change));
    json_object_set_new(
        json, "change_low",
        number_json(isinf(row->change_high) ? (double)NAN : row->change_low));
    json_object_set_new(json, "change_high", number_json(row->change_high));
    json_object_set_new(json, "p_regressed", json_real(row->p_regressed));
    json_object_set_new(json, "p_regressed_holm", json_real(row->p_regressed_holm));
    json_object_set_new(json, "p_ok", json_real(row->p_ok));
    json_object_set_new(json, "p_improved", json_real(row->p_improved));
    json_object_set_new(json, "p_improved_holm", json_real(row->p_improved_holm));
    return json;
}

static const char *exit_name(enum exit_code exit)
{
    switch (exit) {
    case EXIT_PASS:
        return "pass";
    case EXIT_REGRESSION:
        return "regressed";
    case EXIT_NOT_MEASURED:
        return "not measured";
    case EXIT_INCONCLUSIVE:
        return "inconclusive";
    case EXIT_USAGE:
    case EXIT_TROUBLE:
    case EXIT_INTERRUPTED:
        break;
    }
    abort();
}

static json_t *comparison_json(const struct comparison *comparison)
{
    json_t *json = json_object();
    json_t *rows = json_array();
    json_t *warnings = json_array();
    for (size_t i = 0; i < comparison->count; i++)
        json_array_append_new(rows, row_json(&comparison->items[i]));
    for (size_t i = 0; i < comparison->warnings.count; i++)
        json_array_append_new(warnings, text_json(comparison->warnings.items[i]));
    json_object_set_new(json, "schema", json_string("pawl-comparison/1"));
    json_object_set_new(json, "base", text_json(comparison->base_path));
    json_object_set_new(json, "head", text_json(comparison->head_path));
    json_object_set_new(json, "is_paired", json_boolean(comparison->is_paired));
    json_object_set_new(json, "margin", json_real(comparison->margin));
    json_object_set_new(json, "false_alarm", json_real(comparison->false_alarm));
    json_object_set_new(json, "miss", json_real(comparison->miss));
    json_object_set_new(json, "rows", rows);
    json_object_set_new(json, "warnings", warnings);
    json_object_set_new(json, "verdict", json_string(verdict_name(comparison->verdict)));
    json_object_set_new(json, "exit", json_string(exit_name(comparison->exit)));
    return json;
}

void compare_write_json(const struct comparison *comparison, struct str *out)
{
    AUTO_JSON json_t *json = comparison_json(comparison);
    char *text = json_dumps(json, JSON_SORT_KEYS | JSON_INDENT(2));
    str_addf(out, "%s\n", text);
    free(text);
}

/* Names can't make fields or lines of their own. */
static void add_name(struct str *out, const char *name)
{
    for (; *name; name++) {
        bool is_control = (unsigned char)*name < ' ' || *name == 0x7f;
        str_add_bytes(out, is_control ? "?" : name, 1);
    }
}

/* An empty field where the number is not known. */
static void add_number(struct str *out, double value)
{
    str_add_char(out, '\t');
    if (isfinite(value))
        str_addf(out, "%.9g", value);
}

void compare_write_tsv(const struct comparison *comparison, struct str *out)
{
    str_add(out, "name\tquantity\tverdict\tbase_count\thead_count\tbase\thead\tchange\t"
                 "change_low\tchange_high\tmargin\tp_regressed\tp_ok\n");
    for (size_t i = 0; i < comparison->count; i++) {
        const struct comparison_row *row = &comparison->items[i];
        bool is_bounded = isfinite(row->change_high);
        add_name(out, row->name);
        str_addf(out, "\t%s\t%s\t%zu\t%zu", row->quantity, verdict_name(row->verdict),
                 row->base_count, row->head_count);
        add_number(out, row->base_median);
        add_number(out, row->head_median);
        add_number(out, row->change);
        add_number(out, is_bounded ? row->change_low : (double)NAN);
        add_number(out, row->change_high);
        add_number(out, comparison->margin);
        add_number(out, row->p_regressed);
        add_number(out, row->p_ok);
        str_add_char(out, '\n');
    }
}
