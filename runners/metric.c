#include "runners/metric.h"

#include <math.h>
#include <stdlib.h>

#include "gate/base/str.h"
#include "gate/base/units.h"
#include "runners/process.h"

/* Why a run may not tell a metric. */
#define NO_SCHEDSTAT "the kernel keeps no /proc/PID/schedstat here"
#define NO_DELAYS    "the kernel does not account for delays here (kernel.task_delayacct)"
#define NO_IO        "the kernel keeps no /proc/PID/io here"
#define NO_COUNTERS  "this machine has no hardware counters, or does not let us use them"
#define NO_ALLOC     "allocations were not counted"
#define NO_SAMPLES   "the run printed no samples of single operations"
#define NO_WORK      "the benchmark does not say how much work a run does"
#define NO_VALUE     "the run printed no such value"

static const struct metric_info metrics[METRIC_COUNT] = {
    [METRIC_WALL] = { .name = "wall",
                      .unit = METRIC_UNIT_SECONDS,
                      .smallest = 1e-6,
                      .description = "time on the clock, from exec to exit",
                      .absence = "the run was not measured" },
    [METRIC_CPU] = { .name = "cpu",
                     .unit = METRIC_UNIT_SECONDS,
                     .smallest = 1e-6,
                     .description = "CPU time, user and system together",
                     .absence = "the run was not measured" },
    [METRIC_USER] = { .name = "user",
                      .unit = METRIC_UNIT_SECONDS,
                      .smallest = 1e-6,
                      .description = "CPU time in the program itself",
                      .absence = "the run was not measured" },
    [METRIC_SYSTEM] = { .name = "system",
                        .unit = METRIC_UNIT_SECONDS,
                        .smallest = 1e-6,
                        .description = "CPU time in the kernel on the program's behalf",
                        .absence = "the run was not measured" },
    [METRIC_RUN_QUEUE_WAIT] = { .name = "run_queue_wait",
                                .unit = METRIC_UNIT_SECONDS,
                                .smallest = 1e-6,
                                .description = "time it was ready to run and had no CPU",
                                .absence = NO_SCHEDSTAT },
    [METRIC_IO_WAIT] = { .name = "io_wait",
                         .unit = METRIC_UNIT_SECONDS,
                         .smallest = 1e-6,
                         .description = "time it was blocked on a disk",
                         .absence = NO_DELAYS },
    [METRIC_PEAK_RSS] = { .name = "peak_rss",
                          .unit = METRIC_UNIT_BYTES,
                          .smallest = 4096,
                          .description = "most memory resident at a time",
                          .absence = "the run was not measured" },
    [METRIC_MINOR_FAULTS] = { .name = "minor_faults",
                              .unit = METRIC_UNIT_COUNT,
                              .description = "page faults served without reading a disk",
                              .absence = "the run was not measured" },
    [METRIC_MAJOR_FAULTS] = { .name = "major_faults",
                              .unit = METRIC_UNIT_COUNT,
                              .description = "page faults that had to read a disk",
                              .absence = "the run was not measured" },
    [METRIC_VOLUNTARY_SWITCHES] = { .name = "voluntary_switches",
                                    .unit = METRIC_UNIT_COUNT,
                                    .description = "times it gave the CPU up to wait",
                                    .absence = "the run was not measured" },
    [METRIC_INVOLUNTARY_SWITCHES] = { .name = "involuntary_switches",
                                      .unit = METRIC_UNIT_COUNT,
                                      .description =
                                          "times the CPU was taken away from it",
                                      .absence = "the run was not measured" },
    [METRIC_READ_BYTES] = { .name = "read_bytes",
                            .unit = METRIC_UNIT_BYTES,
                            .description =
                                "bytes it read, from files, pipes and the cache alike",
                            .absence = NO_IO },
    [METRIC_WRITTEN_BYTES] = { .name = "written_bytes",
                               .unit = METRIC_UNIT_BYTES,
                               .description =
                                   "bytes it wrote, to files, pipes and the cache alike",
                               .absence = NO_IO },
    [METRIC_READ_CALLS] = { .name = "read_calls",
                            .unit = METRIC_UNIT_COUNT,
                            .description = "system calls that read",
                            .absence = NO_IO },
    [METRIC_WRITE_CALLS] = { .name = "write_calls",
                             .unit = METRIC_UNIT_COUNT,
                             .description = "system calls that write",
                             .absence = NO_IO },
    [METRIC_DISK_READ_BYTES] = { .name = "disk_read_bytes",
                                 .unit = METRIC_UNIT_BYTES,
                                 .description = "bytes that had to come from a disk",
                                 .absence = NO_IO },
    [METRIC_DISK_WRITTEN_BYTES] = { .name = "disk_written_bytes",
                                    .unit = METRIC_UNIT_BYTES,
                                    .description = "bytes that have to go to a disk",
                                    .absence = NO_IO },
    [METRIC_INSTRUCTIONS] = { .name = "instructions",
                              .unit = METRIC_UNIT_COUNT,
                              .description = "instructions executed in user mode",
                              .absence = NO_COUNTERS },
    [METRIC_CYCLES] = { .name = "cycles",
                        .unit = METRIC_UNIT_COUNT,
                        .description = "CPU cycles in user mode",
                        .absence = NO_COUNTERS },
    [METRIC_BRANCH_MISSES] = { .name = "branch_misses",
                               .unit = METRIC_UNIT_COUNT,
                               .description = "branches that the CPU guessed wrongly",
                               .absence = NO_COUNTERS },
    [METRIC_CACHE_MISSES] = { .name = "cache_misses",
                              .unit = METRIC_UNIT_COUNT,
                              .description =
                                  "reads and writes that missed the last cache",
                              .absence = NO_COUNTERS },
    [METRIC_ALLOCATIONS] = { .name = "allocations",
                             .unit = METRIC_UNIT_COUNT,
                             .description = "calls that allocated memory",
                             .absence = NO_ALLOC },
    [METRIC_ALLOCATED_BYTES] = { .name = "allocated_bytes",
                                 .unit = METRIC_UNIT_BYTES,
                                 .description = "bytes that they asked for, all together",
                                 .absence = NO_ALLOC },
    [METRIC_PEAK_HEAP] = { .name = "peak_heap",
                           .unit = METRIC_UNIT_BYTES,
                           .description = "most bytes allocated at a time",
                           .absence = NO_ALLOC },
    [METRIC_P50] = { .name = "p50",
                     .unit = METRIC_UNIT_SECONDS,
                     .smallest = 1e-12,
                     .description = "median of the operations that a run timed",
                     .absence = NO_SAMPLES },
    [METRIC_P95] = { .name = "p95",
                     .unit = METRIC_UNIT_SECONDS,
                     .smallest = 1e-12,
                     .description = "95th percentile of the operations that a run timed",
                     .absence = NO_SAMPLES },
    [METRIC_P99] = { .name = "p99",
                     .unit = METRIC_UNIT_SECONDS,
                     .smallest = 1e-12,
                     .description = "99th percentile of the operations that a run timed",
                     .absence = NO_SAMPLES },
    [METRIC_MAX] = { .name = "max",
                     .unit = METRIC_UNIT_SECONDS,
                     .smallest = 1e-12,
                     .description = "slowest of the operations that a run timed",
                     .absence = NO_SAMPLES },
    [METRIC_THROUGHPUT] = { .name = "throughput",
                            .unit = METRIC_UNIT_RATE,
                            .larger_is_better = true,
                            .smallest = 1e-12,
                            .description = "work done a second",
                            .absence = NO_WORK },
    [METRIC_VALUE] = { .name = "value",
                       .unit = METRIC_UNIT_PLAIN,
                       .smallest = 1e-300,
                       .description = "the number that the bench printed",
                       .absence = NO_VALUE },
};

const struct metric_info *metric_info(enum metric metric)
{
    return &metrics[metric];
}

const char *metric_name(enum metric metric)
{
    return metrics[metric].name;
}

const char *metric_unit_name(enum metric_unit unit)
{
    static const char *const names[] = {
        [METRIC_UNIT_SECONDS] = "s", [METRIC_UNIT_BYTES] = "B", [METRIC_UNIT_COUNT] = "",
        [METRIC_UNIT_RATE] = "1/s",  [METRIC_UNIT_PLAIN] = "",
    };
    return names[unit];
}

bool metric_parse(const char *name, enum metric *out)
{
    for (size_t i = 0; i < METRIC_COUNT; i++)
        if (str_equal(metrics[i].name, name)) {
            *out = (enum metric)i;
            return true;
        }
    return false;
}

uint64_t metrics_of_process(void)
{
    return (METRIC_BIT(METRIC_COUNT) - 1) &
           ~(METRIC_BIT(METRIC_ALLOCATIONS) | METRIC_BIT(METRIC_ALLOCATED_BYTES) |
             METRIC_BIT(METRIC_PEAK_HEAP) | METRIC_BIT(METRIC_VALUE));
}

uint64_t metrics_of_the_clock(void)
{
    return METRIC_BIT(METRIC_WALL) | METRIC_BIT(METRIC_RUN_QUEUE_WAIT) |
           METRIC_BIT(METRIC_IO_WAIT) | METRIC_BIT(METRIC_INVOLUNTARY_SWITCHES) |
           METRIC_BIT(METRIC_P50) | METRIC_BIT(METRIC_P95) | METRIC_BIT(METRIC_P99) |
           METRIC_BIT(METRIC_MAX) | METRIC_BIT(METRIC_THROUGHPUT) |
           METRIC_BIT(METRIC_VALUE);
}

bool metric_is_always_told(enum metric metric)
{
    return metric <= METRIC_INVOLUNTARY_SWITCHES && metric != METRIC_RUN_QUEUE_WAIT &&
           metric != METRIC_IO_WAIT;
}

/* In nanoseconds, bytes or a count, of what the kernel tells. */
static int64_t raw_value(enum metric metric, const struct process_result *result)
{
    switch (metric) {
    case METRIC_WALL:
        return result->wall_ns;
    case METRIC_CPU:
        return result->user_ns + result->system_ns;
    case METRIC_USER:
        return result->user_ns;
    case METRIC_SYSTEM:
        return result->system_ns;
    case METRIC_PEAK_RSS:
        return result->peak_rss_bytes;
    case METRIC_MINOR_FAULTS:
        return result->minor_faults;
    case METRIC_MAJOR_FAULTS:
        return result->major_faults;
    case METRIC_VOLUNTARY_SWITCHES:
        return result->voluntary_switches;
    case METRIC_INVOLUNTARY_SWITCHES:
        return result->involuntary_switches;
    case METRIC_RUN_QUEUE_WAIT:
        return result->run_queue_wait_ns;
    case METRIC_IO_WAIT:
        return result->io_wait_ns;
    case METRIC_READ_BYTES:
        return result->read_bytes;
    case METRIC_WRITTEN_BYTES:
        return result->written_bytes;
    case METRIC_READ_CALLS:
        return result->read_calls;
    case METRIC_WRITE_CALLS:
        return result->write_calls;
    case METRIC_DISK_READ_BYTES:
        return result->disk_read_bytes;
    case METRIC_DISK_WRITTEN_BYTES:
        return result->disk_written_bytes;
    case METRIC_INSTRUCTIONS:
        return result->instructions;
    case METRIC_CYCLES:
        return result->cycles;
    case METRIC_BRANCH_MISSES:
        return result->branch_misses;
    case METRIC_CACHE_MISSES:
        return result->cache_misses;
    case METRIC_ALLOCATIONS:
    case METRIC_ALLOCATED_BYTES:
    case METRIC_PEAK_HEAP:
    case METRIC_P50:
    case METRIC_P95:
    case METRIC_P99:
    case METRIC_MAX:
    case METRIC_THROUGHPUT:
    case METRIC_VALUE:
    case METRIC_COUNT:
        break;
    }
    abort();
}

double metric_value(enum metric metric, const struct process_result *result)
{
    if (!metric_is_always_told(metric) && !(result->told & METRIC_BIT(metric)))
        return (double)NAN;
    double value = (double)raw_value(metric, result);
    return metrics[metric].unit == METRIC_UNIT_SECONDS ? value / 1e9 : value;
}

void metric_add_value(struct str *out, enum metric metric, double value)
{
    switch (metrics[metric].unit) {
    case METRIC_UNIT_SECONDS:
        units_add_duration(out, value);
        return;
    case METRIC_UNIT_BYTES:
        units_add_size(out, value);
        return;
    case METRIC_UNIT_COUNT:
        units_add_count(out, value);
        return;
    case METRIC_UNIT_RATE:
        units_add_rate(out, value);
        return;
    case METRIC_UNIT_PLAIN:
        str_addf(out, "%.4g", value);
        return;
    }
    abort();
}
