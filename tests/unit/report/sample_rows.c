/* Benches and rows for the made-up results. */
#include <math.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/str.h"
#include "sample.h"

static struct process_result run_of(int64_t wall_ns)
{
    return (struct process_result){ .end = PROCESS_EXITED,
                                    .wall_ns = wall_ns,
                                    .user_ns = wall_ns - 900000,
                                    .system_ns = 800000,
                                    .peak_rss_bytes = 5 << 20,
                                    .minor_faults = 412,
                                    .voluntary_switches = 1 };
}

static struct environment_change around_of(int64_t i)
{
    return (struct environment_change){
        .span_ns = 30000000,
        .steal_ns = i == 2 ? 10000000 : 0,
        .pressure_ns = { 3000000 * i, 600000, 0 },
        .lowest_hz = 2400000000 - 100000000 * i,
        .highest_hz = 2500000000,
        .load_average = 0.5 + 0.25 * (double)i,
        .others_share = i ? 0.0625 * (double)i : ENVIRONMENT_UNKNOWN,
    };
}

void sample_add_pairs(struct bench_result *bench)
{
    for (size_t i = 0; i < 3; i++)
        *array_push(&bench->pairs) =
            (struct pair){ .number = i,
                           .position = 2 * i + 1,
                           .is_warmup = i == 0,
                           .head_ran_first = i == 1,
                           .is_pinned = true,
                           .padding_bytes = 1000 + (uint32_t)i,
                           .discard = i == 2 ? DISCARD_STEAL : DISCARD_NONE,
                           .around = around_of((int64_t)i),
                           .sides = { run_of(12300000 + (int64_t)i), run_of(12400000) } };
}

struct bench_result *sample_add_bench(struct result *result, const char *id)
{
    struct bench_result *bench = array_push(&result->benches);
    *bench = (struct bench_result){
        .id = xstrdup(id),
        .suite = xstrdup("case-tracker"),
        .verdict = VERDICT_OK,
        .reason = xstrdup(""),
        .command = xstrdup("build/case-tracker --store {work}/cases.json list"),
        .is_cpu_bound = true,
        .is_pinned = true
    };
    return bench;
}

struct row *sample_add_row(struct result *result,
                           enum metric metric,
                           double base_median,
                           double change,
                           double width)
{
    struct bench_result *bench = &result->benches.items[result->benches.count - 1];
    struct row *row = array_push(&result->rows);
    *row = (struct row){ .bench_id = xstrdup(bench->id),
                         .metric = metric,
                         .is_judged = true,
                         .verdict = VERDICT_OK,
                         .reason = xstrdup(""),
                         .margin = 0.02,
                         .pair_count = 40,
                         .discarded_count = 1,
                         .base_median = base_median,
                         .head_median = base_median * (1 + change),
                         .change = change,
                         .change_low = change - width,
                         .change_high = change + width,
                         .p_regressed = 0.5,
                         .p_regressed_holm = 1,
                         .p_ok = 0.0009765625,
                         .p_improved = 0.75,
                         .p_improved_holm = 1,
                         .detection_limit = 0.02 + 2 * width,
                         .noise_sd = 0.019,
                         .order_bias = 0.001,
                         .order_bias_low = -0.002,
                         .order_bias_high = 0.004 };
    return row;
}

struct row *sample_add_empty_row(struct result *result, enum verdict verdict)
{
    struct row *row =
        sample_add_row(result, METRIC_CPU, (double)NAN, (double)NAN, (double)NAN);
    row->pair_count = 0;
    row->discarded_count = 0;
    row->verdict = verdict;
    row->detection_limit = (double)INFINITY;
    return row;
}
