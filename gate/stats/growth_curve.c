#include "gate/stats/growth_curve.h"

#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/stats/distribution.h"

static double log_ratio(const struct growth_data *data, size_t i)
{
    return log(data->points[i].size / data->points[0].size);
}

double growth_least_exponent(const struct growth_data *data)
{
    return log1p(data->least_rise) / log_ratio(data, data->count - 1);
}

double growth_rise(const struct growth_data *data,
                   enum growth_kind kind,
                   double exponent,
                   double share)
{
    if (kind == GROWTH_FLAT)
        return share * data->least_rise;
    double least = log(data->least_rise);
    double most = log(expm1(exponent * log_ratio(data, data->count - 1)));
    return exp(least + share * (most - least));
}

double
growth_height(const struct growth_data *data, size_t i, double exponent, double rise)
{
    double most = expm1(exponent * log_ratio(data, data->count - 1));
    return log1p(rise * expm1(exponent * log_ratio(data, i)) / most);
}

double growth_log_value(const struct growth_point *point, enum growth_side side)
{
    double half = point->difference / 2;
    return side == GROWTH_HEAD ? point->level + half : point->level - half;
}

double growth_log_sd(const struct growth_point *point)
{
    return hypot(point->level_sd, point->difference_sd / 2);
}

double growth_log_freedom(const struct growth_point *point)
{
    double ratio = 2 * growth_log_sd(point) / point->difference_sd;
    return point->freedom * pow(ratio, 4);
}

double growth_scale(double misfit, size_t values, size_t parameters)
{
    return values > parameters ? fmax(1, misfit / (double)(values - parameters)) : 1;
}

void growth_residuals_init(struct growth_residuals *residuals, size_t count)
{
    residuals->items = xcalloc(2 * count, sizeof *residuals->items);
    residuals->freedoms = residuals->items + count;
    residuals->count = count;
}

void growth_residuals_clear(struct growth_residuals *residuals)
{
    free(residuals->items);
    *residuals = (struct growth_residuals){ 0 };
}

/* What a residual adds to the excess; one that is smaller than at the best adds nothing.
 */
static double
added(const struct growth_residuals *there, const struct growth_residuals *best, size_t i)
{
    return fmax(0, there->items[i] * there->items[i] - best->items[i] * best->items[i]);
}

double growth_p_value(const struct growth_residuals *there,
                      const struct growth_residuals *best,
                      double scale)
{
    double excess = 0;
    double all = 0;
    for (size_t i = 0; i < there->count; i++) {
        excess += there->items[i] * there->items[i] - best->items[i] * best->items[i];
        all += added(there, best, i);
    }
    if (!(excess > 0))
        return 0.5;
    double per_freedom = 0;
    for (size_t i = 0; i < there->count; i++)
        per_freedom += pow(added(there, best, i) / all, 2) / there->freedoms[i];
    double root = sqrt(excess / scale);
    return per_freedom > 0 ? student_upper(root, 1 / per_freedom) : normal_upper(root);
}
