#include <stdint.h>
#include <stdlib.h>

#include "gate/base/str.h"
#include "gate/report/escape.h"
#include "gate/report/markdown_page.h"
#include "gate/report/optimization_parts.h"
#include "gate/report/phrase.h"
#include "gate/report/ranking.h"

/* Whether worse is where the whole interval lies: small, perhaps, but shown. */
static bool got_worse(const struct row *row)
{
    if (!row_has_numbers(row))
        return false;
    return metric_info(row->metric)->larger_is_better ? row->change_high < 0
                                                      : row->change_low > 0;
}

static void add_row(struct str *out, const struct row *row)
{
    AUTO_STR struct str name = STR_INIT;
    phrase_add_row_name(&name, row);
    str_add(out, "- ");
    markdown_add_code(out, name.data);
    str_add(out, ": ");
    phrase_add_change(out, row->change);
    str_add_char(out, ' ');
    phrase_add_interval(out, row->change_low, row->change_high);
    str_addf(out, ", %s\n", row->is_judged ? phrase_verdict(row->verdict) : "not judged");
}

static void add_worse_rows(struct str *out, const struct result *result)
{
    size_t count = 0;
    for (size_t i = 0; i < result->rows.count; i++)
        count += got_worse(&result->rows.items[i]);
    if (!count) {
        str_add(out, "No row was shown to have got worse, by however little.\n\n");
        return;
    }
    phrase_add_count(out, count, "row");
    str_add(out, " got worse, with the whole interval on that side:\n\n");
    for (size_t i = 0; i < result->rows.count; i++)
        if (got_worse(&result->rows.items[i]))
            add_row(out, &result->rows.items[i]);
    str_add_char(out, '\n');
}

/* What nobody can say is a cost that may be there. */
static void add_open_rows(struct str *out, const struct result *result)
{
    size_t count = result_count(result, VERDICT_INCONCLUSIVE);
    if (!count)
        return;
    phrase_add_count(out, count, "row");
    str_add(out,
            " could not be decided, and may have got worse by more than the margin: see "
            "the intervals under *Result*.\n\n");
}

static void add_missed_goals(struct str *out, const struct result *result)
{
    for (size_t i = 0; i < result->goals.count; i++) {
        const struct goal_result *goal = &result->goals.items[i];
        AUTO_STR struct str name = STR_INIT;
        if (!goal_is_missed_anew(goal))
            continue;
        str_addf(&name, "%s %s", goal->bench_id ? goal->bench_id : "",
                 goal->label ? goal->label : "");
        str_add(out, "A goal is missed that was met before: ");
        markdown_add_code(out, name.data);
        str_add(out, ".\n\n");
    }
}

static void add_code_size(struct str *out, const struct optimization_files *files)
{
    size_t added = 0;
    size_t removed = 0;
    if (!files || !files->count)
        return;
    for (size_t i = 0; i < files->count; i++) {
        added += files->items[i].added;
        removed += files->items[i].removed;
    }
    phrase_add_count(out, files->count, "file");
    str_addf(out, " changed: %zu lines added, %zu taken out (tests included).\n\n", added,
             removed);
}

static void add_program_sizes(struct str *out, const struct program_results *programs)
{
    str_add(out, "### Size of the programs\n\n");
    if (!programs->count) {
        str_add(out, "The result tells no sizes of programs.\n\n");
        return;
    }
    if (program_results_differing(programs)) {
        markdown_add_program_table(out, programs, SIZE_MAX);
        return;
    }
    str_add(out, "Same size as before: ");
    phrase_add_count(out, programs->count, "program");
    str_add(out, " that the benchmarks run.\n\n");
}

void optimization_add_costs(struct str *out,
                            const struct result *result,
                            const struct optimization *optimization)
{
    add_worse_rows(out, result);
    add_open_rows(out, result);
    add_missed_goals(out, result);
    add_code_size(out, optimization->files);
    add_program_sizes(out, &result->programs);
}

void optimization_add_correctness(struct str *out, const struct result *result)
{
    AUTO_TROUBLES struct troubles troubles = { 0 };
    troubles_of(result, &troubles);
    str_add(
        out,
        "Before anything was timed, both sides were built, the `verify` commands that "
        "pawl.json names had to succeed on both, and benchmarks with `same_output` had "
        "to print the same on both; else there would be no figures.\n\n");
    if (!troubles.count) {
        str_addf(out, "All %zu benchmarks passed.\n\n", result->benches.count);
        return;
    }
    str_addf(out, "Of %zu benchmarks, these did not pass:\n\n", result->benches.count);
    for (size_t i = 0; i < troubles.count; i++) {
        const struct trouble *trouble = &troubles.items[i];
        str_add(out, "- ");
        markdown_add_code(out, trouble->bench_id);
        str_addf(out, ": %s", verdict_name(trouble->verdict));
        if (*trouble->reason)
            str_add(out, ": ");
        markdown_add_prose(out, trouble->reason);
        str_add(out, "\n");
    }
    str_add_char(out, '\n');
}
