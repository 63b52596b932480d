#include "layouts_fixture.h"

#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"

struct row *layouts_add_row(struct rows *rows,
                            enum metric metric,
                            enum verdict verdict,
                            double change)
{
    struct row *row = array_push(rows);
    *row = (struct row){ .bench_id = xstrdup("scan"),
                         .metric = metric,
                         .is_judged = true,
                         .verdict = verdict,
                         .reason = xstrdup(""),
                         .margin = 0.02,
                         .pair_count = 12,
                         .base_median = 0.01,
                         .change = change,
                         .change_low = change - 0.01,
                         .change_high = change + 0.01,
                         .noise_sd = 0.02 };
    return row;
}

int layouts_setup(void **state)
{
    struct result *result = xcalloc(1, sizeof *result);
    *array_push(&result->benches) =
        (struct bench_result){ .id = xstrdup("scan"), .verdict = VERDICT_REGRESSED };
    layouts_add_row(&result->rows, METRIC_CPU, VERDICT_REGRESSED, 0.4);
    *state = result;
    return 0;
}

int layouts_teardown(void **state)
{
    result_clear(*state);
    free(*state);
    return 0;
}

void layouts_try(struct result *result, double change)
{
    struct layout_block *block = layouts_add(result);
    layouts_add_row(&block->rows, result->rows.items[0].metric, VERDICT_NONE, change)
        ->pair_count = 6;
    layouts_update(result);
}

const struct layout_row *
layouts_try_all(struct result *result, const double *changes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        layouts_try(result, changes[i]);
    return &result->layouts->rows.items[0];
}
