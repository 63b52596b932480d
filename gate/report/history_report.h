/* A history shown. Pure: struct -> text. The rows must have their changes found. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "gate/history/history.h"

struct str;

struct history_screen {
    size_t width; /* columns, at least HISTORY_LEAST_WIDTH; less is taken for that */
    bool use_color;
};
enum {
    HISTORY_LEAST_WIDTH = 40
};

/* Rows of one history. Borrowed. */
struct history_selection {
    const struct history *history;
    const struct history_row *const *rows;
    size_t count;
};

/* One row: what there is, a chart, and its changes. */
void history_terminal(const struct history *history,
                      const struct history_row *row,
                      const struct history_screen *screen,
                      struct str *out);

/* Several: a line each, the largest change first. */
void history_list(const struct history_selection *selection,
                  const struct history_screen *screen,
                  struct str *out);

/* "pawl-history/1", docs/formats.md. */
void history_json_text(const struct history_selection *selection, struct str *out);

/* One row as a picture that needs nothing beside it: light or dark as its reader's system
 * is, in colours that the colour-blind tell apart, with a text for those who don't see
 * it. The same history gives the same bytes. */
void history_svg(const struct history *history,
                 const struct history_row *row,
                 struct str *out);
