#include "runners/formats/csv_table.h"

#include <string.h>

#include "gate/base/error.h"

#define BLANKS " \t"

void csv_table_clear(struct csv_table *table)
{
    lines_clear(&table->lines);
    strvec_clear(&table->columns);
    strvec_clear(&table->fields);
}

/* Blanks around a field do not belong to it. */
static const char *read_plain(const char *text, struct str *field)
{
    size_t length = strcspn(text, ",");
    const char *after = text + length;
    while (length && strchr(BLANKS, text[length - 1]))
        length--;
    str_add_bytes(field, text, length);
    return after;
}

/* text is behind the opening quote. NULL where there is no closing one, or something
 * behind it. */
static const char *read_quoted(const char *text, struct str *field)
{
    for (; *text; text++) {
        if (*text != '"') {
            str_add_char(field, *text);
        } else if (text[1] == '"') {
            str_add_char(field, '"');
            text++;
        } else {
            text++;
            text += strspn(text, BLANKS);
            return *text == '\0' || *text == ',' ? text : NULL;
        }
    }
    return NULL;
}

static int split_fields(struct csv_table *table, struct strvec *fields, struct error *err)
{
    const char *text = table->lines.line.data;
    strvec_clear(fields);
    for (;;) {
        struct str field = STR_INIT;
        text += strspn(text, BLANKS);
        text = *text == '"' ? read_quoted(text + 1, &field) : read_plain(text, &field);
        strvec_push_owned(fields, str_detach(&field));
        if (!text)
            return document_error_at(table->document, table->lines.number, err,
                                     "field %zu must end with a quote and then a comma",
                                     fields->count);
        if (!*text)
            return 0;
        text++;
    }
}

static bool next_line(struct csv_table *table)
{
    while (lines_next(&table->lines)) {
        const char *text = table->lines.line.data;
        if (*text != '#' && text[strspn(text, BLANKS)])
            return true;
    }
    return false;
}

int csv_table_open(struct csv_table *table,
                   const struct document *document,
                   struct error *err)
{
    *table = (struct csv_table){ .document = document,
                                 .lines = LINES_OF(document->text.data) };
    if (!next_line(table))
        return error_set(err, ERROR_USAGE, "in '%s': no line in it that names columns",
                         document->path);
    if (split_fields(table, &table->columns, err) < 0)
        return -1;
    for (size_t i = 0; i < table->columns.count; i++) {
        if (csv_table_column(table, table->columns.items[i]) != (int)i)
            return document_error_at(document, table->lines.number, err,
                                     "column '%s' is there twice",
                                     table->columns.items[i]);
    }
    return 0;
}

int csv_table_next(struct csv_table *table, struct error *err)
{
    if (!next_line(table))
        return 0;
    if (split_fields(table, &table->fields, err) < 0)
        return -1;
    if (table->fields.count != table->columns.count)
        return document_error_at(table->document, table->lines.number, err,
                                 "a row must have %zu fields, as the first line has, "
                                 "not %zu",
                                 table->columns.count, table->fields.count);
    return 1;
}

int csv_table_column(const struct csv_table *table, const char *name)
{
    for (size_t i = 0; i < table->columns.count; i++) {
        if (str_equal(table->columns.items[i], name))
            return (int)i;
    }
    return -1;
}

int csv_table_number(const struct csv_table *table,
                     int column,
                     bool may_be_zero,
                     double *out,
                     struct error *err)
{
    const char *text = table->fields.items[column];
    double value = 0;
    if (lines_parse_number(text, &value) && (value > 0 || (may_be_zero && value >= 0))) {
        *out = value;
        return 0;
    }
    return document_error_at(table->document, table->lines.number, err,
                             "'%s' must be a number %s, not '%.60s'",
                             table->columns.items[column],
                             may_be_zero ? "from 0 on" : "above 0", text);
}
