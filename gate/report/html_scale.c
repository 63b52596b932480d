#include "gate/report/html_scale.h"

#include <math.h>

#include "gate/report/ranking.h"

/* Rows that allow nothing at all are drawn as if they allowed 1 %. */
#define STAND_IN_MARGIN 0.01

struct html_span html_span_of(const struct row *row)
{
    bool has_margin = row->margin > 0 && isfinite(row->margin);
    double margin = has_margin ? row->margin : STAND_IN_MARGIN;
    if (metric_info(row->metric)->larger_is_better)
        return (struct html_span){ -row->change_high / margin, -row->change / margin,
                                   -row->change_low / margin };
    return (struct html_span){ row->change_low / margin, row->change / margin,
                               row->change_high / margin };
}

double html_scale_limit(const struct rows *rows)
{
    static const double limits[] = { 3, 10, 30, 100 };
    double farthest = 0;
    for (size_t i = 0; i < rows->count; i++) {
        double change = fabs(html_span_of(&rows->items[i]).change);
        if (rows->items[i].is_judged && row_has_numbers(&rows->items[i]) &&
            isfinite(change))
            farthest = fmax(farthest, change);
    }
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++)
        if (farthest <= limits[i])
            return limits[i];
    return 300;
}

double html_scale_at(double margins, double limit)
{
    double within = fmax(-limit, fmin(limit, margins));
    return 0.5 + 0.5 * asinh(within) / asinh(limit);
}
