#include "gate/stats/least_squares.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "gate/base/alloc.h"

enum {
    MOST = LEAST_SQUARES_PARAMETERS,
    MOST_STEPS = 200
};

#define DAMPING_START 1e-3
#define DAMPING_END   1e8
#define DIFFERENCE    1e-6  /* of a parameter, for slopes */
#define GOOD_ENOUGH   1e-10 /* a step that gains less of the sum is the last */
#define NOTHING       1e-16 /* of a sum: nothing left to gain */

/* The normal equations at a point: slopes' products and the downhill direction. */
struct equations {
    double products[MOST][MOST];
    double downhill[MOST];
};

struct descent {
    const struct least_squares *problem;
    double *parameters;
    double *residuals; /* at parameters */
    double *moved;     /* room for residuals elsewhere */
    double *slopes;    /* a row a parameter */
    double sum;
    double damping;
};

static double sum_of_squares(const double *residuals, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += residuals[i] * residuals[i];
    return sum;
}

/* A slope is taken between two points of the box, away from the bound that is near. */
static void find_slope(const struct descent *descent, size_t parameter)
{
    const struct least_squares *problem = descent->problem;
    double at[MOST];
    memcpy(at, descent->parameters, problem->parameter_count * sizeof *at);
    double step = DIFFERENCE * fmax(fabs(at[parameter]), 1e-3);
    if (at[parameter] + step > problem->high[parameter])
        step = -step;
    at[parameter] += step;
    step = at[parameter] - descent->parameters[parameter];
    problem->residuals(problem->context, at, descent->moved);

    double *slope = descent->slopes + parameter * problem->residual_count;
    for (size_t i = 0; i < problem->residual_count; i++)
        slope[i] = (descent->moved[i] - descent->residuals[i]) / step;
}

static double dot(const double *a, const double *b, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += a[i] * b[i];
    return sum;
}

static void set_up_equations(const struct descent *descent, struct equations *equations)
{
    size_t count = descent->problem->residual_count;
    for (size_t i = 0; i < descent->problem->parameter_count; i++) {
        const double *slope = descent->slopes + i * count;
        equations->downhill[i] = -dot(slope, descent->residuals, count);
        for (size_t j = 0; j <= i; j++) {
            const double *other = descent->slopes + j * count;
            equations->products[i][j] = equations->products[j][i] =
                dot(slope, other, count);
        }
    }
}

/* Whether the parameter is at a bound and the sum falls only beyond it. */
static bool is_held(const struct descent *descent, size_t i, double downhill)
{
    double low = descent->problem->low[i];
    double high = descent->problem->high[i];
    double at = descent->parameters[i];
    return !(low < high) || (at <= low && downhill <= 0) || (at >= high && downhill >= 0);
}

/* The root of the damped products (Cholesky), held parameters set apart; false where they
 * are singular to the last digit. */
static bool decompose(const struct descent *descent,
                      const struct equations *equations,
                      const bool *held,
                      double root[MOST][MOST])
{
    for (size_t i = 0; i < descent->problem->parameter_count; i++) {
        for (size_t j = 0; j <= i; j++) {
            bool is_apart = held[i] || held[j];
            double value = is_apart ? (i == j) : equations->products[i][j];
            if (i == j)
                value *= 1 + descent->damping;
            value -= dot(root[i], root[j], j);
            if (i == j && !(value > 0))
                return false;
            root[i][j] = i == j ? sqrt(value) : value / root[j][j];
        }
    }
    return true;
}

/* Held parameters get no step. */
static bool
solve(const struct descent *descent, const struct equations *equations, double *step)
{
    size_t count = descent->problem->parameter_count;
    double root[MOST][MOST] = { { 0 } };
    bool held[MOST] = { false };
    for (size_t i = 0; i < count; i++)
        held[i] = is_held(descent, i, equations->downhill[i]);
    if (!decompose(descent, equations, held, root))
        return false;
    for (size_t i = 0; i < count; i++) {
        double rest = held[i] ? 0 : equations->downhill[i];
        step[i] = (rest - dot(root[i], step, i)) / root[i][i];
    }
    for (size_t i = count; i-- > 0;) {
        for (size_t k = i + 1; k < count; k++)
            step[i] -= root[k][i] * step[k];
        step[i] /= root[i][i];
    }
    return true;
}

/* Takes the step, cut to the box, if it leads down; how much it gains. */
static double try_step(struct descent *descent, const double *step)
{
    const struct least_squares *problem = descent->problem;
    double to[MOST];
    for (size_t i = 0; i < problem->parameter_count; i++)
        to[i] = fmin(problem->high[i],
                     fmax(problem->low[i], descent->parameters[i] + step[i]));
    problem->residuals(problem->context, to, descent->moved);
    double sum = sum_of_squares(descent->moved, problem->residual_count);
    double gain = descent->sum - sum;
    if (!(gain > 0))
        return 0;
    memcpy(descent->parameters, to, problem->parameter_count * sizeof *to);
    memcpy(descent->residuals, descent->moved,
           problem->residual_count * sizeof *descent->moved);
    descent->sum = sum;
    return gain;
}

/* Damps more and more until a step leads down; false where none does. */
static bool descend(struct descent *descent)
{
    struct equations equations = { 0 };
    for (size_t i = 0; i < descent->problem->parameter_count; i++)
        find_slope(descent, i);
    set_up_equations(descent, &equations);
    for (; descent->damping < DAMPING_END; descent->damping *= 10) {
        double step[MOST] = { 0 };
        if (!solve(descent, &equations, step))
            continue;
        double gain = try_step(descent, step);
        if (gain > 0) {
            descent->damping = fmax(descent->damping / 10, 1e-12);
            return gain > GOOD_ENOUGH * descent->sum && descent->sum > NOTHING;
        }
    }
    return false;
}

double least_squares_fit(const struct least_squares *problem, double *parameters)
{
    assert(problem->parameter_count <= MOST);

    size_t count = problem->residual_count;
    AUTO_FREE double *room =
        xcalloc((2 + problem->parameter_count) * count, sizeof *room);
    struct descent descent = { .problem = problem,
                               .parameters = parameters,
                               .residuals = room,
                               .moved = room + count,
                               .slopes = room + 2 * count,
                               .damping = DAMPING_START };
    problem->residuals(problem->context, parameters, descent.residuals);
    descent.sum = sum_of_squares(descent.residuals, count);
    for (size_t i = 0; i < MOST_STEPS && descend(&descent); i++)
        descent.damping = fmin(descent.damping, DAMPING_START);
    return descent.sum;
}
