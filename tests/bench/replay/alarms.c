#include "tests/bench/replay/alarms.h"

#include <math.h>
#include <stdio.h>

#include "gate/base/alloc.h"
#include "gate/stats/distribution.h"
#include "tests/bench/replay/table.h"
#include "tests/bench/replay/verdicts.h"

/* The largest rate with which at most so many alarms still happen with 1 %. */
static double upper_limit(size_t alarms, size_t replays)
{
    double low = (double)alarms / (double)replays;
    double high = 1;
    for (int i = 0; i < 60; i++) {
        double middle = (low + high) / 2;
        if (binomial_lower(alarms, replays, middle) > 0.01)
            low = middle;
        else
            high = middle;
    }
    return high;
}

static void print_head(size_t replays)
{
    printf("\nFalse alarms of pawl, nothing changed, %zu replays, at most 135 pairs\n\n",
           replays);
    printf(
        "| stream | no margin | upper 99 %% limit | margin 2 %% | mean pairs at 2 %% | "
        "ok at 2 %% |\n");
    printf("|---|---|---|---|---|---|\n");
}

static void print_line(const char *stream,
                       const char *metric,
                       const struct view *view,
                       size_t replays)
{
    struct verdicts bare =
        verdicts_of(view, &(struct pawl_rule){ 0, 1, 135, 0 }, 0, replays);
    struct verdicts usual =
        verdicts_of(view, &(struct pawl_rule){ 0.02, 1, 135, 0 }, 0, replays);
    size_t alarms = (size_t)lround(bare.regressed * (double)replays);

    printf("| %s, %s | %.4f | %.4f | %.4f | %.0f | %.3f |\n", stream, metric,
           bare.regressed, upper_limit(alarms, replays), usual.regressed, usual.pairs,
           usual.ok);
    fflush(stdout);
}

void alarms_of_pawl(const struct stream *streams, size_t count, size_t replays)
{
    print_head(replays);
    for (size_t i = 0; i < count; i++) {
        const struct view cpu = view_of_cpu(&streams[i]);
        const struct view wall = view_of_wall(&streams[i]);
        print_line(streams[i].name, "CPU", &cpu, replays);
        print_line(streams[i].name, "wall", &wall, replays);
    }
}

static void
print_matrix(const struct stream *streams, const struct power *powers, size_t count)
{
    printf("\nEvery rule where nothing changed, CPU time, %zu runs a side, %zu replays: "
           "share that call head slower\n\n| rule |",
           powers[0].n, powers[0].replays);
    for (size_t i = 0; i < count; i++)
        printf(" %s |", streams[i].name);
    printf("\n|---|");
    for (size_t i = 0; i < count; i++)
        printf("---|");
    for (size_t rule = 0; rule < powers[0].count; rule++) {
        printf("\n| %s |", powers[0].items[rule].rule);
        for (size_t i = 0; i < count; i++)
            table_share(powers[i].items[rule].share[0]);
    }
    printf("\n");
}

void alarms_of_all(const struct stream *streams, size_t count, size_t n, size_t replays)
{
    AUTO_FREE struct power *powers = xcalloc(count, sizeof *powers);
    for (size_t i = 0; i < count; i++) {
        const struct view view = view_of_cpu(&streams[i]);
        powers[i] = (struct power){ .n = n, .replays = replays, .changes = 1 };
        power_fill(&powers[i], &view);
    }
    print_matrix(streams, powers, count);
    for (size_t i = 0; i < count; i++)
        power_clear(&powers[i]);
}
