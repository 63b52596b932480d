/* Where an operation of a harness takes longer.
 *
 * One of its names is run alone, and profiled by samples: how they divide is how the time
 * does. A short run is repeated until the samples are enough to tell the difference that
 * the row shows. Where perf may not, or there still are too few, instructions under
 * callgrind are divided instead. Either is scaled to what an operation took, by the row,
 * for what the runs cost in all hangs on how often they turned. */
#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/cli/check_explain.h"
#include "gate/cli/explain_one.h"
#include "gate/explain/per_operation.h"
#include "gate/explain/profile_pair.h"
#include "gate/explain/story.h"
#include "gate/explain/story_costs.h"
#include "gate/explain/witness.h"

/* So much of the time must a run spend where profiles look, or so little elsewhere. */
#define LEAST_SEEN      0.25
#define LEAST_WAIT_S    0.01
#define LEAST_DIVIDED_S 0.1

/* Samples of both sides make the difference stand out by twice of what chance may do;
 * so many at least. */
#define CLEARLY        2.0
#define DEVIATIONS     3.0
#define FEWEST_SAMPLES 400.0
#define MOST_TURNS     200.0

/* What a root must have of the samples, whose callers are not always found. */
#define LEAST_PART 0.5

struct harness {
    struct explaining *explaining;
    const struct bench *bench;
    const struct row *row; /* the time of an operation */
    double operation_s[SIDE_COUNT];
    struct one_names names;
    struct profile_pair *pair;
    const char *root; /* of what the profile is; NULL: of the whole run. Borrowed */
    char *why_not;    /* sampled; NULL: it was, or was not tried. Owned */
};

static void harness_clear(struct harness *harness)
{
    one_names_clear(&harness->names);
    free(harness->why_not);
}

static bool find_time(struct harness *harness, enum metric metric)
{
    const struct check *check = harness->explaining->check;
    const struct row *row =
        rows_find_measured(&check->result.rows, harness->bench->id, metric);
    if (!row || !(row->base_median > 0) || !(row->head_median > 0))
        return false;
    bool is_rate = metric_info(metric)->unit == METRIC_UNIT_RATE;
    harness->row = row;
    harness->operation_s[SIDE_BASE] = is_rate ? 1 / row->base_median : row->base_median;
    harness->operation_s[SIDE_HEAD] = is_rate ? 1 / row->head_median : row->head_median;
    return true;
}

/* The row's own where that is a time, else the bench's. */
static bool find_operation(struct harness *harness, enum metric metric)
{
    enum metric_unit unit = metric_info(metric)->unit;
    if (unit == METRIC_UNIT_SECONDS || unit == METRIC_UNIT_RATE)
        return find_time(harness, metric);
    if (find_time(harness, METRIC_CPU) || find_time(harness, METRIC_WALL))
        return true;
    explain_leave_out(harness->explaining,
                      "'%s' was not profiled: it prints no time, and profiles tell where "
                      "time goes",
                      harness->bench->id);
    return false;
}

static double busy_s(const struct harness *harness, enum side side)
{
    return harness->names.user_s[side] + harness->names.system_s[side];
}

/* What a run spends where profiles look. The kernel divides short runs by luck into what
 * was its own part and what the program's: then all of it is taken for the latter. */
static double seen_s(const struct harness *harness, enum side side)
{
    double busy = busy_s(harness, side);
    return busy < LEAST_DIVIDED_S ? busy : harness->names.user_s[side];
}

/* What waits, or has the kernel work for it, is not in a profile. */
static bool is_seen(const struct harness *harness)
{
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        double whole_s = busy_s(harness, side);
        if (harness->row->metric != METRIC_CPU)
            whole_s = fmax(whole_s, harness->names.wall_s[side]);
        if (seen_s(harness, side) >= LEAST_SEEN * whole_s ||
            whole_s - seen_s(harness, side) < LEAST_WAIT_S)
            continue;
        explain_leave_out(
            harness->explaining,
            "'%s' was not profiled: run alone, %s works in user mode for %.0f %% of its "
            "time, and profiles see no more",
            harness->bench->id, side_names[side], 100 * seen_s(harness, side) / whole_s);
        return false;
    }
    return true;
}

/* By its interval; what only seems to have changed has nothing to be explained. */
static bool has_changed(const struct harness *harness)
{
    const struct row *row = harness->row;
    bool has_moved = row->change_low > 0 || row->change_high < 0;
    if (has_moved && fabs(row->change) >= WITNESS_LEAST_TIME)
        return true;
    explain_leave_out(
        harness->explaining,
        "'%s' was not profiled: that its %s changed is not sure, or less than "
        "%.0f %%",
        harness->bench->id, metric_name(row->metric), 100 * WITNESS_LEAST_TIME);
    return false;
}

/* Code that an interpreter may load, of head's tree: an extension. */
static bool has_extensions(const struct harness *harness)
{
    const struct strvec *files = &harness->explaining->known[SIDE_HEAD];
    for (size_t i = 0; i < files->count; i++)
        if (str_ends_with(files->items[i], ".so") ||
            str_ends_with(files->items[i], ".node"))
            return true;
    return false;
}

static void say_interpreted(const struct harness *harness)
{
    explain_leave_out(harness->explaining,
                      "'%s' is not explained: an interpreter runs it, and a profile has "
                      "its functions, none of the tree's",
                      harness->bench->id);
}

static double difference_s(const struct harness *harness)
{
    return fabs(harness->operation_s[SIDE_HEAD] - harness->operation_s[SIDE_BASE]);
}

/* Of n samples a side, chance makes a difference with a variance of (base^2 + head^2) / n
 * (story_noise). */
static double samples_needed(const struct harness *harness)
{
    double base_s = harness->operation_s[SIDE_BASE];
    double head_s = harness->operation_s[SIDE_HEAD];
    double deviations = CLEARLY * DEVIATIONS / difference_s(harness);
    double needed = deviations * deviations * (base_s * base_s + head_s * head_s);
    return fmin(PERF_ENOUGH_SAMPLES, fmax(FEWEST_SAMPLES, needed));
}

static struct perf_plan plan_of(const struct harness *harness, enum side side)
{
    const struct benchmark *benchmark = harness->bench->benchmark;
    double user_s = fmax(seen_s(harness, side), 1e-3);
    double wall_s = fmax(harness->names.wall_s[side], 1e-3);
    double time_s = explain_seconds_left(harness->explaining) / 4;
    double turns = ceil(samples_needed(harness) / PERF_MOST_PER_S / user_s);
    turns = fmin(turns, fmin(MOST_TURNS, time_s / wall_s));
    if (turns < 1 || benchmark->setup.count || benchmark->teardown.count)
        turns = 1;
    return (struct perf_plan){ perf_frequency(user_s * turns), (int)turns,
                               str_equal(benchmark->format, "go") };
}

static bool has_time(const struct harness *harness, double slowdown)
{
    const double *wall_s = harness->names.wall_s;
    return slowdown * (wall_s[SIDE_BASE] + wall_s[SIDE_HEAD]) <=
           explain_seconds_left(harness->explaining);
}

static uint32_t root_of(const struct harness *harness, enum side side, bool is_main)
{
    struct costs *costs = &harness->pair->costs[side];
    const char *format = harness->bench->benchmark->format;
    const char *name = side_printed_name(harness->bench, side);
    uint32_t root = is_main ? operation_main(costs) : operation_root(costs, format, name);
    if (root == COSTS_NONE || !harness->pair->is_sampled)
        return root;
    double part = (double)costs->functions.items[root].inclusive / (double)costs->total;
    return part >= LEAST_PART ? root : COSTS_NONE;
}

/* The same on both sides, or none. */
static void find_roots(struct harness *harness, uint32_t roots[SIDE_COUNT])
{
    for (int is_main = 0; is_main < 2; is_main++) {
        roots[SIDE_BASE] = root_of(harness, SIDE_BASE, is_main);
        roots[SIDE_HEAD] = root_of(harness, SIDE_HEAD, is_main);
        if (roots[SIDE_BASE] != COSTS_NONE && roots[SIDE_HEAD] != COSTS_NONE) {
            const struct costs *head = &harness->pair->costs[SIDE_HEAD];
            harness->root = head->functions.items[roots[SIDE_HEAD]].name;
            return;
        }
    }
    harness->root = NULL;
    roots[SIDE_BASE] = roots[SIDE_HEAD] = COSTS_NONE;
}

static void compare(struct harness *harness)
{
    struct profile_pair *pair = harness->pair;
    uint32_t roots[SIDE_COUNT];
    costs_finish(&pair->costs[SIDE_BASE]);
    costs_finish(&pair->costs[SIDE_HEAD]);
    find_roots(harness, roots);
    pair->is_per_operation = true;
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        pair->counted[side] = costs_per_operation(&pair->costs[side], roots[side],
                                                  harness->operation_s[side]);
        pair->sample_cost[side] =
            call_paths_scale(&pair->paths[side], roots[side], pair->costs[side].total);
    }
    profile_pair_finish(pair, &harness->explaining->check->changed_lines);
}

/* Nothing in it, as it was before the profiles. */
static void forget(struct profile_pair *pair)
{
    char *bench_id = pair->bench_id;
    pair->bench_id = NULL;
    profile_pair_clear(pair);
    pair->bench_id = bench_id;
}

/* 1 where both sides were sampled often enough; 0, with why_not, where not; -1. */
static int sample(struct harness *harness, struct error *err)
{
    struct profile_pair *pair = harness->pair;
    pair->is_sampled = true;
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        harness->explaining->check->counter.sampling = plan_of(harness, side);
        int got =
            explain_sample_side(harness->explaining, &harness->names.sides[side].bench,
                                side, pair, &harness->why_not, err);
        if (got <= 0)
            return got;
    }
    compare(harness);
    if (fabs(profile_difference(&pair->diff)) > story_noise(pair))
        return 1;
    harness->why_not = xstrdup("there were too few samples");
    return 0;
}

/* Why not callgrind; NULL: it may. */
static const char *obstacle_to_callgrind(const struct harness *harness)
{
    if (harness->explaining->why_no_profile)
        return harness->explaining->why_no_profile;
    if (str_equal(harness->bench->benchmark->format, "go"))
        return "Go's programs do not run under callgrind";
    if (one_names_are_interpreted(&harness->names))
        return "an interpreter runs it, which callgrind sees alone";
    return has_time(harness, CALLGRIND_SLOWDOWN)
               ? NULL
               : "callgrind would take longer than what "
                 "is left of the time for explanations";
}

static int count_instructions(struct harness *harness, struct error *err)
{
    forget(harness->pair);
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        int got =
            explain_profile_side(harness->explaining, &harness->names.sides[side].bench,
                                 side, &harness->pair->costs[side], err);
        if (got <= 0)
            return got;
    }
    compare(harness);
    return 1;
}

/* 1 where there is something to tell; 0, said why, where not; -1. */
static int profile(struct harness *harness, struct error *err)
{
    int got = sample(harness, err);
    if (got)
        return got;
    const char *obstacle = obstacle_to_callgrind(harness);
    if (!obstacle)
        return count_instructions(harness, err);
    explain_leave_out(harness->explaining, "'%s' could not be profiled: %s; and %s",
                      harness->bench->id, harness->why_not, obstacle);
    forget(harness->pair);
    return 0;
}

static char *describe_source(const struct harness *harness)
{
    const struct check *check = harness->explaining->check;
    const struct profile_pair *pair = harness->pair;
    const char *version = check->counter.callgrind.version;
    AUTO_FREE char *tool =
        pair->is_sampled
            ? str_format(
                  "perf, %.0f and %.0f samples of the time on the CPU in user mode",
                  pair->counted[SIDE_BASE], pair->counted[SIDE_HEAD])
            : str_format("callgrind %s, parts of the instructions",
                         version ? version : "");
    AUTO_FREE char *of = harness->root
                             ? str_format("'%s' and what it calls", harness->root)
                             : xstrdup("the whole run");
    return str_format("%s, of %s, scaled to what an operation took, %s source lines",
                      tool, of, pair->has_lines ? "with" : "without");
}

static void tell(struct harness *harness, struct explanation *explanation)
{
    if (one_names_are_interpreted(&harness->names) && !harness->pair->has_lines) {
        say_interpreted(harness);
        forget(harness->pair);
        return;
    }
    free(explanation->source);
    explanation->source = describe_source(harness);
    story_tell(harness->pair, WITNESS_LEAST_COUNTS, explanation);
}

int explain_harness(struct explaining *explaining,
                    const struct bench *bench,
                    struct explanation *explanation,
                    struct error *err)
{
    AUTO(harness_clear)
    struct harness harness = { .explaining = explaining, .bench = bench };
    if (!find_operation(&harness, explanation->metric) || !has_changed(&harness))
        return 0;
    int got = one_names_try(explaining, bench, &harness.names, err);
    if (got <= 0 || !is_seen(&harness))
        return got < 0 ? -1 : 0;
    if (one_names_are_interpreted(&harness.names) && !has_extensions(&harness)) {
        say_interpreted(&harness);
        return 0;
    }
    harness.pair = explain_new_pair(explaining->check, bench);
    got = profile(&harness, err);
    if (got > 0)
        tell(&harness, explanation);
    return got < 0 ? -1 : 0;
}
