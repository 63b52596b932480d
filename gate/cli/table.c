#include "gate/cli/table.h"

#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/base/text.h"

void table_clear(struct table *table)
{
    strvec_clear(&table->cells);
}

static void add_cell(const char *cell, char alignment, size_t width, struct str *out)
{
    if (alignment == 'r')
        text_add_right(out, cell, width);
    else
        text_add_left(out, cell, width);
}

void table_print(const struct table *table, struct str *out)
{
    size_t columns = strlen(table->alignments);
    AUTO_FREE size_t *widths = xcalloc(columns, sizeof *widths);
    for (size_t i = 0; i < table->cells.count; i++) {
        size_t width = text_width(table->cells.items[i]);
        if (width > widths[i % columns])
            widths[i % columns] = width;
    }
    for (size_t i = 0; i < table->cells.count; i++) {
        size_t column = i % columns;
        add_cell(table->cells.items[i], table->alignments[column], widths[column], out);
        if (column + 1 < columns) {
            str_add(out, "  ");
            continue;
        }
        size_t end = out->length;
        while (end > 0 && out->data[end - 1] == ' ')
            end--;
        str_truncate(out, end);
        str_add_char(out, '\n');
    }
}
