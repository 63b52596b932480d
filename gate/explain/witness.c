#include "gate/explain/witness.h"

#include <math.h>
#include <stdlib.h>

#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/base/units.h"
#include "gate/explain/off_cpu.h"
#include "gate/verdict/result.h"

/* There is no second witness. */
#define OF_A_HARNESS                                                               \
    ": how many instructions an operation takes is not known, for a harness does " \
    "as many operations as it likes"

static bool is_time(enum metric metric)
{
    enum metric_unit unit = metric_info(metric)->unit;
    return unit == METRIC_UNIT_SECONDS || unit == METRIC_UNIT_RATE;
}

static bool is_cpu_bound(const struct result *result, const char *bench_id)
{
    for (size_t i = 0; i < result->benches.count; i++)
        if (str_equal(result->benches.items[i].id, bench_id))
            return result->benches.items[i].is_cpu_bound;
    return false;
}

/* The row's own metric where that is a time; else what the bench is judged by. */
static const struct row *time_row(const struct result *result,
                                  const struct explanation *explanation)
{
    if (is_time(explanation->metric))
        return rows_find_measured(&result->rows, explanation->bench_id,
                                  explanation->metric);
    return rows_find_measured(&result->rows, explanation->bench_id,
                              is_cpu_bound(result, explanation->bench_id) ? METRIC_CPU
                                                                          : METRIC_WALL);
}

static bool has_moved(const struct row *row, double least)
{
    return row && fabs(row->change) >= least &&
           (row->change_low > 0 || row->change_high < 0);
}

/* As a worsening: of what is larger where it is better with the sign turned. */
static double worsening_of(const struct row *row)
{
    return metric_info(row->metric)->larger_is_better ? -row->change : row->change;
}

/* Head / base - 1; NAN where it was not counted. */
static double count_change(const struct result *result,
                           const struct explanation *explanation)
{
    double base = (double)explanation->base_instructions;
    const struct row *row =
        rows_find_measured(&result->rows, explanation->bench_id, METRIC_INSTRUCTIONS);
    if (base > 0)
        return (double)explanation->head_instructions / base - 1;
    return row ? row->change : (double)NAN;
}

/* The memory row that moved most; NULL where none did. */
static const struct row *moved_memory(const struct result *result,
                                      const struct explanation *explanation)
{
    static const enum metric memory[] = { METRIC_PEAK_RSS,        METRIC_PEAK_HEAP,
                                          METRIC_ALLOCATED_BYTES, METRIC_ALLOCATIONS,
                                          METRIC_MINOR_FAULTS,    METRIC_MAJOR_FAULTS,
                                          METRIC_CACHE_MISSES };
    const struct row *most = NULL;
    for (size_t i = 0; i < sizeof memory / sizeof *memory; i++) {
        const struct row *row =
            rows_find_measured(&result->rows, explanation->bench_id, memory[i]);
        if (has_moved(row, WITNESS_LEAST_MEMORY) &&
            (!most || fabs(row->change) > fabs(most->change)))
            most = row;
    }
    return most;
}

/* What the classification is made of. */
struct facts {
    const struct row *time; /* NULL: not measured */
    const struct row *memory;
    double counts; /* NAN: not counted */
    bool time_moved;
    bool counts_moved;
};

static struct facts gather(const struct result *result,
                           const struct explanation *explanation)
{
    struct facts facts = { .time = time_row(result, explanation),
                           .memory = moved_memory(result, explanation),
                           .counts = count_change(result, explanation) };
    facts.time_moved = has_moved(facts.time, WITNESS_LEAST_TIME);
    double least = WITNESS_LEAST_COUNTS;
    if (facts.time_moved && WITNESS_LEAST_PART * fabs(facts.time->change) > least)
        least = WITNESS_LEAST_PART * fabs(facts.time->change);
    facts.counts_moved = isfinite(facts.counts) && fabs(facts.counts) >= least;
    return facts;
}

static enum witness classify(const struct facts *facts)
{
    if (!facts->time || !isfinite(facts->counts))
        return WITNESS_UNKNOWN;
    if (facts->time_moved && facts->counts_moved)
        return (worsening_of(facts->time) > 0) == (facts->counts > 0) ? WITNESS_WORK
                                                                      : WITNESS_AGAINST;
    if (facts->time_moved)
        return facts->memory ? WITNESS_MEMORY : WITNESS_TIME_ONLY;
    return facts->counts_moved ? WITNESS_COUNTS_ONLY : WITNESS_NOTHING;
}

static void add_change(struct str *text, const char *name, double change)
{
    str_addf(text, "%s%s ", text->length ? ", " : "", name);
    units_add_change_pct(text, change);
}

/* What other layouts of the code said, where they were tried. */
static const char *advice_on_layout(const struct result *result, const struct row *time)
{
    const struct layout_row *over = result_over_layouts(result, time);
    if (over && over->finding == LAYOUT_HOLDS)
        return "it holds in other layouts of the code, so that caches, branches, locks or "
               "the CPU's frequency are left: 'perf stat -d' on both builds tells the "
               "first two";
    if (over && over->finding == LAYOUT_FAILS)
        return "it does not hold in other layouts of the code: where the code happens to "
               "lie is why";
    return "the layout of the code, caches, branches, locks or the CPU's frequency; "
           "--layouts 10 tells the first, 'perf stat -d' on both builds caches and "
           "branches, --control the machine";
}

static const char *
conclusion(const struct result *result, enum witness witness, const struct facts *facts)
{
    switch (witness) {
    case WITNESS_WORK:
        return "both moved, so that the work changed";
    case WITNESS_AGAINST:
        return "time and counts go opposite ways, so that single instructions cost "
               "another time: memory, caches, branches or locks ('perf stat -d' on both "
               "builds tells which); or the program compiles itself as it runs (Node, "
               "Java), and did other work where it was counted";
    case WITNESS_MEMORY:
        return "the time moved with the memory, at about equal instructions: caches, "
               "page faults or the allocator";
    case WITNESS_TIME_ONLY:
        return advice_on_layout(result, facts->time);
    case WITNESS_COUNTS_ONLY:
        return "other work is done, and it is not seen in the time: hidden behind "
               "waiting, or below the noise";
    case WITNESS_NOTHING:
        return "neither time nor counts moved: it is about this metric alone";
    case WITNESS_UNKNOWN:
    case WITNESS_OFF_CPU:
    case WITNESS_COUNT:
        break;
    }
    return NULL;
}

static void say(const struct result *result,
                const struct facts *facts,
                struct explanation *explanation)
{
    AUTO_STR struct str text = STR_INIT;
    const char *means = conclusion(result, explanation->witness, facts);
    if (facts->time)
        add_change(&text, metric_name(facts->time->metric), facts->time->change);
    if (isfinite(facts->counts))
        add_change(&text, "instructions", facts->counts);
    if (facts->memory)
        add_change(&text, metric_name(facts->memory->metric), facts->memory->change);
    if (means)
        str_addf(&text, "%s%s", text.length ? ": " : "", means);
    if (text.length && explanation->is_per_operation)
        str_add(&text, OF_A_HARNESS);
    if (text.length)
        strvec_push(&explanation->why, text.data);
}

void witness_judge(const struct result *result, struct explanation *explanation)
{
    struct facts facts = gather(result, explanation);
    if (explanation->is_per_operation) {
        say(result, &facts, explanation);
        return;
    }
    if (off_cpu_is_why(result, explanation) &&
        (explanation->metric == METRIC_WALL || !facts.counts_moved)) {
        explanation->witness = WITNESS_OFF_CPU;
        off_cpu_gather(result, explanation);
        return;
    }
    explanation->witness = classify(&facts);
    say(result, &facts, explanation);
}
