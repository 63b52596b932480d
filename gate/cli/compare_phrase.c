#include "gate/cli/compare_phrase.h"

#include <math.h>
#include <stdlib.h>

#include "gate/base/str.h"
#include "gate/base/units.h"
#include "gate/report/phrase.h"
#include "runners/metric.h"

#define LARGEST_WHOLE 1e15

static size_t count_of(const struct comparison *comparison, enum verdict verdict)
{
    size_t count = 0;
    for (size_t i = 0; i < comparison->count; i++)
        count += comparison->items[i].verdict == verdict;
    return count;
}

static void add_of(struct str *out,
                   const struct comparison *comparison,
                   size_t part,
                   const char *what)
{
    str_addf(out, "%zu of ", part);
    phrase_add_count(out, comparison->count, "row");
    str_add(out, what);
}

static void add_margin(struct str *out, const struct comparison *comparison)
{
    str_add(out, " by more than ");
    phrase_add_share(out, comparison->margin);
    str_add(out, ".");
}

static void add_regressed(struct str *out, const struct comparison *comparison)
{
    add_of(out, comparison, count_of(comparison, VERDICT_REGRESSED), " got worse");
    add_margin(out, comparison);
}

/* What could not be compared comes first: without it there is no answer. */
static void add_not_compared(struct str *out, const struct comparison *comparison)
{
    size_t failed = count_of(comparison, VERDICT_FAILED);
    size_t missing = count_of(comparison, VERDICT_MISSING);
    str_add(out, "Could not compare ");
    add_of(out, comparison, failed + missing, ":");
    if (failed)
        str_addf(out, " %zu failed", failed);
    if (missing)
        str_addf(out, "%s %zu missing in head", failed ? "," : "", missing);
    str_add(out, ".");
    if (!count_of(comparison, VERDICT_REGRESSED))
        return;
    str_add(out, " Of the rest, ");
    add_regressed(out, comparison);
}

void compare_add_headline(struct str *out, const struct comparison *comparison)
{
    size_t undecided = count_of(comparison, VERDICT_INCONCLUSIVE);
    size_t improved = count_of(comparison, VERDICT_IMPROVED);

    if (comparison->exit == EXIT_NOT_MEASURED) {
        add_not_compared(out, comparison);
    } else if (comparison->exit == EXIT_REGRESSION) {
        str_add(out, "No: ");
        add_regressed(out, comparison);
    } else if (undecided) {
        str_add(out, comparison->exit == EXIT_PASS ? "Yes, but " : "Not yet: ");
        add_of(out, comparison, undecided, " could not be decided.");
    } else if (count_of(comparison, VERDICT_NEW) == comparison->count) {
        str_add(out, "Yes, but nothing was judged: no benchmark is in both files.");
    } else {
        str_add(out, "Yes: nothing got worse");
        add_margin(out, comparison);
    }
    if (improved) {
        str_add_char(out, ' ');
        phrase_add_count(out, improved, "row");
        str_add(out, " improved.");
    }
}

/* Whole numbers as counts, others with four digits: nobody knows what they are. */
static void add_plain(struct str *out, double value)
{
    if (value >= 1000 && value < LARGEST_WHOLE)
        units_add_count(out, round(value));
    else
        str_addf(out, "%.4g", value);
}

void compare_add_value(struct str *out, enum series_unit unit, double value)
{
    if (!isfinite(value)) {
        str_add(out, "?");
        return;
    }
    switch (unit) {
    case SERIES_SECONDS:
        units_add_duration(out, value);
        return;
    case SERIES_BYTES:
        units_add_size(out, value);
        return;
    case SERIES_COUNT:
    case SERIES_PLAIN:
        add_plain(out, value);
        return;
    case SERIES_RATE:
        metric_add_value(out, METRIC_THROUGHPUT, value);
        return;
    }
    abort();
}

void compare_add_counts(struct str *out,
                        const struct comparison *comparison,
                        const struct comparison_row *row)
{
    if (!row->base_count || !row->head_count)
        return;
    if (comparison->is_paired)
        phrase_add_count(out, row->base_count, "pair");
    else
        str_addf(out, "%zu and %zu values", row->base_count, row->head_count);
}

void compare_add_change(struct str *out, const struct comparison_row *row)
{
    if (isnan(row->change))
        return;
    phrase_add_change(out, row->change);
    str_add_char(out, ' ');
    phrase_add_interval(out, isinf(row->change_high) ? (double)NAN : row->change_low,
                        row->change_high);
}

void compare_add_error_rates(struct str *out, const struct comparison *comparison)
{
    str_add(out, "The chance of even one false alarm over all rows is at most ");
    phrase_add_share(out, comparison->false_alarm);
    str_add(out, comparison->is_paired ? " (signed ranks" : " (rank sums");
    str_add(out, ", Holm's correction); an ok row lets a change as large as its margin "
                 "through with at most ");
    phrase_add_share(out, comparison->miss);
    str_add(out, comparison->is_paired
                     ? ". This holds where a coin dealt the order of each pair."
                     : ". This holds for values that differ by nothing but the change.");
}
