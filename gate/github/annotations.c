#include "gate/github/annotations.h"

#include <inttypes.h>
#include <stdio.h>

#include "gate/base/str.h"
#include "gate/github/command.h"
#include "gate/github/culprit_line.h"
#include "gate/report/creep_phrase.h"
#include "gate/report/explanation_phrase.h"
#include "gate/report/headline.h"
#include "gate/report/phrase.h"
#include "gate/report/ranking.h"

#define ROWS_LISTED 10

enum level {
    LEVEL_ERROR,
    LEVEL_WARNING,
    LEVEL_COUNT
};
static const char *const level_names[LEVEL_COUNT] = { "error", "warning" };

struct notes {
    struct str *out;
    const struct result *result;
    const char *folder;
    enum level worse; /* what got worse is shown as */
    size_t shown[LEVEL_COUNT];
    size_t left_out;
    const char *benches[GITHUB_ANNOTATIONS]; /* whose regressed rows were shown */
    size_t bench_count;
};

/* False where there is no room left. */
static bool add_note(struct notes *notes,
                     enum level level,
                     const struct culprit_line *place,
                     const char *title,
                     const char *message)
{
    AUTO_STR struct str file = STR_INIT;
    char line[16];
    if (notes->shown[level] == GITHUB_ANNOTATIONS) {
        notes->left_out++;
        return false;
    }
    notes->shown[level]++;
    if (place && place->file && notes->folder) {
        str_addf(&file, "%s%s", notes->folder, place->file);
        (void)snprintf(line, sizeof line, "%" PRIu32, place->line);
    }
    const struct github_property properties[] = {
        { "file", file.length ? file.data : NULL },
        { "line", file.length ? line : NULL },
        { "title", title },
    };
    github_add_command(notes->out, level_names[level], properties,
                       sizeof properties / sizeof *properties, message);
    return true;
}

static void add_distrust(struct notes *notes)
{
    AUTO_HEADLINE struct headline headline = HEADLINE_INIT;
    AUTO_STR struct str message = STR_INIT;
    if (!result_discrediting(notes->result))
        return;
    headline_of(notes->result, &headline);
    str_addf(&message, "%s %s", headline.answer.data, headline.detail.data);
    add_note(notes, notes->worse, NULL, "The measurement is not to be trusted",
             message.data);
}

static void add_troubles(struct notes *notes)
{
    AUTO_TROUBLES struct troubles troubles = { 0 };
    troubles_of(notes->result, &troubles);
    for (size_t i = 0; i < troubles.count; i++) {
        const struct trouble *trouble = &troubles.items[i];
        AUTO_STR struct str title = STR_INIT;
        str_addf(&title, "%s %s", trouble->bench_id,
                 trouble->verdict == VERDICT_MISSING ? "is missing" : "failed");
        add_note(notes, notes->worse, NULL, title.data, trouble->reason);
    }
    if (creep_has_trouble(notes->result->creep))
        add_note(notes, notes->worse, NULL, "Head could not be compared with the anchor",
                 notes->result->creep->trouble);
}

/* "cpu +114 % (+111 .. +116), margin 5 %: 27.5 ms -> 58.9 ms in 15 pairs" */
static void add_row(struct str *out, const struct row *row)
{
    str_addf(out, "%s ", metric_name(row->metric));
    if (!row_has_numbers(row)) {
        str_add(out, verdict_name(row->verdict));
        return;
    }
    phrase_add_change(out, row->change);
    str_add_char(out, ' ');
    phrase_add_interval(out, row->change_low, row->change_high);
    str_add(out, ", margin ");
    phrase_add_share(out, row->margin);
    str_add(out, ": ");
    phrase_add_row_value(out, row, row->base_median);
    str_add(out, " -> ");
    phrase_add_row_value(out, row, row->head_median);
    str_add(out, " in ");
    phrase_add_count(out, row->pair_count, "pair");
}

static bool was_shown(const struct notes *notes, const char *bench_id)
{
    for (size_t i = 0; i < notes->bench_count; i++)
        if (str_equal(notes->benches[i], bench_id))
            return true;
    return false;
}

/* All regressed rows of the bench of this one, which is the worst, and why. */
static void
add_bench_message(struct str *out, const struct result *result, const struct row *worst)
{
    const struct explanation *why =
        explanations_find(result->explanations, worst->bench_id);
    add_row(out, worst);
    for (size_t i = 0; i < result->rows.count; i++) {
        const struct row *row = &result->rows.items[i];
        if (row == worst || !row->is_judged || row->verdict != VERDICT_REGRESSED ||
            !str_equal(row->bench_id, worst->bench_id))
            continue;
        str_add_char(out, '\n');
        add_row(out, row);
    }
    for (size_t i = 0; why && i < why->why.count; i++) {
        str_add_char(out, i ? ' ' : '\n');
        explanation_add_sentence(out, why->why.items[i]);
    }
}

static void add_regressed(struct notes *notes)
{
    AUTO_RANKING struct ranking ranking = { 0 };
    ranking_of(notes->result, VERDICT_REGRESSED, &ranking);
    for (size_t i = 0; i < ranking.count; i++) {
        const struct row *row = ranking.items[i].row;
        AUTO_STR struct str title = STR_INIT;
        AUTO_STR struct str message = STR_INIT;
        if (was_shown(notes, row->bench_id))
            continue;
        if (notes->shown[notes->worse] == GITHUB_ANNOTATIONS) {
            notes->left_out++;
            continue;
        }
        struct culprit_line place = culprit_line_of(notes->result, row->bench_id);
        str_addf(&title, "%s got %s: %s ", row->bench_id, tally_worse(row->metric),
                 metric_name(row->metric));
        phrase_add_change(&title, row->change);
        add_bench_message(&message, notes->result, row);
        add_note(notes, notes->worse, &place, title.data, message.data);
        notes->benches[notes->bench_count++] = row->bench_id;
    }
}

static void add_growths(struct notes *notes)
{
    for (size_t i = 0; i < notes->result->growths.count; i++) {
        const struct growth_result *growth = &notes->result->growths.items[i];
        AUTO_STR struct str title = STR_INIT;
        if (!growth_is_worse(growth))
            continue;
        str_addf(&title, "%s: %s grows too fast with %s", growth->name,
                 metric_name(growth->metric), growth->parameter);
        add_note(notes, notes->worse, NULL, title.data, growth->reason);
    }
}

static void add_goals(struct notes *notes)
{
    for (size_t i = 0; i < notes->result->goals.count; i++) {
        const struct goal_result *goal = &notes->result->goals.items[i];
        AUTO_STR struct str title = STR_INIT;
        AUTO_STR struct str message = STR_INIT;
        if (!goal_is_missed_anew(goal))
            continue;
        str_addf(&title, "%s misses its goal for %s", goal->bench_id, goal->label);
        phrase_add_goal_value(&message, goal);
        str_addf(&message, ", and %s ", phrase_limit(goal->metric));
        phrase_add_value(&message, goal->metric, goal->limit);
        str_add(&message, " is allowed; base met it");
        add_note(notes, notes->worse, NULL, title.data, message.data);
    }
}

static void add_creep(struct notes *notes)
{
    const struct creep *creep = notes->result->creep;
    for (size_t i = 0; creep && i < creep->rows.count; i++) {
        const struct row *row = &creep->rows.items[i];
        AUTO_STR struct str title = STR_INIT;
        AUTO_STR struct str message = STR_INIT;
        if (!row->is_judged || row->verdict != VERDICT_REGRESSED)
            continue;
        str_addf(&title, "%s crept since the anchor", row->bench_id);
        add_row(&message, row);
        add_note(notes, notes->worse, NULL, title.data, message.data);
    }
}

/* One for all rows with the verdict. */
static void add_together(struct notes *notes,
                         enum verdict verdict,
                         enum level level,
                         const char *claim)
{
    AUTO_RANKING struct ranking ranking = { 0 };
    AUTO_STR struct str title = STR_INIT;
    AUTO_STR struct str message = STR_INIT;
    ranking_of(notes->result, verdict, &ranking);
    if (!ranking.count)
        return;
    phrase_add_count(&title, ranking.count, "row");
    str_addf(&title, " %s", claim);
    for (size_t i = 0; i < ranking.count && i < ROWS_LISTED; i++) {
        const struct row *row = ranking.items[i].row;
        str_addf(&message, "%s%s ", i ? "\n" : "", row->bench_id);
        add_row(&message, row);
        if (row->reason && *row->reason)
            str_addf(&message, "; %s", row->reason);
    }
    if (ranking.count > ROWS_LISTED)
        str_addf(&message, "\nand %zu more", ranking.count - ROWS_LISTED);
    add_note(notes, level, NULL, title.data, message.data);
}

/* Nothing else can be why it failed. */
static bool fails_on_layout(const struct result *result)
{
    return result->exit == GATE_REGRESSED && result->verdict < VERDICT_REGRESSED &&
           !tally_of(result).goals_missed;
}

static void add_left_out(struct notes *notes)
{
    AUTO_STR struct str message = STR_INIT;
    const struct github_property title = { "title", "pawl" };
    if (!notes->left_out)
        return;
    str_addf(&message, "and %zu more: the summary of this step has them",
             notes->left_out);
    github_add_command(notes->out, "notice", &title, 1, message.data);
}

void github_add_annotations(struct str *out,
                            const struct result *result,
                            bool passes,
                            const char *folder)
{
    struct notes notes = {
        .out = out,
        .result = result,
        .folder = folder,
        .worse = passes ? LEVEL_WARNING : LEVEL_ERROR,
    };
    add_distrust(&notes);
    add_troubles(&notes);
    add_regressed(&notes);
    add_growths(&notes);
    add_goals(&notes);
    add_creep(&notes);
    add_together(&notes, VERDICT_INCONCLUSIVE,
                 result->exit == GATE_INCONCLUSIVE ? notes.worse : LEVEL_WARNING,
                 "could not be decided");
    add_together(&notes, VERDICT_LAYOUT_SENSITIVE,
                 fails_on_layout(result) ? notes.worse : LEVEL_WARNING,
                 "layout-sensitive");
    add_left_out(&notes);
}
