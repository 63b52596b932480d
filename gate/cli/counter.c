#include "gate/cli/counter.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/path.h"
#include "gate/base/strvec.h"
#include "gate/base/tree.h"
#include "runners/alloc/alloc.h"
#include "runners/dhat/dhat.h"
#include "runners/perf/perf.h"
#include "runners/syscalls.h"

/* A run may take so many times its time limit. */
#define CALLGRIND_PATIENCE INT64_C(100)
#define ALLOC_PATIENCE     INT64_C(10)
#define PERF_PATIENCE      INT64_C(10)
#define STRACE_PATIENCE    INT64_C(100)

void counter_clear(struct counter *counter)
{
    struct error ignored = { 0 };
    if (counter->directory)
        (void)!tree_remove(counter->directory, &ignored);
    free(counter->directory);
    free(counter->alloc_library);
    callgrind_clear(&counter->callgrind);
    *counter = (struct counter){ 0 };
}

void counted_run_clear(struct counted_run *run)
{
    str_clear(&run->why);
}

uint64_t counter_metrics(enum counting counting)
{
    switch (counting) {
    case COUNTING_CALLGRIND:
        return METRIC_BIT(METRIC_INSTRUCTIONS);
    case COUNTING_ALLOCATIONS:
        return METRIC_BIT(METRIC_ALLOCATIONS) | METRIC_BIT(METRIC_ALLOCATED_BYTES) |
               METRIC_BIT(METRIC_PEAK_HEAP);
    case COUNTING_SYSCALLS:
    case COUNTING_SAMPLES:
    case COUNTING_HEAP:
    case COUNTING_NONE:
    case COUNTING_COUNT:
        return 0;
    }
    abort();
}

static int make_directory(struct counter *counter, const char *cache, struct error *err)
{
    if (counter->directory)
        return 0;
    AUTO_FREE char *prefix = path_join(cache, "counting-");
    if (tree_make(cache, err) < 0)
        return -1;
    counter->directory = tree_make_unique(prefix, err);
    return counter->directory ? 0 : -1;
}

char *counter_place(const struct counter *counter, enum counting counting)
{
    return path_join(counter->directory, counting_names[counting]);
}

int counter_open(struct counter *counter,
                 enum counting counting,
                 const char *cache_directory,
                 struct spawner *spawner,
                 const struct strvec *environment,
                 struct error *err)
{
    if (make_directory(counter, cache_directory, err) < 0)
        return -1;
    if (counting == COUNTING_ALLOCATIONS && !counter->alloc_library) {
        counter->alloc_library = alloc_library(err);
        return counter->alloc_library ? 0 : -1;
    }
    if (counting != COUNTING_CALLGRIND || counter->has_probed)
        return 0;
    AUTO_FREE char *directory = counter_place(counter, counting);
    counter->has_probed = true;
    return callgrind_probe(spawner, environment, directory, &counter->callgrind, err);
}

const char *counter_why_not(const struct counter *counter, enum counting counting)
{
    return counting == COUNTING_CALLGRIND ? counter->callgrind.why_not : NULL;
}

/* A run that told nothing is none. */
static void refuse(struct counted_run *run, const char *why)
{
    run->result = (struct process_result){ .end = PROCESS_NOT_STARTED,
                                           .start_errno = ENOTSUP,
                                           .start_step = PROCESS_STEP_PROGRAM };
    str_add(&run->why, why);
}

static int
refuse_or_fail(struct counted_run *run, const struct error *found, struct error *err)
{
    if (found->code != ERROR_BENCHMARK)
        return error_set(err, found->code, "%s", found->message);
    refuse(run, found->message);
    return 0;
}

static int run_callgrind(struct counter *counter,
                         struct spawner *spawner,
                         const struct process_spec *spec,
                         struct counted_run *run,
                         struct error *err)
{
    AUTO_FREE char *directory = counter_place(counter, COUNTING_CALLGRIND);
    AUTO_STRVEC struct strvec words = { 0 };
    AUTO_STRVEC struct strvec environment = { 0 };
    struct process_spec wrapped = *spec;
    struct callgrind_count count = { 0 };
    struct error found = { 0 };
    if (!counter->callgrind.works) {
        refuse(run, counter->callgrind.why_not);
        return 0;
    }
    callgrind_wrap(spec->argv, directory, &words);
    strvec_copy(&environment, spec->environment);
    callgrind_prepare_environment(&counter->callgrind, &environment);
    wrapped.argv = &words;
    wrapped.environment = &environment;
    wrapped.timeout_ns *= CALLGRIND_PATIENCE;
    if (callgrind_begin(directory, err) < 0 ||
        process_run(spawner, &wrapped, &run->result, err) < 0)
        return -1;
    if (!process_succeeded(&run->result))
        return 0;
    if (callgrind_read(directory, &count, &found) < 0)
        return refuse_or_fail(run, &found, err);
    readings_set(&run->readings, METRIC_INSTRUCTIONS, (double)count.instructions);
    return 0;
}

static int run_alloc(struct counter *counter,
                     struct spawner *spawner,
                     const struct process_spec *spec,
                     struct counted_run *run,
                     struct error *err)
{
    AUTO_FREE char *path = counter_place(counter, COUNTING_ALLOCATIONS);
    AUTO_FREE char *why = alloc_why_not(spec->argv, spec->environment, spec->directory);
    AUTO_STRVEC struct strvec environment = { 0 };
    struct process_spec watched = *spec;
    struct alloc_figures figures = { 0 };
    struct error found = { 0 };
    if (why) {
        refuse(run, why);
        return 0;
    }
    strvec_copy(&environment, spec->environment);
    alloc_prepare_environment(&environment, counter->alloc_library, path);
    watched.environment = &environment;
    watched.timeout_ns *= ALLOC_PATIENCE;
    if (alloc_begin(path, err) < 0 ||
        process_run(spawner, &watched, &run->result, err) < 0)
        return -1;
    if (!process_succeeded(&run->result))
        return 0;
    if (alloc_read(path, &figures, &found) < 0)
        return refuse_or_fail(run, &found, err);
    readings_set(&run->readings, METRIC_ALLOCATIONS, (double)figures.allocations);
    readings_set(&run->readings, METRIC_ALLOCATED_BYTES, (double)figures.allocated_bytes);
    readings_set(&run->readings, METRIC_PEAK_HEAP, (double)figures.peak_heap_bytes);
    return 0;
}

static int run_syscalls(struct counter *counter,
                        struct spawner *spawner,
                        const struct process_spec *spec,
                        struct counted_run *run,
                        struct error *err)
{
    AUTO_FREE char *path = counter_place(counter, COUNTING_SYSCALLS);
    AUTO_STRVEC struct strvec words = { 0 };
    struct process_spec traced = *spec;
    (void)remove(path); /* an earlier run's */
    syscalls_wrap(spec->argv, path, counter->names_files, &words);
    traced.argv = &words;
    traced.timeout_ns *= STRACE_PATIENCE;
    if (process_run(spawner, &traced, &run->result, err) < 0)
        return -1;
    if (run->result.end == PROCESS_NOT_STARTED && run->result.start_errno == ENOENT)
        str_add(&run->why, SYSCALLS_NOT_INSTALLED);
    return 0;
}

/* Why the command exited before it ran the program; NULL where it did run it. */
static const char *why_not_sampled(const char *directory,
                                   const struct process_result *result)
{
    AUTO_FREE char *samples = path_join(directory, "samples");
    if (result->end != PROCESS_EXITED || access(samples, F_OK) == 0)
        return NULL;
    if (result->exit_code == PERF_EXIT_NOT_INSTALLED)
        return PERF_NOT_INSTALLED;
    return result->exit_code == PERF_EXIT_NOT_PERMITTED ? PERF_NOT_PERMITTED : NULL;
}

static int run_samples(struct counter *counter,
                       struct spawner *spawner,
                       const struct process_spec *spec,
                       struct counted_run *run,
                       struct error *err)
{
    AUTO_FREE char *directory = counter_place(counter, COUNTING_SAMPLES);
    AUTO_STRVEC struct strvec words = { 0 };
    struct process_spec sampled = *spec;
    perf_wrap(spec->argv, directory, counter->sampling, &words);
    sampled.argv = &words;
    sampled.timeout_ns *= PERF_PATIENCE;
    if (perf_begin(directory, err) < 0 ||
        process_run(spawner, &sampled, &run->result, err) < 0)
        return -1;
    const char *why_not = why_not_sampled(directory, &run->result);
    if (why_not)
        refuse(run, why_not);
    return 0;
}

static int run_dhat(struct counter *counter,
                    struct spawner *spawner,
                    const struct process_spec *spec,
                    struct counted_run *run,
                    struct error *err)
{
    AUTO_FREE char *directory = counter_place(counter, COUNTING_HEAP);
    AUTO_STRVEC struct strvec words = { 0 };
    struct process_spec watched = *spec;
    dhat_wrap(spec->argv, directory, &words);
    watched.argv = &words;
    watched.timeout_ns *= CALLGRIND_PATIENCE;
    return dhat_begin(directory, err) < 0 ||
                   process_run(spawner, &watched, &run->result, err) < 0
               ? -1
               : 0;
}

int counter_run(struct counter *counter,
                enum counting counting,
                struct spawner *spawner,
                const struct process_spec *spec,
                struct counted_run *run,
                struct error *err)
{
    switch (counting) {
    case COUNTING_CALLGRIND:
        return run_callgrind(counter, spawner, spec, run, err);
    case COUNTING_ALLOCATIONS:
        return run_alloc(counter, spawner, spec, run, err);
    case COUNTING_SYSCALLS:
        return run_syscalls(counter, spawner, spec, run, err);
    case COUNTING_SAMPLES:
        return run_samples(counter, spawner, spec, run, err);
    case COUNTING_HEAP:
        return run_dhat(counter, spawner, spec, run, err);
    case COUNTING_NONE:
    case COUNTING_COUNT:
        break;
    }
    abort();
}
