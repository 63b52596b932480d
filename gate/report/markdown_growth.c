#include <math.h>

#include "gate/base/str.h"
#include "gate/report/escape.h"
#include "gate/report/growth_phrase.h"
#include "gate/report/markdown_page.h"
#include "gate/report/phrase.h"

#define GROWTH_HEAD                                                         \
    "| what | answer | base | head | difference (95 %) | at most, over |\n" \
    "|:--|:--|--:|--:|--:|:--|\n"

static void add_cell(struct str *line, const struct str *text)
{
    str_add(line, " | ");
    markdown_add_prose(line, text->data);
}

static void add_exponent(struct str *line,
                         const struct growth_result *growth,
                         const struct growth_exponent *exponent)
{
    AUTO_STR struct str power = STR_INIT;
    AUTO_STR struct str interval = STR_INIT;
    if (isnan(exponent->exponent)) {
        str_add(line, " | –");
        return;
    }
    growth_add_power(&power, growth, exponent->exponent);
    growth_add_interval(&interval, exponent);
    add_cell(line, &power);
    str_add(line, " ");
    markdown_add_unbroken(line, interval.data);
}

static void add_difference(struct str *line, const struct growth_exponent *difference)
{
    AUTO_STR struct str text = STR_INIT;
    if (isnan(difference->exponent)) {
        str_add(line, " | –");
        return;
    }
    growth_add_interval(&text, difference);
    str_addf(line, " | %+.2f ", difference->exponent);
    markdown_add_unbroken(line, text.data);
}

static void add_growth(struct str *line, const struct growth_result *growth)
{
    AUTO_STR struct str name = STR_INIT;
    AUTO_STR struct str allowed = STR_INIT;
    growth_add_name(&name, growth);
    growth_add_ceiling(&allowed, growth);
    str_add(&allowed, allowed.length ? "; " : "");
    growth_add_sizes(&allowed, growth);
    str_add(line, "| ");
    markdown_add_code_cell(line, name.data);
    str_add(line, growth_is_worse(growth) ? " | **" : " | ");
    growth_add_outcome(line, growth);
    str_add(line, growth_is_worse(growth) ? "**" : "");
    add_exponent(line, growth, &growth->base);
    add_exponent(line, growth, &growth->head);
    add_difference(line, &growth->difference);
    add_cell(line, &allowed);
    str_add(line, " |\n");
}

/* False where there is none. */
static bool
add_reason(struct page *page, const struct growth_result *growth, bool is_first)
{
    AUTO_STR struct str name = STR_INIT;
    AUTO_STR struct str line = STR_INIT;
    if (!growth->reason || !*growth->reason)
        return false;
    growth_add_name(&name, growth);
    str_add(&line, is_first ? "\n- " : "- ");
    markdown_add_code(&line, name.data);
    str_add(&line, ": ");
    markdown_add_prose(&line, growth->reason);
    str_add(&line, "\n");
    return page_add(page, &line);
}

/* Those that fail the gate, or the others, as a table with its reasons. */
static void
add_table(struct page *page, const struct growth_ranking *ranking, bool is_worse)
{
    size_t left_out = 0;
    str_add(page->out, GROWTH_HEAD);
    for (size_t i = 0; i < ranking->count; i++) {
        AUTO_STR struct str line = STR_INIT;
        if (growth_is_worse(ranking->items[i].growth) != is_worse)
            continue;
        add_growth(&line, ranking->items[i].growth);
        left_out += !page_add(page, &line);
    }
    page_add_left_out(page, left_out, "benchmark");
    bool is_first = true;
    for (size_t i = 0; i < ranking->count && !left_out; i++) {
        if (growth_is_worse(ranking->items[i].growth) == is_worse)
            is_first = !add_reason(page, ranking->items[i].growth, is_first) && is_first;
    }
    str_add(page->out, "\n");
}

void page_add_worse_growth(struct page *page)
{
    AUTO_GROWTH_RANKING struct growth_ranking ranking = { 0 };
    if (!result_growths_worse(page->result))
        return;
    growth_ranking_of(page->result, &ranking);
    str_add(page->out, "### Grows too fast\n\n");
    add_table(page, &ranking, true);
    str_add(page->out,
            "Exponents k of a + b n^k, fitted over the sizes; the fixed cost a is set "
            "apart, and each size may well be within its margin. What is called worse "
            "exceeds what is allowed by more than chance and drift explain.\n\n");
}

static size_t count_outcome(const struct result *result, enum growth_outcome outcome)
{
    size_t count = 0;
    for (size_t i = 0; i < result->growths.count; i++) {
        const struct growth_result *growth = &result->growths.items[i];
        count += growth->outcome == outcome && !growth_is_worse(growth);
    }
    return count;
}

void page_add_growth(struct page *page)
{
    AUTO_GROWTH_RANKING struct growth_ranking ranking = { 0 };
    const struct result *result = page->result;
    if (result->growths.count == result_growths_worse(result))
        return;
    growth_ranking_of(result, &ranking);
    str_add(page->out, "### Growth\n\n<details><summary>");
    const char *separator = "";
    for (enum growth_outcome outcome = 0; outcome < GROWTH_OUTCOME_COUNT; outcome++) {
        size_t count = count_outcome(result, outcome);
        if (!count)
            continue;
        str_addf(page->out, "%s%zu %s", separator, count, growth_outcome_name(outcome));
        separator = ", ";
    }
    str_add(page->out, "</summary>\n\n");
    add_table(page, &ranking, false);
    str_add(page->out, "</details>\n\n");
}
