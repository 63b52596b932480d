#include "runners/formats/pairs.h"

#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "runners/formats/csv_table.h"

#define NO_NAME "pairs"

void paired_recording_clear(struct paired_recording *recording)
{
    for (size_t i = 0; i < recording->count; i++) {
        free(recording->items[i].name);
        free(recording->items[i].base);
        free(recording->items[i].head);
    }
    array_clear(recording);
}

static struct paired_series *find_or_add(struct paired_recording *recording,
                                         const char *name)
{
    for (size_t i = recording->count; i-- > 0;) {
        if (str_equal(recording->items[i].name, name))
            return &recording->items[i];
    }
    struct paired_series *series = array_push(recording);
    series->name = xstrdup(name);
    return series;
}

static void push_pair(struct paired_series *series, double base, double head)
{
    if (series->count == series->capacity) {
        series->capacity = series->capacity ? 2 * series->capacity : 16;
        series->base = xreallocarray(series->base, series->capacity, sizeof(double));
        series->head = xreallocarray(series->head, series->capacity, sizeof(double));
    }
    series->base[series->count] = base;
    series->head[series->count++] = head;
}

/* Where the columns stand; name may be -1. */
struct columns {
    int base;
    int head;
    int name;
};

static int
find_columns(const struct csv_table *table, struct columns *columns, struct error *err)
{
    *columns = (struct columns){ .base = csv_table_column(table, "base"),
                                 .head = csv_table_column(table, "head"),
                                 .name = csv_table_column(table, "name") };
    size_t known = (columns->name < 0) ? 2 : 3;
    if (columns->base >= 0 && columns->head >= 0 && table->columns.count == known)
        return 0;
    AUTO_FREE char *found = strvec_join(&table->columns, ",");
    return document_error_at(table->document, table->lines.number, err,
                             "the first line must be 'base,head' or 'name,base,head', "
                             "not '%.60s'",
                             found);
}

static int read_row(const struct csv_table *table,
                    const struct columns *columns,
                    struct paired_recording *recording,
                    struct error *err)
{
    double base = 0;
    double head = 0;
    if (csv_table_number(table, columns->base, false, &base, err) < 0 ||
        csv_table_number(table, columns->head, false, &head, err) < 0)
        return -1;
    const char *name = columns->name < 0 ? NO_NAME : table->fields.items[columns->name];
    push_pair(find_or_add(recording, name), base, head);
    return 0;
}

int pairs_read(const struct document *document,
               struct paired_recording *recording,
               struct error *err)
{
    struct columns columns;
    AUTO_CSV struct csv_table table;
    if (csv_table_open(&table, document, err) < 0 ||
        find_columns(&table, &columns, err) < 0)
        return -1;
    int more = 0;
    while ((more = csv_table_next(&table, err)) > 0) {
        if (read_row(&table, &columns, recording, err) < 0)
            return -1;
    }
    if (more == 0 && !recording->count)
        return error_set(err, ERROR_USAGE, "in '%s': no pair in it", document->path);
    return more;
}
