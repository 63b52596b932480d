#include "gate/cli/side_told.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "runners/formats/samples.h"

/* The share of a typical operation that looking at the clock may be. */
#define CLOCK_SHARE 0.1

static bool is_stdout(const struct benchmark *benchmark)
{
    return benchmark->samples && str_equal(benchmark->samples, "stdout");
}

/* What it has done stands with the samples, where there are any. */
bool side_told_is_printed(const struct benchmark *benchmark)
{
    return is_stdout(benchmark) ||
           (!benchmark->samples && benchmark->work.kind == WORK_PRINTED);
}

static bool tells_lines(const struct benchmark *benchmark)
{
    return benchmark->samples || benchmark->work.kind == WORK_PRINTED;
}

/* Where the lines are; the caller's. */
static char *path_of_lines(const struct side_run *run, struct error *err)
{
    if (side_told_is_printed(run->bench->benchmark))
        return xstrdup(run->stdout_path);
    return side_scope_expand(run->scope, run->bench->benchmark->samples, err);
}

int side_told_forget(const struct side_run *run, struct error *err)
{
    const struct benchmark *benchmark = run->bench->benchmark;
    if (!tells_lines(benchmark) || side_told_is_printed(benchmark))
        return 0; /* whoever opens standard output empties it */
    AUTO_FREE char *path = path_of_lines(run, err);
    if (!path)
        return -1;
    if (unlink(path) < 0 && errno != ENOENT)
        return error_errno(err, "cannot remove '%s'", path);
    return 0;
}

static void set_percentiles(const struct histogram *ns, struct readings *readings)
{
    static const struct {
        enum metric metric;
        uint32_t part;
    } percentiles[] = {
        { METRIC_P50, 50 }, { METRIC_P95, 95 }, { METRIC_P99, 99 }, { METRIC_MAX, 100 }
    };
    for (size_t i = 0; i < sizeof percentiles / sizeof percentiles[0]; i++)
        readings_set(readings, percentiles[i].metric,
                     histogram_quantile(ns, percentiles[i].part, 100) / 1e9);
}

static void take_samples(const struct samples *samples, struct side_told *told)
{
    AUTO_HISTOGRAM struct histogram ns = samples_merged(samples);
    told->operations = ns.total;
    for (size_t i = 0; i < samples->count; i++) {
        const struct samples_series *series = &samples->items[i];
        if (series->iterations > told->iterations)
            told->iterations = series->iterations;
        told->clock_ns = fmax(told->clock_ns, series->clock_ns);
    }
    if (ns.total)
        set_percentiles(&ns, &told->readings);
}

/* What it lacks; "" where it has all. The first line is enough to say. */
static void add_lack(const struct side_run *run,
                     const struct samples *samples,
                     const char *name,
                     struct str *failure)
{
    const struct work *work = &run->bench->benchmark->work;
    bool is_printed = work->kind == WORK_PRINTED;
    if (run->bench->benchmark->samples && !samples->count)
        str_addf(failure, "in '%s': no samples", name);
    else if (is_printed && !samples->work_unit)
        str_addf(failure, "in '%s': no line such as {\"work\":1000,\"unit\":\"cases\"}",
                 name);
    else if (is_printed && *samples->work_unit && *work->unit &&
             !str_equal(samples->work_unit, work->unit))
        str_addf(failure, "in '%s': the work is in '%s', and in pawl.json in '%s'", name,
                 samples->work_unit, work->unit);
}

static int read_lines(const struct side_run *run,
                      struct samples *samples,
                      struct str *failure,
                      struct error *err)
{
    struct error problem = { 0 };
    AUTO_FREE char *path = path_of_lines(run, err);
    if (!path)
        return -1;
    bool is_printed = side_told_is_printed(run->bench->benchmark);
    AUTO_FREE char *name =
        str_format("%s of %s", is_printed ? "stdout" : path_base(path), run->side);
    if (!file_exists(path))
        str_addf(failure, "in '%s': no samples, for there is no such file", name);
    else if (samples_read_file(samples, path, name, &problem) < 0)
        str_add(failure, problem.message);
    else
        add_lack(run, samples, name, failure);
    return 0;
}

int side_told_read(const struct side_run *run,
                   struct side_told *told,
                   struct str *failure,
                   struct error *err)
{
    const struct work *work = &run->bench->benchmark->work;
    AUTO_SAMPLES struct samples samples = { 0 };
    *told = (struct side_told){ 0 };
    if (tells_lines(run->bench->benchmark) && read_lines(run, &samples, failure, err) < 0)
        return -1;
    if (failure->length)
        return 0;
    take_samples(&samples, told);
    double amount = work->kind == WORK_PRINTED ? samples.work : bench_work(run->bench);
    if (amount > 0 && run->wall_ns > 0)
        readings_set(&told->readings, METRIC_THROUGHPUT,
                     amount / ((double)run->wall_ns / 1e9));
    return 0;
}

void side_told_doubt(const struct side_told *told,
                     const char *bench_id,
                     struct strvec *warnings)
{
    double typical_ns = told->readings.values[METRIC_P50] * 1e9;
    if (!told->operations)
        return;
    if (told->iterations > 1)
        strvec_pushf(warnings,
                     "%s: its samples are means of up to %" PRIu64
                     " operations each, which hide the tail",
                     bench_id, told->iterations);
    if (told->operations < SIDE_TOLD_OPERATIONS)
        strvec_pushf(warnings,
                     "%s: a run times %" PRIu64 " operations, and p99 stands on the "
                     "slowest hundredth of them: %d and more would make it steady",
                     bench_id, told->operations, SIDE_TOLD_OPERATIONS);
    if (told->clock_ns > CLOCK_SHARE * typical_ns)
        strvec_pushf(warnings,
                     "%s: a look at the clock takes %.0f ns, and stands in each of its "
                     "samples, half of which are at most %.0f ns",
                     bench_id, told->clock_ns, typical_ns);
}
