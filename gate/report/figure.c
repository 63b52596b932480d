#include "gate/report/figure.h"

#include <math.h>

#include "gate/base/str.h"

enum {
    CENTRE = FIGURE_WIDTH / 2,
    MARGIN_CELLS = 4 /* between no change and the margin */
};

/* The cell of a change; one beyond the picture where it does not fit. */
static int cell_of(double change, double margin, int if_unknown)
{
    if (isnan(change))
        return if_unknown;
    double cell = round(change / margin * MARGIN_CELLS) + CENTRE;
    if (cell < 0)
        return -1;
    return cell >= FIGURE_WIDTH ? FIGURE_WIDTH : (int)cell;
}

static const char *axis_sign(int cell)
{
    if (cell == CENTRE)
        return "┊";
    return cell == CENTRE - MARGIN_CELLS || cell == CENTRE + MARGIN_CELLS ? "│" : "·";
}

struct span {
    int low;
    int estimate;
    int high;
};

static const char *sign_at(int cell, const struct span *span)
{
    if (cell == 0 && span->low < 0)
        return "<";
    if (cell == FIGURE_WIDTH - 1 && span->high >= FIGURE_WIDTH)
        return ">";
    if (cell < span->low || cell > span->high)
        return axis_sign(cell);
    if (cell == span->estimate)
        return "#";
    return cell == span->low ? "[" : cell == span->high ? "]" : "=";
}

void figure_add(struct str *out, const struct row *row)
{
    bool is_turned = metric_info(row->metric)->larger_is_better;
    double low = is_turned ? -row->change_high : row->change_low;
    double high = is_turned ? -row->change_low : row->change_high;
    double change = is_turned ? -row->change : row->change;
    double margin = row->margin > 0 && isfinite(row->margin) ? row->margin : 0.01;

    struct span span = { .low = cell_of(low, margin, -1),
                         .estimate = cell_of(change, margin, CENTRE),
                         .high = cell_of(high, margin, FIGURE_WIDTH) };
    for (int cell = 0; cell < FIGURE_WIDTH; cell++)
        str_add(out, sign_at(cell, &span));
}
