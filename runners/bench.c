#include "runners/bench.h"

#include <stdlib.h>
#include <time.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "runners/histogram.h"

#define CLOCK_LOOKS    101
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

static void begin(struct bench *bench, const char *name, size_t count)
{
    bench_clear(bench);
    bench->name = name;
    bench->clock = bench->clock ? bench->clock : monotonic_ns;
    bench->ns_per_iteration = xcalloc(count, sizeof *bench->ns_per_iteration);
    bench->ns_per_iteration_count = count;
}

void bench_run(struct bench *bench, const char *name, bench_function *work, void *context)
{
    bench->sample_ns = bench->sample_ns ? bench->sample_ns : BENCH_SAMPLE_NS;
    bench->sample_count = bench->sample_count ? bench->sample_count : BENCH_SAMPLES;
    begin(bench, name, bench->sample_count);

    bench->iterations = calibrate(bench, work, context);
    for (size_t i = 0; i < bench->sample_count; i++) {
        int64_t taken_ns = sample(bench, work, context, bench->iterations);
        bench->ns_per_iteration[i] = (double)taken_ns / (double)bench->iterations;
    }
}

static int64_t look(const struct bench *bench)
{
    return bench->clock(bench->clock_context);
}

static double cost_of_a_look(const struct bench *bench)
{
    AUTO_HISTOGRAM struct histogram looks = { 0 };
    for (int i = 0; i < CLOCK_LOOKS; i++) {
        int64_t start_ns = look(bench);
        histogram_add(&looks, (double)(look(bench) - start_ns), 1);
    }
    return histogram_quantile(&looks, 1, 2);
}

/* When operation number i counts as begun: when it was due, and else now. */
static int64_t wait_for_turn(const struct bench *bench, int64_t first_ns, size_t i)
{
    int64_t now_ns = look(bench);
    if (!bench->interval_ns)
        return now_ns;
    int64_t due_ns = first_ns + (int64_t)i * bench->interval_ns;
    while (now_ns < due_ns)
        now_ns = look(bench);
    return due_ns;
}

void bench_operations(struct bench *bench,
                      const char *name,
                      bench_operation *operation,
                      void *context)
{
    bench->operation_count =
        bench->operation_count ? bench->operation_count : BENCH_OPERATIONS;
    begin(bench, name, bench->operation_count);
    bench->iterations = 1;
    bench->clock_ns = cost_of_a_look(bench);

    int64_t first_ns = look(bench);
    for (size_t i = 0; i < bench->operation_count; i++) {
        int64_t start_ns = wait_for_turn(bench, first_ns, i);
        operation(context, i);
        bench->ns_per_iteration[i] = (double)(look(bench) - start_ns);
    }
}

void bench_clear(struct bench *bench)
{
    free(bench->ns_per_iteration);
    bench->ns_per_iteration = NULL;
    bench->ns_per_iteration_count = 0;
    bench->iterations = 0;
    bench->clock_ns = 0;
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

/* The line up to the samples. */
static void add_head(struct str *line, const struct bench *bench)
{
    str_add(line, "{\"name\":\"");
    add_name(line, bench->name ? bench->name : "");
    str_addf(line, "\",\"unit\":\"ns\",\"iterations\":%llu,",
             (unsigned long long)bench->iterations);
    if (bench->clock_ns > 0)
        str_addf(line, "\"clock\":%.6g,", bench->clock_ns);
    str_add(line, "\"samples\":[");
}

static int print(const struct str *line, FILE *out)
{
    return fwrite(line->data, 1, line->length, out) == line->length ? 0 : -1;
}

/* The locale is never set, so the decimal point is a point. */
int bench_print(const struct bench *bench, FILE *out)
{
    AUTO_STR struct str line = STR_INIT;
    add_head(&line, bench);
    for (size_t i = 0; i < bench->ns_per_iteration_count; i++)
        str_addf(&line, "%s%.6g", i ? "," : "", bench->ns_per_iteration[i]);
    str_add(&line, "]}\n");
    return print(&line, out);
}

int bench_print_histogram(const struct bench *bench, FILE *out)
{
    AUTO_HISTOGRAM struct histogram histogram = { 0 };
    AUTO_STR struct str line = STR_INIT;
    AUTO_STR struct str counts = STR_INIT;
    for (size_t i = 0; i < bench->ns_per_iteration_count; i++)
        histogram_add(&histogram, bench->ns_per_iteration[i], 1);
    add_head(&line, bench);
    struct histogram_step step = { 0 };
    while (histogram_next(&histogram, &step)) {
        const char *comma = counts.length ? "," : "";
        str_addf(&line, "%s%.12g", comma, step.value);
        str_addf(&counts, "%s%llu", comma, (unsigned long long)step.times);
    }
    str_addf(&line, "],\"counts\":[%s]}\n", counts.data);
    return print(&line, out);
}
