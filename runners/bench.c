#include "runners/bench.h"

#include <stdlib.h>
#include <time.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"

#define ITERATIONS_MAX (UINT64_C(1) << 40)

static int64_t monotonic_ns(void *context)
{
    (void)context;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* Nothing but the work stands between the two readings. */
static int64_t sample(const struct bench *bench,
                      bench_function *work,
                      void *context,
                      uint64_t iterations)
{
    int64_t start_ns = bench->clock(bench->clock_context);
    work(context, iterations);
    return bench->clock(bench->clock_context) - start_ns;
}

static uint64_t calibrate(const struct bench *bench, bench_function *work, void *context)
{
    uint64_t iterations = 1;
    while (iterations < ITERATIONS_MAX &&
           sample(bench, work, context, iterations) < bench->sample_ns)
        iterations *= 2;
    return iterations;
}

void bench_run(struct bench *bench, const char *name, bench_function *work, void *context)
{
    bench_clear(bench);
    bench->name = name;
    bench->sample_ns = bench->sample_ns ? bench->sample_ns : BENCH_SAMPLE_NS;
    bench->sample_count = bench->sample_count ? bench->sample_count : BENCH_SAMPLES;
    bench->clock = bench->clock ? bench->clock : monotonic_ns;
    bench->ns_per_iteration =
        xcalloc(bench->sample_count, sizeof *bench->ns_per_iteration);

    bench->iterations = calibrate(bench, work, context);
    for (size_t i = 0; i < bench->sample_count; i++) {
        int64_t taken_ns = sample(bench, work, context, bench->iterations);
        bench->ns_per_iteration[i] = (double)taken_ns / (double)bench->iterations;
    }
    bench->ns_per_iteration_count = bench->sample_count;
}

void bench_clear(struct bench *bench)
{
    free(bench->ns_per_iteration);
    bench->ns_per_iteration = NULL;
    bench->ns_per_iteration_count = 0;
    bench->iterations = 0;
    bench->name = NULL;
}

static void add_name(struct str *line, const char *name)
{
    for (; *name; name++) {
        if (*name == '"' || *name == '\\')
            str_add_char(line, '\\');
        if ((unsigned char)*name < 0x20)
            str_addf(line, "\\u%04x", (unsigned int)*name);
        else
            str_add_char(line, *name);
    }
}

/* The locale is never set, so the decimal point is a point. */
int bench_print(const struct bench *bench, FILE *out)
{
    AUTO_STR struct str line = STR_INIT;
    str_add(&line, "{\"name\":\"");
    add_name(&line, bench->name ? bench->name : "");
    str_addf(&line, "\",\"unit\":\"ns\",\"iterations\":%llu,\"samples\":[",
             (unsigned long long)bench->iterations);
    for (size_t i = 0; i < bench->ns_per_iteration_count; i++)
        str_addf(&line, "%s%.6g", i ? "," : "", bench->ns_per_iteration[i]);
    str_add(&line, "]}\n");
    return fwrite(line.data, 1, line.length, out) == line.length ? 0 : -1;
}
