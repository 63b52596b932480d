#include <stdlib.h>

#include "gate/base/array.h"
#include "sample.h"

/* What one layout shows of two rows. */
static void add_block(struct layout_study *study,
                      const char *compile_flags,
                      const char *link_flags,
                      double accident,
                      double change)
{
    struct result part = { 0 };
    sample_add_bench(&part, "list[n=1000]");
    sample_add_row(&part, METRIC_CPU, 0.0123, accident, 0.006)->verdict = VERDICT_NONE;
    sample_add_bench(&part, "list[n=100000]");
    sample_add_row(&part, METRIC_CPU, 0.345, change, 0.006)->verdict = VERDICT_NONE;
    *array_push(&study->blocks) =
        (struct layout_block){ .compile_flags = xstrdup(compile_flags),
                               .link_flags = xstrdup(link_flags),
                               .benches = part.benches,
                               .rows = part.rows };
}

static void add_over(struct layout_study *study, const struct layout_row *row)
{
    struct layout_row *added = array_push(&study->rows);
    *added = *row;
    added->bench_id = xstrdup(row->bench_id);
}

static void add_study(struct result *result)
{
    struct layout_study *study = xcalloc(1, sizeof *study);
    *study = (struct layout_study){ .first_count = 5,
                                    .most_count = 10,
                                    .cut_short = xstrdup("") };
    add_block(study,
              "-falign-functions=16 -falign-loops=64 -fpatchable-function-entry=51,51 "
              "-ffunction-sections",
              "-Wl,--sort-section=name", 0.001, 0.181);
    add_block(study, "-falign-functions=1 -falign-loops=1 -fpatchable-function-entry=4,4",
              "", -0.046, 0.177);
    add_over(study, &(struct layout_row){ .bench_id = (char[]){ "list[n=1000]" },
                                          .metric = METRIC_CPU,
                                          .layout_count = 5,
                                          .change = -0.004,
                                          .change_low = -0.046,
                                          .change_high = 0.003,
                                          .p_holds = 1,
                                          .p_fails = 0.0334,
                                          .layout_sd = 0.021,
                                          .run_sd = 0.006,
                                          .layout_share = 0.92,
                                          .finding = LAYOUT_FAILS });
    add_over(study, &(struct layout_row){ .bench_id = (char[]){ "list[n=100000]" },
                                          .metric = METRIC_CPU,
                                          .layout_count = 5,
                                          .beyond_count = 5,
                                          .change = 0.179,
                                          .change_low = 0.171,
                                          .change_high = 0.186,
                                          .p_holds = 0.0334,
                                          .p_fails = 1,
                                          .layout_sd = 0,
                                          .run_sd = 0.006,
                                          .layout_share = 0,
                                          .finding = LAYOUT_HOLDS });
    result->layouts = study;
}

static void settle(struct row *row, enum verdict verdict, const char *reason)
{
    row->verdict = verdict;
    sample_set(&row->reason, reason);
}

void sample_layouts(struct result *result)
{
    sample_regression(result);
    struct row *rows = result->rows.items;
    add_study(result);
    settle(&rows[0], VERDICT_LAYOUT_SENSITIVE,
           "+4.9 % (+4.4 % .. +5.4 %) as built, but -0.40 % (-4.6 % .. +0.30 %) over 5 "
           "other layouts of the code, worse by more than its margin in 0 of them; 92 % "
           "of their spread is the layout's");
    settle(&rows[3], VERDICT_REGRESSED,
           "holds wherever the code lies: +17.9 % (+17.1 % .. +18.6 %) over 5 other "
           "layouts of the code, worse by more than its margin in 5 of them");
    result->benches.items[0].verdict = VERDICT_LAYOUT_SENSITIVE;
}

void sample_sensitive(struct result *result)
{
    sample_pass(result);
    struct row *row = &result->rows.items[0];
    add_study(result);
    settle(row, VERDICT_LAYOUT_SENSITIVE,
           "+4.9 % (+4.4 % .. +5.4 %) as built, but -0.40 % (-4.6 % .. +0.30 %) over 5 "
           "other layouts of the code, worse by more than its margin in 0 of them; 92 % "
           "of their spread is the layout's");
    result->benches.items[0].verdict = result->verdict = VERDICT_LAYOUT_SENSITIVE;
}
