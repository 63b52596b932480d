#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/report/markdown_page.h"

static void add_introduction(struct page *page)
{
    AUTO_FREE char *coverage = rows_coverage(&page->result->control->rows);
    str_addf(page->out,
             "### Control: base against a copy of itself\n\n"
             "%s; head's column is the copy. %s\n\n",
             coverage,
             result_discrediting(page->result)
                 ? "Nothing changed between the two, so what goes wrong here goes wrong "
                   "in measuring."
                 : "None was seen to differ by more than its margin.");
}

/* Those that discredit the measurement first. */
static void rank(const struct second_opinion *control, struct ranking *ranking)
{
    static const enum verdict order[] = { VERDICT_FAILED, VERDICT_REGRESSED,
                                          VERDICT_IMPROVED, VERDICT_INCONCLUSIVE,
                                          VERDICT_OK };
    const struct result view = { .rows = control->rows };
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
        AUTO_RANKING struct ranking part = { 0 };
        ranking_of(&view, order[i], &part);
        for (size_t r = 0; r < part.count; r++)
            *array_push(ranking) = part.items[r];
    }
}

void page_add_control(struct page *page)
{
    AUTO_RANKING struct ranking ranking = { 0 };
    if (!page->result->control || !page->result->control->rows.count)
        return;
    rank(page->result->control, &ranking);
    add_introduction(page);
    if (ranking.count)
        page_add_table(page, &ranking);
}
