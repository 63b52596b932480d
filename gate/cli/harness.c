#include "gate/cli/harness.h"

#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/text.h"
#include "gate/stats/robust.h"
#include "runners/formats/format.h"

#define STANDARD_OUTPUT "standard output"
#define MOST_CHARACTERS 1000

/* A sentence with what was printed in it, as journals and reports can hold it. Takes text
 * over. */
static char *cleaned(char *text)
{
    struct str clean = STR_INIT;
    text_add_clean(&clean, text, MOST_CHARACTERS);
    free(text);
    return str_detach(&clean);
}

void harness_run_clear(struct harness_run *run)
{
    recording_clear(&run->recording);
    free(run->failure);
    *run = (struct harness_run){ 0 };
}

static const char *place_of(const struct benchmark *benchmark)
{
    return benchmark->results_path ? benchmark->results_path : STANDARD_OUTPUT;
}

/* Which metric of a gate a series is. A count is as good as any other number: which of
 * pawl's counts it is, nobody tells. */
static enum metric metric_of(const struct series *series)
{
    enum metric metric = METRIC_VALUE;
    if (str_equal(series->quantity, "bytes"))
        return METRIC_ALLOCATED_BYTES;
    if (str_equal(series->quantity, "allocs"))
        return METRIC_ALLOCATIONS;
    return metric_parse(series->quantity, &metric) ? metric : METRIC_VALUE;
}

static bool is_of(const struct series *series, const char *name, enum metric metric)
{
    return str_equal(series->name, name) && metric_of(series) == metric;
}

static const struct series *
find_series(const struct recording *recording, const char *name, enum metric metric)
{
    for (size_t i = 0; i < recording->count; i++) {
        if (is_of(&recording->items[i], name, metric))
            return &recording->items[i];
    }
    return NULL;
}

/* Two quantities of one name that are one metric here can't both be its value. */
static int check_clashes(const struct recording *recording, struct error *err)
{
    for (size_t i = 0; i < recording->count; i++) {
        const struct series *series = &recording->items[i];
        const struct series *first =
            find_series(recording, series->name, metric_of(series));
        if (first != series)
            return error_set(err, ERROR_USAGE,
                             "'%s' is printed as %s and as %s, which are both its '%s'",
                             series->name, first->quantity, series->quantity,
                             metric_name(metric_of(series)));
    }
    return 0;
}

static int read_text(struct recording *recording,
                     const struct benchmark *benchmark,
                     struct str *text,
                     struct error *err)
{
    AUTO_DOCUMENT struct document document;
    if (document_take(&document, text, place_of(benchmark), err) < 0)
        return -1;
    const struct format *format = format_find(benchmark->format);
    if (!format)
        format = format_recognise(&document);
    if (!format)
        return format_unknown(&document, format_names, err);
    if (format_read(format, &document, recording, err) < 0)
        return -1;
    return check_clashes(recording, err);
}

void harness_read(struct harness_run *run,
                  const struct benchmark *benchmark,
                  enum side side,
                  struct str *text)
{
    struct error err = { 0 };
    harness_run_clear(run);
    if (read_text(&run->recording, benchmark, text, &err) == 0)
        return;
    recording_clear(&run->recording);
    run->failure = cleaned(str_format("%s: %s", side_names[side], err.message));
}

void harness_read_nothing(struct harness_run *run,
                          const struct benchmark *benchmark,
                          enum side side)
{
    harness_run_clear(run);
    run->failure =
        str_format("%s wrote nothing to '%s'", side_names[side], place_of(benchmark));
}

void harness_names(const struct harness_run *run, struct strvec *names)
{
    for (size_t i = 0; i < run->recording.count; i++) {
        const char *name = run->recording.items[i].name;
        bool is_known = false;
        for (size_t k = 0; k < names->count && !is_known; k++)
            is_known = str_equal(names->items[k], name);
        if (!is_known)
            strvec_push(names, name);
    }
}

struct harness_metrics harness_metrics(const struct harness_run *run, const char *name)
{
    struct harness_metrics metrics = { 0 };
    for (size_t i = 0; i < run->recording.count; i++) {
        const struct series *series = &run->recording.items[i];
        if (!str_equal(series->name, name))
            continue;
        metrics.told |= METRIC_BIT(metric_of(series));
        if (series->is_shown_only)
            metrics.shown |= METRIC_BIT(metric_of(series));
    }
    return metrics;
}

static const char *failure_of(const struct recording *recording, const char *name)
{
    for (size_t i = 0; i < recording->count; i++) {
        const struct series *series = &recording->items[i];
        if (str_equal(series->name, name) && series->failure)
            return series->failure;
    }
    return NULL;
}

char *harness_fill(const struct harness_run *run,
                   enum side side,
                   const char *name,
                   uint64_t metrics,
                   struct readings *out)
{
    const char *failure = failure_of(&run->recording, name);
    struct readings filled = { 0 };
    if (run->failure)
        return xstrdup(run->failure);
    if (failure)
        return cleaned(str_format("%s: %s", side_names[side], failure));
    if (!harness_metrics(run, name).told)
        return cleaned(str_format("%s did not print '%s'", side_names[side], name));
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++) {
        if (!(metrics & METRIC_BIT(metric)))
            continue;
        const struct series *series = find_series(&run->recording, name, metric);
        if (!series || !series->count)
            return cleaned(str_format("%s printed '%s' without its %s", side_names[side],
                                      name, metric_name(metric)));
        readings_set(&filled, metric, robust_median(series->items, series->count));
    }
    *out = filled;
    return NULL;
}
