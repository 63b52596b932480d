/* A row's points as a chart of characters. */
#pragma once

#include <stddef.h>

#include "gate/history/history.h"

struct str;

enum {
    CHART_HEIGHT = 14
};

/* Lines of at most width columns:
 *
 *      3.51 ms ┤            ┆ ──•─│──•
 *      3.12 ms ┤ ──•──•──│──┆
 *              └────────────┴─────────
 *                           1
 *
 * • the commits' values, │ their intervals; where commits share a column, their median
 * and the middle half of them; ─ the level, ┆ where it changes, with the change's number
 * below; ▲ and ▼ a value beyond the chart. */
void chart_add(const struct history_row *row, size_t width, struct str *out);

/* What stands for the i-th change: 1 to 9, then letters, then all are *. */
char chart_change_mark(size_t i);
