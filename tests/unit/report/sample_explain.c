#include "sample_explain.h"

#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "sample.h"

static struct explanation *
add(struct result *result, const char *bench_id, enum metric metric, enum witness witness)
{
    struct explanation *explanation = array_push(&result->explanations->benches);
    *explanation = (struct explanation){ .bench_id = xstrdup(bench_id),
                                         .metric = metric,
                                         .witness = witness,
                                         .source = xstrdup(""),
                                         .flame = xstrdup("") };
    return explanation;
}

static void
add_row(struct result *result, const char *id, enum metric metric, double change)
{
    sample_add_bench(result, id)->verdict = VERDICT_REGRESSED;
    struct row *row = sample_add_row(result, metric, 0.0123, change, 0.006);
    row->verdict = VERDICT_REGRESSED;
}

static void add_scan(struct result *result)
{
    struct explanation *explanation =
        add(result, "find[n=1000]", METRIC_CPU, WITNESS_WORK);
    strvec_push(
        &explanation->why,
        "87 % of the added instructions are in 'find_case' (src/lookup.c:41), which "
        "this change edits");
    strvec_push(&explanation->why,
                "cpu +612 %, instructions +2449 %: both moved, so that "
                "the work changed");
    sample_set(&explanation->source, "callgrind 3.19.0, with source lines");
    sample_set(&explanation->flame, "flame.svg");
    explanation->base_instructions = 2546976;
    explanation->head_instructions = 64915500;
    *array_push(&explanation->functions) = (struct explained_function){
        .name = xstrdup("find_case"),
        .file = xstrdup("src/lookup.c"),
        .line = 41,
        .is_edited = true,
        .note = xstrdup("in the place of 'find_index'"),
        .base_calls = 4000,
        .head_calls = 4000,
        .base_self = 715068,
        .head_self = 54946976,
        .base_inclusive = 1503248,
        .head_inclusive = 63871772,
        .self_share = 0.87,
        .inclusive_share = 1.0,
    };
    *array_push(&explanation->functions) = (struct explained_function){
        .name = xstrdup("strcmp"),
        .file = xstrdup("/usr/lib/libc.so.6"),
        .note = xstrdup(""),
        .base_calls = 35948,
        .head_calls = 2002000,
        .base_self = 99999,
        .head_self = 100000,
        .self_share = 0.001,
        .inclusive_share = (double)NAN,
    };
    *array_push(&explanation->lines) = (struct explained_line){
        .function = xstrdup("find_case"),
        .file = xstrdup("src/lookup.c"),
        .head_line = 41,
        .is_changed = true,
        .head_self = 12012004,
        .head_called = 45793768,
    };
    *array_push(&explanation->smells) = (struct explained_smell){
        .rule = xstrdup("calls like n squared"),
        .is_new = true,
        .function = xstrdup("strcmp"),
        .caller = xstrdup("find_case"),
        .file = xstrdup("src/lookup.c"),
        .line = 41,
        .loop = xstrdup("main"),
        .base = 35948,
        .head = 2002000,
        .share = (double)NAN,
        .says = xstrdup("'strcmp' is called 2,002,000 times where it was 35,948, by "
                        "'find_case' (src/lookup.c:41) in a loop; n is 1,000"),
        .look_at = xstrdup("an index"),
    };
}

static void add_wait(struct result *result)
{
    struct explanation *explanation = add(result, "sync", METRIC_WALL, WITNESS_OFF_CPU);
    strvec_push(
        &explanation->why,
        "off-CPU, for the time on the clock moved and the CPU time did not (wall "
        "12.3 ms -> 62.3 ms, cpu 11.0 ms -> 11.1 ms): it sleeps, or waits for "
        "something to happen; 'clock_nanosleep' takes 50.0 ms in 5 calls, and was "
        "not called before");
    *array_push(&explanation->figures) =
        (struct explained_figure){ METRIC_WALL, 0.0123, 0.0623 };
    *array_push(&explanation->syscalls) =
        (struct explained_syscall){ xstrdup("clock_nanosleep"), 0, 5, 0, 0.05 };
    *array_push(&explanation->files) = (struct explained_file){
        xstrdup("data/list.txt"),
        { { .opens = 1, .reads = 2, .read_bytes = 8000, .seconds = 0.0001 },
          { .opens = 60, .reads = 120, .read_bytes = 480000, .seconds = 0.004 } },
    };
}

void sample_explain(struct result *result)
{
    sample_pass(result);
    result->explanations = xcalloc(1, sizeof *result->explanations);
    add_row(result, "find[n=1000]", METRIC_CPU, 6.12);
    add_row(result, "sync", METRIC_WALL, 4.07);
    add_scan(result);
    add_wait(result);
    strvec_push(
        &result->explanations->left_out,
        "'import' was not profiled: it would take about 12.0 min under callgrind, "
        "and explanations may take the budget of 5.00 min in all");
    result->verdict = VERDICT_REGRESSED;
    result->exit = GATE_REGRESSED;
}

void sample_explain_hostile(struct result *result)
{
    static const char hostile[] =
        "</details> <script>x</script> @everyone `|*\n::error::\033[31m\r";
    sample_explain(result);
    struct explanation *scan = &result->explanations->benches.items[0];
    sample_set(&scan->functions.items[0].name, hostile);
    sample_set(&scan->functions.items[0].file, hostile);
    sample_set(&scan->functions.items[0].note, hostile);
    sample_set(&scan->source, hostile);
    sample_set(&scan->flame, hostile);
    sample_set(&scan->lines.items[0].file, hostile);
    strvec_push(&scan->why, hostile);
    sample_set(&scan->smells.items[0].says, hostile);
    sample_set(&result->explanations->benches.items[1].syscalls.items[0].name, hostile);
    sample_set(&result->explanations->benches.items[1].files.items[0].name, hostile);
    strvec_push(&result->explanations->left_out, hostile);
}
