#include "sample_baseline.h"

#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/str.h"
#include "sample.h"

#define SESSIONS 7

static void add_sessions(struct baseline *baseline)
{
    for (size_t i = 0; i < SESSIONS; i++)
        *array_push(&baseline->sessions) = (struct baseline_session){
            .name =
                str_format("epyc-4c-kvm-3f9a12bc/2026-01/4f1c2a9be07d-%016zx.json", i),
            .command = xstrdup(i % 2 ? "check" : "run"),
            .recorded_at = str_format("2026-01-%02zuT03:00:00Z", 31 - i * 4),
            .machine_class = xstrdup("epyc-4c-kvm-3f9a12bc"),
            .commit = xstrdup("4f1c2a9be07d5f60718293a4b5c6d7e8f901234567"),
            .subject = xstrdup("store: keep cases sorted by their number"),
            .distance = i * 3,
            .age_s = 86400 * 4 * (int64_t)i + 7200,
            .is_stale = i == SESSIONS - 1,
        };
}

static void add_row(struct baseline *baseline, const char *id, double sd, size_t count)
{
    static const double offsets[SESSIONS] = { 0.2, 0.9, -0.6, 1.3, -1.4, 0.1, -0.5 };
    struct baseline_row *row = array_push(&baseline->rows);
    *row = (struct baseline_row){ .bench_id = xstrdup(id),
                                  .metric = METRIC_CPU,
                                  .stale_count = count == SESSIONS,
                                  .between_sd = sd,
                                  .since = xstrdup("") };
    for (size_t i = 0; i < count; i++) {
        strvec_push(&row->sessions, baseline->sessions.items[i].name);
        *array_push(&row->medians) = 0.0123 * (1 + sd * offsets[i]);
    }
}

void sample_baseline(struct result *result)
{
    sample_regression(result);
    struct baseline *baseline = result->baseline = xcalloc(1, sizeof *baseline);
    baseline->store = xstrdup("baselines");
    baseline->machine_class = xstrdup("epyc-4c-kvm-3f9a12bc");
    add_sessions(baseline);
    add_row(baseline, "list[n=1000]", 0.012, SESSIONS);
    add_row(baseline, "list[n=100000]", 0.021, 5);
    for (size_t i = 0; i < 5; i++)
        baseline->rows.items[1].medians.items[i] *= 1.31 / 0.0123;
    add_row(baseline, "import", (double)NAN, 1);
    baseline->rows.items[2].medians.items[0] = 0.0875;
    sample_set(&baseline->rows.items[1].since,
               "2a1b2c3d4e5f60718293a4b5c6d7e8f901234567");
}

void sample_across(struct result *result)
{
    sample_baseline(result);
    result->baseline->is_across = true;
    strvec_push(&result->baseline->differences, "kernel_major: 6 here, 5 there");
    strvec_push(&result->baseline->differences, "compiler: gcc 12 here, gcc 13 there");
}

void sample_baseline_hostile(struct result *result)
{
    static const char hostile[] =
        "</details> <script>x</script> @everyone `|*\n::error::\033[31m\r";
    sample_across(result);
    struct baseline *baseline = result->baseline;
    sample_set(&baseline->store, hostile);
    sample_set(&baseline->machine_class, hostile);
    sample_set(&baseline->sessions.items[0].name, hostile);
    sample_set(&baseline->sessions.items[0].command, hostile);
    sample_set(&baseline->rows.items[0].bench_id, hostile);
    sample_set(&baseline->rows.items[0].since, hostile);
    strvec_push(&baseline->differences, hostile);
}
