#include "sample_creep.h"

#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "sample.h"

static struct creep *begin(struct result *result)
{
    sample_pass(result);
    struct creep *creep = result->creep = xcalloc(1, sizeof *creep);
    *creep = (struct creep){
        .anchor = { .commit = xstrdup("0a1b2c3d4e5f60718293a4b5c6d7e8f901234567"),
                    .tree = xstrdup("1a1b2c3d4e5f60718293a4b5c6d7e8f901234567"),
                    .subject = xstrdup("release 1.0"),
                    .asked = xstrdup("v1.0") },
        .commit_count = 10,
        .note = xstrdup(""),
        .trouble = xstrdup(""),
    };
    return creep;
}

static void add_step(struct creep *creep, const char *subject, double change)
{
    *array_push(&creep->steps) = (struct creep_step){
        .bench_id = xstrdup("list[n=1000]"),
        .metric = METRIC_CPU,
        .commit = xstrdup("2a1b2c3d4e5f60718293a4b5c6d7e8f901234567"),
        .base = xstrdup("3a1b2c3d4e5f60718293a4b5c6d7e8f901234567"),
        .subject = xstrdup(subject),
        .session = xstrdup("vm-2c-3f9a12/2026-11/2a1b2c3d4e5f-00112233aabbccdd"),
        .change = change,
        .change_low = change - 0.002,
        .change_high = change + 0.002,
    };
}

static void add_bench(struct result *part,
                      const char *id,
                      double change,
                      enum verdict verdict,
                      const char *reason)
{
    sample_add_bench(part, id)->verdict = verdict;
    struct row *row = sample_add_row(part, METRIC_CPU, 0.0123, change, 0.006);
    row->margin = 0.05;
    row->verdict = verdict;
    sample_set(&row->reason, reason);
}

void sample_creep(struct result *result)
{
    struct creep *creep = begin(result);
    struct result part = { 0 };
    add_bench(&part, "list[n=1000]", 0.104, VERDICT_REGRESSED,
              "since v1.0: +10.4 % (+9.8 % .. +11.0 %), creep margin 5 %");
    add_bench(
        &part, "import", 0.051, VERDICT_INCONCLUSIVE,
        "its budget of pairs was spent: about 160 more pairs (40.0 s) would decide");
    add_bench(&part, "search[n=100000]", 0.001, VERDICT_OK, "");
    struct bench_result *newer = sample_add_bench(&part, "export");
    newer->verdict = VERDICT_NEW;
    sample_set(&newer->reason, "v1.0 does not have it: nothing to compare with");
    sample_add_empty_row(&part, VERDICT_NEW);
    creep->benches = part.benches;
    creep->rows = part.rows;
    add_step(creep, "list: sorted by name", 0.012);
    add_step(creep, "list: names are checked", 0.009);
    result->verdict = VERDICT_REGRESSED;
    result->exit = GATE_REGRESSED;
}

void sample_creep_trouble(struct result *result)
{
    struct creep *creep = begin(result);
    sample_set(&creep->trouble, "building the anchor failed: 'make' exited with 2");
    result->verdict = VERDICT_FAILED;
    result->exit = GATE_NOT_MEASURED;
}

void sample_creep_hostile(struct result *result)
{
    static const char hostile[] =
        "</details> <script>x</script> @everyone `|*\n::error::\033[31m\r";
    sample_creep(result);
    struct creep *creep = result->creep;
    sample_set(&creep->anchor.asked, hostile);
    sample_set(&creep->anchor.subject, hostile);
    sample_set(&creep->note, hostile);
    sample_set(&creep->steps.items[0].subject, hostile);
    sample_set(&creep->steps.items[0].session, hostile);
    sample_set(&creep->steps.items[1].bench_id, hostile);
    sample_set(&creep->benches.items[3].reason, hostile);
    sample_set(&creep->rows.items[0].reason, hostile);
    sample_set(&creep->rows.items[1].bench_id, hostile);
}
