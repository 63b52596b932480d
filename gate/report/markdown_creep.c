#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/report/creep_phrase.h"
#include "gate/report/escape.h"
#include "gate/report/markdown_page.h"
#include "gate/report/phrase.h"

static void add_introduction(struct page *page, const struct creep *creep)
{
    AUTO_FREE char *commit =
        xstrndup(creep->anchor.commit ? creep->anchor.commit : "", SHOWN_COMMIT);
    AUTO_STR struct str summary = STR_INIT;
    AUTO_STR struct str distance = STR_INIT;
    creep_add_summary(&summary, creep);
    creep_add_distance(&distance, creep);
    str_add(page->out, "### Since ");
    markdown_add_prose(page->out, creep_anchor(creep));
    str_add(page->out, "\n\nHead against the anchor ");
    markdown_add_code(page->out, commit);
    if (creep->anchor.subject && *creep->anchor.subject) {
        str_add_char(page->out, ' ');
        markdown_add_code(page->out, creep->anchor.subject);
    }
    if (distance.length)
        str_addf(page->out, ", %s before it", distance.data);
    str_add(page->out, ": ");
    markdown_add_prose(page->out, summary.data);
    if (creep->rows.count)
        str_add(page->out, " The column base is the anchor; the margins are those for "
                           "creep.");
    str_add(page->out, "\n\n");
}

static void rank(const struct creep *creep, struct ranking *ranking)
{
    static const enum verdict order[] = { VERDICT_FAILED, VERDICT_REGRESSED,
                                          VERDICT_INCONCLUSIVE, VERDICT_IMPROVED,
                                          VERDICT_OK };
    const struct result view = { .rows = creep->rows };
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
        AUTO_RANKING struct ranking part = { 0 };
        ranking_of(&view, order[i], &part);
        for (size_t r = 0; r < part.count; r++)
            *array_push(ranking) = part.items[r];
    }
}

/* Those with nothing to compare with, and why. */
static void add_new(struct page *page, const struct creep *creep)
{
    size_t left_out = 0;
    bool has_any = false;
    for (size_t i = 0; i < creep->benches.count; i++) {
        const struct bench_result *bench = &creep->benches.items[i];
        AUTO_STR struct str line = STR_INIT;
        if (bench->verdict != VERDICT_NEW)
            continue;
        has_any = true;
        str_add(&line, "- not compared: ");
        markdown_add_code(&line, bench->id);
        str_add(&line, ": ");
        markdown_add_prose(&line, bench->reason);
        str_add(&line, "\n");
        left_out += !page_add(page, &line);
    }
    page_add_left_out(page, left_out, "benchmark");
    if (has_any)
        str_add(page->out, "\n");
}

static void add_step(struct page *page, const struct creep_step *step, size_t *left_out)
{
    AUTO_STR struct str text = STR_INIT;
    AUTO_STR struct str line = STR_INIT;
    creep_add_step(&text, step);
    str_add(&line, "- ");
    AUTO_STR struct str name = STR_INIT;
    str_addf(&name, "%s %s", step->bench_id ? step->bench_id : "",
             metric_name(step->metric));
    markdown_add_code(&line, name.data);
    str_add(&line, ": ");
    markdown_add_prose(&line, text.data);
    str_add(&line, "\n");
    *left_out += !page_add(page, &line);
}

static void add_steps(struct page *page, const struct creep *creep)
{
    size_t left_out = 0;
    if (!creep->steps.count)
        return;
    str_add(page->out, "Steps between, as stored sessions measured them in pairs, oldest "
                       "first:\n\n");
    for (size_t i = 0; i < creep->steps.count; i++)
        add_step(page, &creep->steps.items[i], &left_out);
    page_add_left_out(page, left_out, "step");
    str_add(page->out, "\n");
}

void page_add_creep(struct page *page)
{
    AUTO_RANKING struct ranking ranking = { 0 };
    const struct creep *creep = page->result->creep;
    if (!creep)
        return;
    add_introduction(page, creep);
    rank(creep, &ranking);
    if (ranking.count)
        page_add_table(page, &ranking);
    add_new(page, creep);
    add_steps(page, creep);
}
