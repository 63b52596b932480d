/* What the runs of one command took: figures of each metric, as text and for export. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "gate/base/attributes.h"
#include "gate/base/strvec.h"
#include "gate/stats/interval.h"
#include "runners/metric.h"
#include "runners/process.h"

struct str;

struct runs {
    struct process_result *items;
    size_t count;
    size_t capacity;
};
void runs_clear(struct runs *runs);
#define AUTO_RUNS AUTO(runs_clear)

/* In the metric's base unit. Quantiles as R's default (type 7). */
struct figures {
    double median;
    struct interval interval; /* 95 % of the median; unbounded below 6 runs */
    double mean;
    double sd; /* plain */
    double min;
    double p95;
    double p99;
    double max;
};

/* Of values that are finite, at least one. */
void figures_of_values(const double *values, size_t count, struct figures *out);
/* False where the runs don't tell the metric. */
bool figures_of(const struct runs *runs, enum metric metric, struct figures *out);

/* A table for people: medians, intervals, tails. */
void figures_add_table(const struct strvec *argv,
                       const struct runs *runs,
                       struct str *out);
/* The same in markdown. */
void figures_add_markdown(const struct strvec *argv,
                          const struct runs *runs,
                          struct str *out);
/* "pawl-measurement/1": the figures and every run, base units. */
void figures_add_json(const struct strvec *argv,
                      const struct runs *runs,
                      struct str *out);
/* A line a run, a column a metric, base units. */
void figures_add_csv(const struct strvec *argv, const struct runs *runs, struct str *out);
