#include "tests/bench/replay/deal.h"

#include <math.h>

struct view view_of_cpu(const struct stream *stream)
{
    return (struct view){ stream->name, &stream->cpu, stream->second_costs };
}

struct view view_of_wall(const struct stream *stream)
{
    return (struct view){ stream->name, &stream->wall, stream->second_costs };
}

double view_run(const struct view *view, size_t start, size_t index)
{
    double run = view->series->items[(start + index) % view->series->count];
    return index % 2 ? run * (1 + view->second_costs) : run;
}

size_t deal_start(const struct view *view, size_t runs, uint64_t replay)
{
    size_t count = view->series->count;
    struct draws draws = draws_for("window", view->stream, replay);
    return (size_t)draws_below(&draws, count > runs ? count - runs + 1 : 1);
}

void deal_sides(const struct view *view,
                size_t start,
                enum design design,
                size_t n,
                double *base,
                double *head)
{
    size_t bases = 0;
    size_t heads = 0;
    for (size_t i = 0; i < 2 * n; i++) {
        double run = view_run(view, start, i);
        if (design_is_head(design, i, n))
            head[heads++] = run;
        else
            base[bases++] = run;
    }
}

void deal_pairs(
    const struct view *view, size_t start, uint64_t replay, size_t pairs, double *d)
{
    struct draws coin = draws_for("coin", view->stream, replay);
    for (size_t i = 0; i < pairs; i++) {
        double first = log(view_run(view, start, 2 * i));
        double second = log(view_run(view, start, 2 * i + 1));
        d[i] = draws_next(&coin) >> 63 ? first - second : second - first;
    }
}
