/* How long the judging itself takes: one row of 10,000 pairs, and 5,000 rows of 60 pairs
 * with all their looks. CPU time of this process, best of three. */
#include <math.h>
#include <stdio.h>
#include <time.h>

#include "gate/base/alloc.h"
#include "gate/stats/hodges_lehmann.h"
#include "gate/stats/holm.h"
#include "gate/stats/sequential.h"
#include "tests/bench/replay/draws.h"

enum {
    LONG_ROW_PAIRS = 10000,
    ROWS = 5000,
    ROW_PAIRS = 60,
    ROUNDS = 3
};

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void fill(double *d, size_t n, uint64_t row)
{
    struct draws draws = draws_of("judge-speed", row);
    for (size_t i = 0; i < n; i++)
        d[i] = 0.02 * draws_normal(&draws) + 0.015;
}

/* Everything that a report shows of a row's change, at all its planned looks. */
static double judge(const double *d, size_t n, size_t first_look)
{
    struct sequential row = { 0 };
    sequential_init(&row, n);
    for (size_t look = first_look; row.seen < n; look = sequential_next_look(look, n))
        sequential_look(&row, d, look, log1p(0.02), log1p(-0.02));
    struct interval interval = hodges_lehmann_interval(d, n, 0.95);
    return row.p_regressed + row.p_ok + hodges_lehmann_estimate(d, n) + interval.low;
}

static double long_row_ms(double *sink)
{
    AUTO_FREE double *d = xcalloc(LONG_ROW_PAIRS, sizeof *d);
    fill(d, LONG_ROW_PAIRS, 0);
    double begin_ms = now_ms();
    *sink += judge(d, LONG_ROW_PAIRS, LONG_ROW_PAIRS);
    return now_ms() - begin_ms;
}

static double many_rows_ms(double *sink)
{
    AUTO_FREE double *d = xcalloc((size_t)ROWS * ROW_PAIRS, sizeof *d);
    AUTO_FREE double *p = xcalloc(ROWS, sizeof *p);
    for (size_t i = 0; i < ROWS; i++)
        fill(d + i * ROW_PAIRS, ROW_PAIRS, i);
    double begin_ms = now_ms();
    for (size_t i = 0; i < ROWS; i++)
        p[i] = fmin(fabs(judge(d + i * ROW_PAIRS, ROW_PAIRS, 8)), 1);
    holm_adjust(p, ROWS, p);
    *sink += p[0];
    return now_ms() - begin_ms;
}

int main(void)
{
    double sink = 0; /* so that nothing is left out as unused */
    double long_ms = (double)INFINITY;
    double many_ms = (double)INFINITY;

    for (int i = 0; i < ROUNDS; i++) {
        long_ms = fmin(long_ms, long_row_ms(&sink));
        many_ms = fmin(many_ms, many_rows_ms(&sink));
    }
    printf("one row of %d pairs, one look, estimate, interval: %.1f ms\n", LONG_ROW_PAIRS,
           long_ms);
    printf("%d rows of %d pairs, all looks, estimates, intervals: %.2f s\n", ROWS,
           ROW_PAIRS, many_ms / 1e3);
    return isfinite(sink) ? 0 : 1;
}
