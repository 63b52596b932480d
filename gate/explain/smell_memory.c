/* Memory that is kept while n grows, and threads that wait for one another. */
#include <math.h>

#include "gate/base/units.h"
#include "gate/explain/heap_sites.h"
#include "gate/explain/smell_rule.h"
#include "gate/explain/syscall_kind.h"
#include "gate/verdict/result.h"

/* docs/explain.md says why these. */
#define LEAST_KEPT      100
#define LEAST_KEPT_NO_N 10000
#define KEPT_OF_N       0.5
#define MORE_KEPT       2
#define LEAST_EXPONENT  0.7
#define MORE_MEMORY     1.05
#define LEAST_AT_ONCE   1.3  /* CPU time / wall: so many threads work at a time */
#define LESS_AT_ONCE    0.75 /* of base's */
#define SAME_CPU        1.3
#define WAITS_FOR_LOCKS 0.5 /* of the time that was added */

static const struct row *
row_of(const struct smell_evidence *evidence, const char *bench_id, enum metric metric)
{
    return evidence->result
               ? rows_find_measured(&evidence->result->rows, bench_id, metric)
               : NULL;
}

static double calls_of(const struct costs *costs, const char *const *names)
{
    double sum = 0;
    for (size_t i = 0; i < costs->functions.count; i++)
        for (size_t name = 0; names[name]; name++)
            if (call_site_is_named(&costs->functions.items[i], names[name])) {
                sum += (double)costs->functions.items[i].calls;
                break;
            }
    return sum;
}

/* Allocations that were not given back, whoever made them: strdup and new come down to
 * malloc, and realloc takes as many as it gives. */
static double kept_by(const struct costs *costs)
{
    static const char *const takes[] = { "malloc", "calloc", NULL };
    static const char *const gives[] = { "free", "cfree", NULL };
    return costs ? fmax(calls_of(costs, takes) - calls_of(costs, gives), 0) : 0;
}

/* With n, where that is known; NAN: not known. */
static double exponent_of(const struct smell_evidence *evidence)
{
    double there = kept_by(evidence->other_costs[SIDE_HEAD]);
    double here = kept_by(smell_costs(evidence, SIDE_HEAD));
    return smell_knows_sizes(evidence) ? log(fmax(here, 1) / fmax(there, 1)) /
                                             log(evidence->n / evidence->other_n)
                                       : (double)NAN;
}

static bool is_too_many(const struct smell_evidence *evidence, double head, double base)
{
    double exponent = exponent_of(evidence);
    double least = smell_knows_n(evidence) ? fmax(LEAST_KEPT, KEPT_OF_N * evidence->n)
                                           : LEAST_KEPT_NO_N;
    return head - base >= least && head >= MORE_KEPT * base &&
           !(exponent < LEAST_EXPONENT);
}

static void add_kept(const struct smell_evidence *evidence,
                     const struct row *memory,
                     struct smell *smell)
{
    struct str *text = &smell->figures;
    units_add_count(text, smell->figure);
    str_add(text, " allocations are never given back where it was ");
    units_add_count(text, smell->other);
    if (smell_knows_sizes(evidence)) {
        str_add(text, " (");
        units_add_count(text, kept_by(evidence->other_costs[SIDE_HEAD]));
        str_add(text, " at n = ");
        units_add_count(text, evidence->other_n);
        str_addf(text, ": n^%.1f)", exponent_of(evidence));
    }
    str_addf(text, ", and %s goes from ", metric_name(memory->metric));
    metric_add_value(text, memory->metric, memory->base_median);
    str_add(text, " to ");
    metric_add_value(text, memory->metric, memory->head_median);
}

static void add_place(struct str *text, const struct heap_place *place)
{
    str_addf(text, "'%s' (%s:%u)", place->function, place->file, place->line);
}

/* Of what is there at the end, as it was counted; where that is not known, who allocates
 * most often, whether it is given back or not. */
static void add_who(const struct smell_evidence *evidence, struct str *text)
{
    static const char *const takes[] = { "malloc", "calloc", NULL };
    const struct heap_sites *left = evidence->left;
    if (left && left->sites.count && left->bytes) {
        const struct heap_site *site = &left->sites.items[0];
        str_addf(text,
                 "; %.0f %% of the bytes that are left at the end are allocated by ",
                 100 * (double)site->bytes / (double)left->bytes);
        add_place(text, &site->place);
        str_add(text, site->caller.function ? ", called by " : "");
        if (site->caller.function)
            add_place(text, &site->caller);
        return;
    }
    const struct costs *head = smell_costs(evidence, SIDE_HEAD);
    struct call_site site = call_site_of(head, call_site_most_called(head, takes), false);
    if (!site.is_in_tree)
        return;
    str_addf(text, "; most are made by '%s' (%s", head->functions.items[site.caller].name,
             site.file);
    str_addf(text, site.line ? ":%u)" : ")", site.line);
}

static bool keeps_memory(const struct smell_evidence *evidence,
                         const char *bench_id,
                         enum side side,
                         struct smell *smell)
{
    const struct costs *head = smell_costs(evidence, SIDE_HEAD);
    const struct costs *base = smell_costs(evidence, SIDE_BASE);
    const struct row *memory = row_of(evidence, bench_id, METRIC_PEAK_HEAP);
    if (!memory)
        memory = row_of(evidence, bench_id, METRIC_PEAK_RSS);
    if (side == SIDE_BASE || !head || !base || !memory ||
        !(memory->head_median >= MORE_MEMORY * memory->base_median))
        return false;
    smell->figure = kept_by(head);
    smell->other = kept_by(base);
    if (!is_too_many(evidence, smell->figure, smell->other))
        return false;
    add_kept(evidence, memory, smell);
    add_who(evidence, &smell->figures);
    return true;
}

bool smell_wants_heap(const struct smell_evidence *evidence)
{
    struct smell found = { .figures = STR_INIT };
    bool holds = evidence->told &&
                 keeps_memory(evidence, evidence->told->bench_id, SIDE_HEAD, &found);
    str_clear(&found.figures);
    return holds;
}

/* How many threads work at a time, on average. */
static double at_once(const struct row *cpu, const struct row *wall, enum side side)
{
    return side == SIDE_HEAD ? cpu->head_median / wall->head_median
                             : cpu->base_median / wall->base_median;
}

/* Time in calls that wait for locks, all threads together. */
static double lock_seconds(const struct explanation *told, enum side side)
{
    double sum = 0;
    for (size_t i = 0; i < told->syscalls.count; i++) {
        const struct explained_syscall *syscall = &told->syscalls.items[i];
        if (syscall_kind_of(syscall->name) == SYSCALL_LOCK)
            sum += side == SIDE_HEAD ? syscall->head_s : syscall->base_s;
    }
    return sum;
}

/* As much work as before, which threads did side by side and now do one after another. */
static bool threads_wait(const struct smell_evidence *evidence,
                         const char *bench_id,
                         enum side side,
                         struct smell *smell)
{
    const struct row *cpu = row_of(evidence, bench_id, METRIC_CPU);
    const struct row *wall = row_of(evidence, bench_id, METRIC_WALL);
    if (side == SIDE_BASE || !cpu || !wall || !evidence->told)
        return false;
    double base = at_once(cpu, wall, SIDE_BASE);
    double head = at_once(cpu, wall, SIDE_HEAD);
    double base_s = lock_seconds(evidence->told, SIDE_BASE);
    double head_s = lock_seconds(evidence->told, SIDE_HEAD);
    double added_s = wall->head_median - wall->base_median;
    if (!(base >= LEAST_AT_ONCE) || !(head <= LESS_AT_ONCE * base) || !(added_s > 0) ||
        !(cpu->head_median <= SAME_CPU * cpu->base_median) ||
        !(head_s - base_s >= WAITS_FOR_LOCKS * added_s))
        return false;
    smell->figure = head;
    smell->other = base;
    str_addf(&smell->figures,
             "%.1f threads work at a time where it was %.1f, at about equal CPU time; "
             "waiting for locks takes them ",
             head, base);
    units_add_duration(&smell->figures, head_s);
    str_add(&smell->figures, " where it was ");
    units_add_duration(&smell->figures, base_s);
    return true;
}

static const struct smell_rule rules[] = {
    { "memory that is kept",
      "a bound for what is kept (a cache with room for so many), or free what is not "
      "looked at again",
      keeps_memory },
    { "threads that wait for one another",
      "hold the lock for less, or give each thread what it works on", threads_wait },
};
const struct smell_rules smell_memory = { rules, sizeof rules / sizeof *rules };
