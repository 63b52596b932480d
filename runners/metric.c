#include "runners/metric.h"

#include <stdlib.h>

#include "gate/base/str.h"
#include "gate/base/units.h"
#include "runners/process.h"

static const struct metric_info metrics[METRIC_COUNT] = {
    [METRIC_WALL] = { .name = "wall",
                      .unit = METRIC_UNIT_SECONDS,
                      .description = "time on the clock, from exec to exit" },
    [METRIC_CPU] = { .name = "cpu",
                     .unit = METRIC_UNIT_SECONDS,
                     .description = "CPU time, user and system together" },
    [METRIC_USER] = { .name = "user",
                      .unit = METRIC_UNIT_SECONDS,
                      .description = "CPU time in the program itself" },
    [METRIC_SYSTEM] = { .name = "system",
                        .unit = METRIC_UNIT_SECONDS,
                        .description = "CPU time in the kernel on the program's behalf" },
    [METRIC_PEAK_RSS] = { .name = "peak_rss",
                          .unit = METRIC_UNIT_BYTES,
                          .description = "most memory resident at a time" },
    [METRIC_MINOR_FAULTS] = { .name = "minor_faults",
                              .unit = METRIC_UNIT_COUNT,
                              .description =
                                  "page faults served without reading a disk" },
    [METRIC_MAJOR_FAULTS] = { .name = "major_faults",
                              .unit = METRIC_UNIT_COUNT,
                              .description = "page faults that had to read a disk" },
    [METRIC_VOLUNTARY_SWITCHES] = { .name = "voluntary_switches",
                                    .unit = METRIC_UNIT_COUNT,
                                    .description = "times it gave the CPU up to wait" },
    [METRIC_INVOLUNTARY_SWITCHES] = { .name = "involuntary_switches",
                                      .unit = METRIC_UNIT_COUNT,
                                      .description =
                                          "times the CPU was taken away from it" },
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
        [METRIC_UNIT_SECONDS] = "s", [METRIC_UNIT_BYTES] = "B", [METRIC_UNIT_COUNT] = ""
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

/* In nanoseconds, bytes or a count. */
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
    case METRIC_COUNT:
        break;
    }
    abort();
}

double metric_value(enum metric metric, const struct process_result *result)
{
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
    }
    abort();
}
