/* The curves that growth.h fits, in terms that keep them apart: an exponent, and how far
 * they rise from the smallest to the largest size. Internal to gate/stats. */
#pragma once

#include "gate/stats/growth.h"

/* What a curve is made of. Of those that don't grow the exponent only bends the little
 * that they rise. */
enum growth_kind {
    GROWTH_FLAT,
    GROWTH_RISING,
    GROWTH_KIND_COUNT
};

/* The exponent at which a curve without fixed cost just rises by least_rise. */
double growth_least_exponent(const struct growth_data *data);

/* The rise of a curve. share goes from 0 to 1: from nothing to least_rise for flat ones,
 * from least_rise to the rise without fixed cost for the others. */
double growth_rise(const struct growth_data *data,
                   enum growth_kind kind,
                   double exponent,
                   double share);

/* ln of y at point i over y at the smallest size. */
double
growth_height(const struct growth_data *data, size_t i, double exponent, double rise);

/* ln y of a side and its standard error. */
double growth_log_value(const struct growth_point *point, enum growth_side side);
double growth_log_sd(const struct growth_point *point);
/* The degrees of freedom that this standard error is worth: a part of its square comes
 * from the pairs, the rest is given. */
double growth_log_freedom(const struct growth_point *point);

/* By how much the scatter about the best curve exceeds what the standard errors explain,
 * as a factor of the sum of squares; 1 where it does not, and where nothing is left to
 * tell by. */
double growth_scale(double misfit, size_t values, size_t parameters);

/* The exponent of the best curve that rises, whether or not it is the best of all. */
double growth_rising_exponent(const struct growth_data *data, enum growth_side side);

/* Residuals of one curve, or of a couple of them, and what each one's standard error is
 * known by. */
struct growth_residuals {
    double *items;
    double *freedoms; /* degrees of freedom, INFINITY for a given standard error */
    size_t count;
};
void growth_residuals_init(struct growth_residuals *residuals, size_t count);
void growth_residuals_clear(struct growth_residuals *residuals);

/* P-value, one-sided, against curves of which even the best fits worse than the best of
 * all: the root of the excess is Student's t. Its degrees of freedom are Satterthwaite's
 * (1946): each residual counts by its share in the excess, which for straight lines is
 * just its share in the variance of what is tested. */
double growth_p_value(const struct growth_residuals *there,
                      const struct growth_residuals *best,
                      double scale);
