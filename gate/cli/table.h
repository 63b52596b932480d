/* Columns of text for a terminal. */
#pragma once

#include <stddef.h>

#include "gate/base/attributes.h"
#include "gate/base/strvec.h"

struct str;

struct table {
    const char *alignments; /* a character a column: 'l' or 'r' */
    struct strvec cells;    /* row by row; already fit to be shown */
};
void table_clear(struct table *table);
#define AUTO_TABLE AUTO(table_clear)

/* Two blanks between columns, none at the end of a line. */
void table_print(const struct table *table, struct str *out);
