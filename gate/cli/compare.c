#include "gate/cli/compare.h"

#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/cli/compare_judge.h"

void comparison_clear(struct comparison *comparison)
{
    for (size_t i = 0; i < comparison->count; i++) {
        free(comparison->items[i].name);
        free(comparison->items[i].quantity);
        free(comparison->items[i].reason);
    }
    array_clear(comparison);
    strvec_clear(&comparison->warnings);
}

static struct comparison_row *add_row(struct comparison *comparison,
                                      const char *name,
                                      const char *quantity,
                                      enum series_unit unit)
{
    struct comparison_row *row = array_push(comparison);
    *row = (struct comparison_row){
        .name = xstrdup(name),
        .quantity = xstrdup(quantity),
        .unit = unit,
        .reason = xstrdup(""),
        .base_median = (double)NAN,
        .head_median = (double)NAN,
        .change = (double)NAN,
        .change_low = (double)NAN,
        .change_high = (double)NAN,
        .p_regressed = 1,
        .p_regressed_holm = 1,
        .p_ok = 1,
        .p_improved = 1,
        .p_improved_holm = 1,
    };
    return row;
}

static void
settle_without_values(struct comparison_row *row, enum verdict verdict, char *reason)
{
    free(row->reason);
    row->reason = reason;
    row->verdict = verdict;
}

static void add_single(struct comparison *comparison,
                       const struct series *series,
                       enum verdict verdict,
                       const char *other_path)
{
    struct comparison_row *row =
        add_row(comparison, series->name, series->quantity, series->unit);
    if (series->failure && verdict == VERDICT_NEW)
        settle_without_values(row, VERDICT_FAILED,
                              str_format("head: %s", series->failure));
    else
        settle_without_values(row, verdict, str_format("not in '%s'", other_path));
}

static void add_both(struct comparison *comparison,
                     const struct series *base,
                     const struct series *head)
{
    struct comparison_row *row =
        add_row(comparison, head->name, head->quantity, head->unit);
    row->base_count = base->count;
    row->head_count = head->count;
    const struct series *failed = base->failure ? base : head;
    if (failed->failure)
        settle_without_values(
            row, VERDICT_FAILED,
            str_format("%s: %s", failed == base ? "base" : "head", failed->failure));
    else
        judge_two_samples(comparison, row, base, head);
}

static const struct series *first_of_name(const struct recording *recording,
                                          const char *name)
{
    for (size_t i = 0; i < recording->count; i++) {
        if (str_equal(recording->items[i].name, name))
            return &recording->items[i];
    }
    return NULL;
}

/* A benchmark that is there on both sides, but is measured in nothing that they share,
 * can't be compared, and its rows must not pass for one missing and one new. */
static int check_quantities(const struct comparison *comparison,
                            const struct recording *base,
                            const struct recording *head,
                            struct error *err)
{
    for (size_t i = 0; i < base->count; i++) {
        const struct series *series = &base->items[i];
        const struct series *other = first_of_name(head, series->name);
        bool is_shared = !other;
        for (size_t k = 0; k < base->count; k++)
            is_shared = is_shared ||
                        (str_equal(base->items[k].name, series->name) &&
                         recording_find(head, series->name, base->items[k].quantity));
        if (!is_shared)
            return error_set(err, ERROR_USAGE,
                             "'%s' is measured by '%s' in '%s' and by '%s' in '%s': "
                             "nothing to compare",
                             series->name, series->quantity, comparison->base_path,
                             other->quantity, comparison->head_path);
    }
    return 0;
}

static void match_base(struct comparison *comparison,
                       const struct recording *base,
                       const struct recording *head)
{
    for (size_t i = 0; i < base->count; i++) {
        const struct series *series = &base->items[i];
        const struct series *other = recording_find(head, series->name, series->quantity);
        if (other && !(series->is_shown_only && other->is_shown_only))
            add_both(comparison, series, other);
        else if (!other && !series->is_shown_only)
            add_single(comparison, series, VERDICT_MISSING, comparison->head_path);
    }
}

static void warn_of_machines(struct comparison *comparison,
                             const struct recording *base,
                             const struct recording *head)
{
    if (base->machine && head->machine && !str_equal(base->machine, head->machine))
        strvec_pushf(&comparison->warnings,
                     "measured on different machines: '%s' and '%s'", base->machine,
                     head->machine);
}

int compare_samples(struct comparison *comparison,
                    const struct recording *base,
                    const struct recording *head,
                    struct error *err)
{
    if (check_quantities(comparison, base, head, err) < 0)
        return -1;
    strvec_push(&comparison->warnings,
                "the two files are separate sessions: whatever the machine did "
                "differently between them counts as change. 'pawl check' and "
                "'pawl measure' run both sides in pairs, which leaves it out");
    warn_of_machines(comparison, base, head);
    strvec_push_all(&comparison->warnings, &base->warnings);
    strvec_push_all(&comparison->warnings, &head->warnings);
    match_base(comparison, base, head);
    for (size_t i = 0; i < head->count; i++) {
        const struct series *series = &head->items[i];
        if (!series->is_shown_only &&
            !recording_find(base, series->name, series->quantity))
            add_single(comparison, series, VERDICT_NEW, comparison->base_path);
    }
    judge_comparison(comparison);
    return 0;
}

void compare_pairs(struct comparison *comparison,
                   const struct paired_recording *recording)
{
    for (size_t i = 0; i < recording->count; i++) {
        const struct paired_series *pairs = &recording->items[i];
        struct comparison_row *row =
            add_row(comparison, pairs->name, "value", SERIES_PLAIN);
        row->base_count = row->head_count = pairs->count;
        judge_pairs(comparison, row, pairs);
    }
    judge_comparison(comparison);
}
