/* What a run is judged by: each metric's name, unit and meaning stand in one table. */
#pragma once

#include <stdbool.h>

#include "gate/base/attributes.h"

struct process_result;
struct str;

enum metric {
    METRIC_WALL,
    METRIC_CPU, /* user and system together */
    METRIC_USER,
    METRIC_SYSTEM,
    METRIC_PEAK_RSS,
    METRIC_MINOR_FAULTS,
    METRIC_MAJOR_FAULTS,
    METRIC_VOLUNTARY_SWITCHES,
    METRIC_INVOLUNTARY_SWITCHES,
    METRIC_COUNT /* how many there are; not a metric */
};

/* The base unit that statistics and result files see. */
enum metric_unit {
    METRIC_UNIT_SECONDS,
    METRIC_UNIT_BYTES,
    METRIC_UNIT_COUNT,
};

struct metric_info {
    const char *name; /* in configurations and result files: "peak_rss" */
    enum metric_unit unit;
    bool larger_is_better;
    const char *description; /* one line, no full stop */
};

/* The metric's row of the table; never NULL. */
const struct metric_info *metric_info(enum metric metric);
const char *metric_name(enum metric metric);

/* "s", "B" or "" for counts. */
const char *metric_unit_name(enum metric_unit unit);

/* Finds the metric of that name. False, with *out as it was, where there is none. */
bool metric_parse(const char *name, enum metric *out) MUST_CHECK;

/* The metric's value for one run, in base units: seconds, bytes or a count. */
double metric_value(enum metric metric, const struct process_result *result);

/* Appends a value (in base units) as people read it: "1.23 ms", "45.6 MiB", "1,234". */
void metric_add_value(struct str *out, enum metric metric, double value);
