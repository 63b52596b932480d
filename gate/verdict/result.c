#include "gate/verdict/result.h"

#include <math.h>
#include <stdlib.h>

#include "gate/base/array.h"
#include "gate/base/str.h"

const char *verdict_name(enum verdict verdict)
{
    static const char *const names[VERDICT_COUNT] = {
        [VERDICT_NONE] = "none",
        [VERDICT_NEW] = "new",
        [VERDICT_REMOVED] = "removed",
        [VERDICT_IDENTICAL] = "identical",
        [VERDICT_OK] = "ok",
        [VERDICT_IMPROVED] = "improved",
        [VERDICT_WAIVED] = "waived",
        [VERDICT_LAYOUT_SENSITIVE] = "layout-sensitive",
        [VERDICT_INCONCLUSIVE] = "inconclusive",
        [VERDICT_REGRESSED] = "regressed",
        [VERDICT_MISSING] = "missing",
        [VERDICT_FAILED] = "failed",
    };
    return names[verdict];
}

const char *layout_finding_name(enum layout_finding finding)
{
    switch (finding) {
    case LAYOUT_OPEN:
        return "open";
    case LAYOUT_HOLDS:
        return "holds";
    case LAYOUT_FAILS:
        return "does not hold";
    }
    abort();
}

const char *growth_outcome_name(enum growth_outcome outcome)
{
    static const char *const names[GROWTH_OUTCOME_COUNT] = {
        [GROWTH_OK] = "ok",
        [GROWTH_CANNOT_TELL] = "can't tell",
        [GROWTH_IDENTICAL] = "identical",
        [GROWTH_WAIVED] = "waived",
        [GROWTH_FASTER] = "grows faster",
        [GROWTH_ABOVE] = "above its ceiling",
    };
    return names[outcome];
}

const char *waiver_outcome_name(enum waiver_outcome outcome)
{
    static const char *const names[WAIVER_OUTCOME_COUNT] = {
        [WAIVER_IDLE] = "not measured", [WAIVER_UNNEEDED] = "not needed",
        [WAIVER_HOLDS] = "holds",       [WAIVER_OPEN] = "not decided",
        [WAIVER_ENDED] = "ended",       [WAIVER_EXCEEDED] = "exceeded",
    };
    return names[outcome];
}

static void bench_results_clear(struct bench_results *benches)
{
    for (size_t i = 0; i < benches->count; i++) {
        struct bench_result *bench = &benches->items[i];
        free(bench->id);
        free(bench->suite);
        free(bench->reason);
        free(bench->command);
        array_clear(&bench->pairs);
        array_clear(&bench->counted_pairs);
    }
    array_clear(benches);
}

static void rows_clear(struct rows *rows)
{
    for (size_t i = 0; i < rows->count; i++) {
        free(rows->items[i].bench_id);
        free(rows->items[i].reason);
        free(rows->items[i].unit);
    }
    array_clear(rows);
}

static void growth_results_clear(struct growth_results *growths)
{
    for (size_t i = 0; i < growths->count; i++) {
        free(growths->items[i].name);
        free(growths->items[i].parameter);
        free(growths->items[i].ceiling);
        free(growths->items[i].reason);
    }
    array_clear(growths);
}

static void waiver_results_clear(struct waiver_results *waivers)
{
    for (size_t i = 0; i < waivers->count; i++) {
        free(waivers->items[i].row);
        free(waivers->items[i].metric);
        free(waivers->items[i].up_to);
        free(waivers->items[i].reason);
        free(waivers->items[i].owner);
        free(waivers->items[i].until);
        strvec_clear(&waivers->items[i].for_rows);
    }
    array_clear(waivers);
}

static void revision_info_clear(struct revision_info *revision)
{
    free(revision->commit);
    free(revision->tree);
    free(revision->subject);
    free(revision->asked);
    free(revision->merged);
}

void second_opinion_free(struct second_opinion *opinion)
{
    if (!opinion)
        return;
    bench_results_clear(&opinion->benches);
    rows_clear(&opinion->rows);
    growth_results_clear(&opinion->growths);
    free(opinion);
}

static void layout_block_clear(struct layout_block *block)
{
    free(block->compile_flags);
    free(block->link_flags);
    bench_results_clear(&block->benches);
    rows_clear(&block->rows);
}

void layout_study_free(struct layout_study *study)
{
    if (!study)
        return;
    for (size_t i = 0; i < study->blocks.count; i++)
        layout_block_clear(&study->blocks.items[i]);
    for (size_t i = 0; i < study->rows.count; i++)
        free(study->rows.items[i].bench_id);
    array_clear(&study->blocks);
    array_clear(&study->rows);
    free(study->cut_short);
    free(study);
}

static void creep_steps_clear(struct creep_steps *steps)
{
    for (size_t i = 0; i < steps->count; i++) {
        struct creep_step *step = &steps->items[i];
        free(step->bench_id);
        free(step->commit);
        free(step->base);
        free(step->subject);
        free(step->session);
    }
    array_clear(steps);
}

void creep_free(struct creep *creep)
{
    if (!creep)
        return;
    revision_info_clear(&creep->anchor);
    free(creep->note);
    free(creep->trouble);
    bench_results_clear(&creep->benches);
    rows_clear(&creep->rows);
    creep_steps_clear(&creep->steps);
    free(creep);
}

void result_clear(struct result *result)
{
    free(result->pawl_version);
    free(result->started_at);
    revision_info_clear(&result->base);
    revision_info_clear(&result->head);
    free(result->base_rule);
    free(result->config_rule);
    free(result->relevance);
    machine_clear(&result->machine);
    free(result->accounting);
    free(result->toolchain);
    free(result->pinning);
    free(result->priority);
    free(result->reproduce);
    bench_results_clear(&result->benches);
    rows_clear(&result->rows);
    goal_results_clear(&result->goals);
    growth_results_clear(&result->growths);
    waiver_results_clear(&result->waivers);
    program_results_clear(&result->programs);
    second_opinion_free(result->confirm);
    second_opinion_free(result->control);
    layout_study_free(result->layouts);
    creep_free(result->creep);
    baseline_free(result->baseline);
    sharding_free(result->sharding);
    explanations_free(result->explanations);
    strvec_clear(&result->config_changes);
    strvec_clear(&result->warnings);
    strvec_clear(&result->changed_paths);
    *result = (struct result){ 0 };
}

const struct row *
rows_find_judged(const struct rows *rows, const char *bench_id, enum metric metric)
{
    for (size_t i = 0; i < rows->count; i++) {
        const struct row *row = &rows->items[i];
        if (row->is_judged && row->metric == metric && str_equal(row->bench_id, bench_id))
            return row;
    }
    return NULL;
}

const struct row *
rows_find_measured(const struct rows *rows, const char *bench_id, enum metric metric)
{
    for (size_t i = 0; i < rows->count; i++) {
        const struct row *row = &rows->items[i];
        if (row->metric == metric && row->pair_count && isfinite(row->base_median) &&
            isfinite(row->head_median) && isfinite(row->change) &&
            str_equal(row->bench_id, bench_id))
            return row;
    }
    return NULL;
}

const struct row *result_confirming(const struct result *result, const struct row *row)
{
    if (!result->confirm || !row->is_judged)
        return NULL;
    return rows_find_judged(&result->confirm->rows, row->bench_id, row->metric);
}

const struct layout_row *result_over_layouts(const struct result *result,
                                             const struct row *row)
{
    for (size_t i = 0; result->layouts && i < result->layouts->rows.count; i++) {
        const struct layout_row *over = &result->layouts->rows.items[i];
        if (row->is_judged && over->metric == row->metric &&
            str_equal(over->bench_id, row->bench_id))
            return over;
    }
    return NULL;
}

bool row_discredits(const struct row *row)
{
    return row->is_judged &&
           (row->verdict == VERDICT_REGRESSED || row->verdict == VERDICT_IMPROVED ||
            row->verdict == VERDICT_FAILED);
}

size_t result_discrediting(const struct result *result)
{
    size_t count = 0;
    for (size_t i = 0; result->control && i < result->control->rows.count; i++)
        count += row_discredits(&result->control->rows.items[i]);
    return count;
}

size_t result_count(const struct result *result, enum verdict verdict)
{
    size_t count = 0;
    for (size_t i = 0; i < result->rows.count; i++) {
        const struct row *row = &result->rows.items[i];
        count += row->is_judged && row->verdict == verdict;
    }
    return count;
}

/* Rows with an answer: everything but those that could not be measured or decided. */
static bool has_answer(enum verdict verdict)
{
    return verdict != VERDICT_INCONCLUSIVE && verdict != VERDICT_MISSING &&
           verdict != VERDICT_FAILED && verdict != VERDICT_NEW &&
           verdict != VERDICT_REMOVED;
}

char *rows_coverage(const struct rows *rows)
{
    size_t counts[VERDICT_COUNT] = { 0 };
    size_t total = 0;
    size_t answered = 0;
    for (size_t i = 0; i < rows->count; i++) {
        const struct row *row = &rows->items[i];
        if (!row->is_judged)
            continue;
        total++;
        counts[row->verdict]++;
        answered += has_answer(row->verdict);
    }

    struct str line = STR_INIT;
    str_addf(&line, "%zu of %zu rows judged", answered, total);
    if (counts[VERDICT_WAIVED])
        str_addf(&line, " (%zu waived)", counts[VERDICT_WAIVED]);
    const char *separator = ": ";
    for (int verdict = VERDICT_COUNT - 1; verdict >= 0; verdict--) {
        if (counts[verdict] && !has_answer((enum verdict)verdict)) {
            str_addf(&line, "%s%zu %s", separator, counts[verdict],
                     verdict_name((enum verdict)verdict));
            separator = ", ";
        }
    }
    return str_detach(&line);
}

char *result_coverage(const struct result *result)
{
    return rows_coverage(&result->rows);
}

bool growth_is_worse(const struct growth_result *growth)
{
    return growth->outcome == GROWTH_FASTER ||
           (growth->outcome == GROWTH_ABOVE && !growth->was_above_on_base);
}

size_t result_growths_worse(const struct result *result)
{
    size_t count = 0;
    for (size_t i = 0; i < result->growths.count; i++)
        count += growth_is_worse(&result->growths.items[i]);
    return count;
}
