#include "runners/formats/values.h"

#include <stdlib.h>

#include "gate/base/json.h"

/* The value as JSON, cut to what fits a message. */
static char *shown(const json_t *value)
{
    char *text =
        json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT | JSON_REAL_PRECISION(6));
    char *cut = str_format("%.40s", text ? text : "?");
    free(text);
    return cut;
}

int values_add(struct series *series,
               const struct document *document,
               const json_t *value,
               const char *pointer,
               double scale,
               struct error *err)
{
    double number = json_number_value(value) * scale;
    const char *rule = json_is_number(value) ? series_value_rule(series->unit, number)
                                             : series_value_rule(series->unit, -1);
    if (!rule) {
        series_push(series, number);
        return 0;
    }
    char *text = shown(value);
    size_t line = json_find_place(document->text.data, pointer).line;
    document_error_at(document, line + document->lines_before, err,
                      "'%s' of '%s' must be %s, not %s", pointer, series->name, rule,
                      text);
    free(text);
    return -1;
}

int values_add_all(struct series *series,
                   const struct document *document,
                   const json_t *array,
                   const char *pointer,
                   struct error *err)
{
    AUTO_STR struct str place = STR_INIT;
    for (size_t i = 0; i < json_array_size(array); i++) {
        str_reset(&place);
        str_addf(&place, "%s/%zu", pointer, i);
        if (values_add(series, document, json_array_get(array, i), place.data, 1, err) <
            0)
            return -1;
    }
    return 0;
}
