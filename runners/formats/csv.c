/* A value a line: columns "name" (may be left out) and one that is named by its unit. */
#include "gate/base/error.h"
#include "runners/formats/csv_table.h"
#include "runners/formats/format.h"

#define NO_NAME "all"

struct csv_unit {
    const char *column;
    const char *quantity;
    enum series_unit unit;
    double scale;
};
static const struct csv_unit units[] = {
    { "seconds", "wall", SERIES_SECONDS, 1 }, { "s", "wall", SERIES_SECONDS, 1 },
    { "ms", "wall", SERIES_SECONDS, 1e-3 },   { "us", "wall", SERIES_SECONDS, 1e-6 },
    { "ns", "wall", SERIES_SECONDS, 1e-9 },   { "bytes", "bytes", SERIES_BYTES, 1 },
    { "count", "count", SERIES_COUNT, 1 },    { "value", "value", SERIES_PLAIN, 1 },
};
#define UNIT_NAMES "seconds, s, ms, us, ns, bytes, count, value"

static const struct csv_unit *find_unit(const char *column)
{
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (str_equal(units[i].column, column))
            return &units[i];
    }
    return NULL;
}

/* Whether the first line could name columns: letters, and a comma or one of the names. */
static bool recognises(const struct document *document)
{
    struct error err = { 0 };
    AUTO_CSV struct csv_table table = { .lines = LINES_OF("") };
    if (document->json || csv_table_open(&table, document, &err) < 0)
        return false;
    return table.columns.count > 1 || find_unit(table.columns.items[0]);
}

/* The unit of the value column, whose place is put in *column. */
static const struct csv_unit *
find_value_column(const struct csv_table *table, int *column, struct error *err)
{
    const struct csv_unit *found = NULL;
    for (size_t i = 0; i < table->columns.count; i++) {
        const char *name = table->columns.items[i];
        const struct csv_unit *unit = find_unit(name);
        if ((!unit && !str_equal(name, "name")) || (unit && found)) {
            document_error_at(table->document, table->lines.number, err,
                              "columns must be 'name' and one of " UNIT_NAMES
                              ", not '%s'%s",
                              name, found && unit ? " besides" : "");
            return NULL;
        }
        if (unit) {
            found = unit;
            *column = (int)i;
        }
    }
    if (!found)
        document_error_at(table->document, table->lines.number, err,
                          "there must be a column of values, named one of " UNIT_NAMES);
    return found;
}

static int
read_csv(const struct document *document, struct recording *recording, struct error *err)
{
    AUTO_CSV struct csv_table table;
    if (csv_table_open(&table, document, err) < 0)
        return -1;
    int value_column = -1;
    const struct csv_unit *unit = find_value_column(&table, &value_column, err);
    if (!unit)
        return -1;
    int name_column = csv_table_column(&table, "name");
    bool may_be_zero = unit->unit == SERIES_BYTES || unit->unit == SERIES_COUNT;
    int more = 0;
    while ((more = csv_table_next(&table, err)) > 0) {
        double value = 0;
        if (csv_table_number(&table, value_column, may_be_zero, &value, err) < 0)
            return -1;
        const char *name = name_column < 0 ? NO_NAME : table.fields.items[name_column];
        series_push(recording_series(recording, name, unit->quantity, unit->unit),
                    value * unit->scale);
    }
    return more;
}

const struct format format_csv = {
    .name = "csv",
    .description = "CSV",
    .recognises = recognises,
    .read = read_csv,
};
