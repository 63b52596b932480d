#include "gate/report/terminal_creep.h"

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/report/baseline_phrase.h"
#include "gate/report/creep_phrase.h"
#include "gate/report/escape.h"
#include "gate/report/phrase.h"
#include "gate/report/ranking.h"

enum {
    ROWS_AT_MOST = 20,
    STEPS_AT_MOST = 20,
    OUTCOME_WIDTH = 12,
    STEP_INDENT = 6
};

struct page_of_creep {
    const struct creep *creep;
    struct terminal_color color;
    size_t width;
    struct str *out;
};

static bool is_step_of(const struct creep_step *step, const struct row *row)
{
    return step->metric == row->metric && str_equal(step->bench_id, row->bench_id);
}

static void add_steps(const struct page_of_creep *page, const struct row *row)
{
    const struct creep_steps *steps = &page->creep->steps;
    size_t shown = 0;
    size_t more = 0;
    for (size_t i = 0; i < steps->count; i++) {
        AUTO_STR struct str text = STR_INIT;
        AUTO_STR struct str line = STR_INIT;
        if (!is_step_of(&steps->items[i], row))
            continue;
        if (shown == STEPS_AT_MOST) {
            more++;
            continue;
        }
        shown++;
        creep_add_step(&text, &steps->items[i]);
        text_add_clean(&line, text.data, SHOWN_SENTENCE);
        text_add_wrapped(page->out, line.data, STEP_INDENT, page->width);
    }
    if (more)
        str_addf(page->out, "%*s… and %zu more, in the JSON result\n", STEP_INDENT, "",
                 more);
}

static void add_row(const struct page_of_creep *page, const struct row *row)
{
    AUTO_STR struct str name = STR_INIT;
    AUTO_STR struct str line = STR_INIT;
    AUTO_STR struct str outcome = STR_INIT;
    bool is_bad = row->verdict != VERDICT_INCONCLUSIVE;
    phrase_add_row_name(&name, row);
    text_add_clean(&line, name.data, SHOWN_NAME);
    str_add(&line, ": ");
    text_add_clean(&line, row->reason ? row->reason : "", SHOWN_SENTENCE);
    text_cut(&line, page->width - OUTCOME_WIDTH - 3);
    text_add_left(&outcome, creep_outcome(row->verdict), OUTCOME_WIDTH - 1);
    str_addf(page->out, "  %s%s%s  %s\n", is_bad ? page->color.begin : "", outcome.data,
             is_bad ? page->color.end : "", line.data);
    add_steps(page, row);
}

static void add_rows(const struct page_of_creep *page, enum verdict verdict)
{
    const struct result view = { .rows = page->creep->rows };
    AUTO_RANKING struct ranking ranking = { 0 };
    ranking_of(&view, verdict, &ranking);
    for (size_t i = 0; i < ranking.count && i < ROWS_AT_MOST; i++)
        add_row(page, ranking.items[i].row);
    if (ranking.count > ROWS_AT_MOST)
        str_addf(page->out, "  … and %zu more like these\n",
                 ranking.count - ROWS_AT_MOST);
}

void terminal_add_baseline(const struct result *result, size_t width, struct str *out)
{
    AUTO_STR struct str text = STR_INIT;
    AUTO_STR struct str line = STR_INIT;
    if (!result->baseline)
        return;
    str_add(&text, "base was not measured: head is held against ");
    baseline_add_summary(&text, result->baseline);
    text_add_clean(&line, text.data, SHOWN_SENTENCE);
    text_add_wrapped(out, line.data, 0, width);
}

void terminal_add_creep(const struct result *result,
                        struct terminal_color color,
                        size_t width,
                        struct str *out)
{
    const struct creep *creep = result->creep;
    if (!creep)
        return;
    AUTO_STR struct str text = STR_INIT;
    AUTO_STR struct str line = STR_INIT;
    AUTO_STR struct str distance = STR_INIT;
    AUTO_STR struct str summary = STR_INIT;
    AUTO_FREE char *commit =
        xstrndup(creep->anchor.commit ? creep->anchor.commit : "", SHOWN_COMMIT);
    creep_add_distance(&distance, creep);
    creep_add_summary(&summary, creep);
    str_addf(&text, "since %s (%s%s%s): %s", creep_anchor(creep), commit,
             distance.length ? ", " : "", distance.data, summary.data);
    text_add_clean(&line, text.data, SHOWN_SENTENCE);
    str_add(out, "\n");
    text_add_wrapped(out, line.data, 0, width);
    const struct page_of_creep page = { creep, color, width, out };
    add_rows(&page, VERDICT_FAILED);
    add_rows(&page, VERDICT_REGRESSED);
    add_rows(&page, VERDICT_INCONCLUSIVE);
}
