/* A CSV text row by row: commas, quotes that are doubled inside quotes, no line breaks in
 * fields. The first line that is not empty names the columns; lines that begin with '#'
 * are comments. */
#pragma once

#include "gate/base/attributes.h"
#include "gate/base/strvec.h"
#include "runners/formats/document.h"
#include "runners/formats/lines.h"

struct error;

struct csv_table {
    const struct document *document;
    struct lines lines;
    struct strvec columns;
    struct strvec fields; /* of the current row: as many as columns */
};
void csv_table_clear(struct csv_table *table);
#define AUTO_CSV AUTO(csv_table_clear)

/* Reads the line of names. table is not yet set up; the caller's to clear, after a
 * failure too. */
int csv_table_open(struct csv_table *table,
                   const struct document *document,
                   struct error *err) MUST_CHECK;

/* The next row: 1, 0 at the end, -1 with err. */
int csv_table_next(struct csv_table *table, struct error *err) MUST_CHECK;

/* The column of that name, -1 where there is none. */
int csv_table_column(const struct csv_table *table, const char *name);

/* The field as a number above 0, or from 0 on. -1 with ERROR_USAGE naming line, column
 * and value. */
int csv_table_number(const struct csv_table *table,
                     int column,
                     bool may_be_zero,
                     double *out,
                     struct error *err) MUST_CHECK;
