/* A result of one bench, and what layouts of its code show of it. */
#pragma once

#include "gate/verdict/layouts.h"
#include "tests/support/check.h"

#define FIVE ((struct layout_choice){ LAYOUTS_REGRESSED, 5 })

/* One bench whose CPU time regressed by 40 %, in *state. */
int layouts_setup(void **state);
int layouts_teardown(void **state);
#define T(name) cmocka_unit_test_setup_teardown(name, layouts_setup, layouts_teardown)

/* A row of that bench, 12 pairs by a margin of 2 %; borrowed. */
struct row *layouts_add_row(struct rows *rows,
                            enum metric metric,
                            enum verdict verdict,
                            double change);

/* What one layout shows of the first row. */
void layouts_try(struct result *result, double change);
/* The same of several; what is then known of the row over them. */
const struct layout_row *
layouts_try_all(struct result *result, const double *changes, size_t count);
#define TRY(result, ...)                                 \
    layouts_try_all((result), (double[]){ __VA_ARGS__ }, \
                    sizeof((double[]){ __VA_ARGS__ }) / sizeof(double))
