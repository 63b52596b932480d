#include "gate/base/str.h"
#include "gate/report/escape.h"
#include "gate/report/figure.h"
#include "gate/report/headline.h"
#include "gate/report/markdown_page.h"
#include "gate/report/phrase.h"

#define NO_BREAK "\xc2\xa0" /* U+00A0 */
#define ROWS_HEAD                                                           \
    "| what | change (95 %) | against its margin | base | head | pairs |\n" \
    "|:--|--:|:--|--:|--:|--:|\n"
#define STORED_ROWS_HEAD                                                             \
    "| what | change (95 %) | against its margin | stored | head | runs of head |\n" \
    "|:--|--:|:--|--:|--:|--:|\n"

bool page_add(struct page *page, const struct str *text)
{
    if (page->out->length + text->length > page->end)
        return false;
    str_add(page->out, text->data);
    return true;
}

void page_add_left_out(struct page *page, size_t count, const char *noun)
{
    if (!count)
        return;
    str_add(page->out, "\n… and ");
    phrase_add_count(page->out, count, noun);
    str_add(page->out,
            " more, left out here for size; the JSON result has all of them.\n");
}

static void add_trouble(struct str *line, const struct trouble *trouble)
{
    str_add(line, "| ");
    markdown_add_code_cell(line, trouble->bench_id);
    str_addf(line, " | %s", verdict_name(trouble->verdict));
    if (*trouble->reason) {
        str_add(line, ": ");
        markdown_add_prose(line, trouble->reason);
    }
    str_add(line, " |\n");
}

void page_add_troubles(struct page *page)
{
    AUTO_TROUBLES struct troubles troubles = { 0 };
    troubles_of(page->result, &troubles);
    if (!troubles.count)
        return;

    str_add(page->out, "### Not measured\n\n| benchmark | what happened |\n|:--|:--|\n");
    size_t shown = 0;
    for (; shown < troubles.count; shown++) {
        AUTO_STR struct str line = STR_INIT;
        add_trouble(&line, &troubles.items[shown]);
        if (!page_add(page, &line))
            break;
    }
    page_add_left_out(page, troubles.count - shown, "benchmark");
    str_add(page->out, "\n");
}

void markdown_add_unbroken(struct str *out, const char *text)
{
    for (const char *c = text; *c; c++) {
        if (*c == ' ')
            str_add(out, NO_BREAK);
        else
            str_add_char(out, *c);
    }
}

static void add_value(struct str *line, const struct row *row, double value)
{
    AUTO_STR struct str text = STR_INIT;
    AUTO_STR struct str escaped = STR_INIT;
    phrase_add_row_value(&text, row, value);
    markdown_add_prose(&escaped, text.data);
    markdown_add_unbroken(line, escaped.data);
}

static void add_share(struct str *line, double share)
{
    AUTO_STR struct str text = STR_INIT;
    phrase_add_share(&text, share);
    markdown_add_unbroken(line, text.data);
}

static void add_change(struct str *line, const struct row *row)
{
    AUTO_STR struct str change = STR_INIT;
    AUTO_STR struct str interval = STR_INIT;
    phrase_add_change(&change, row->change);
    phrase_add_interval(&interval, row->change_low, row->change_high);
    markdown_add_unbroken(line, change.data);
    str_add(line, " ");
    markdown_add_unbroken(line, interval.data);
    str_add(line, " | ");
    if (!row->is_judged)
        return;
    str_add(line, "`");
    figure_add(line, row);
    str_add(line, "` ");
}

/* What is asked first comes first: a phone shows two columns or three. */
static void add_row(struct str *line, const struct row *row)
{
    AUTO_STR struct str name = STR_INIT;
    bool has_numbers = row_has_numbers(row);
    phrase_add_row_name(&name, row);
    str_add(line, "| ");
    markdown_add_code_cell(line, name.data);
    str_add(line, " | ");
    if (has_numbers)
        add_change(line, row);
    else
        str_add(line, "– | ");
    if (row->is_judged)
        add_share(line, row->margin);
    else
        str_add(line, "not judged");
    str_add(line, " | ");
    if (has_numbers) {
        add_value(line, row, row->base_median);
        str_add(line, " | ");
        add_value(line, row, row->head_median);
    } else {
        str_add(line, "– | –");
    }
    str_addf(line, " | %zu", row->pair_count);
    if (has_numbers) {
        str_add(line, ", sees" NO_BREAK);
        add_share(line, row->detection_limit);
    }
    str_add(line, " |\n");
}

static void add_reasons(struct page *page, const struct ranking *ranking, size_t count)
{
    bool is_first = true;
    for (size_t i = 0; i < count; i++) {
        const struct row *row = ranking->items[i].row;
        if (!row->reason || !*row->reason)
            continue;
        AUTO_STR struct str name = STR_INIT;
        AUTO_STR struct str line = STR_INIT;
        phrase_add_row_name(&name, row);
        str_add(&line, is_first ? "\n- " : "- ");
        markdown_add_code(&line, name.data);
        str_add(&line, ": ");
        markdown_add_prose(&line, row->reason);
        str_add(&line, "\n");
        if (!page_add(page, &line))
            return;
        is_first = false;
    }
}

static void add_legend(struct page *page)
{
    if (page->has_legend)
        return;
    page->has_legend = true;
    if (page->result->baseline) {
        str_add(page->out,
                "\nStored: the mean of the stored sessions' medians. Change: of head's "
                "median from it, with the 95 % prediction interval of one more session. "
                "Drawn: " FIGURE_LEGEND ". Sees: the smallest change that is found 9 "
                "times in 10.\n");
        return;
    }
    str_add(
        page->out,
        "\nMedians of base and head. Change: from pairs of runs side by side, with its "
        "95 % interval. Drawn: " FIGURE_LEGEND ". Sees: the smallest change that so "
        "many pairs find 9 times in 10.\n");
}

void page_add_table(struct page *page, const struct ranking *ranking)
{
    str_add(page->out, page->result->baseline ? STORED_ROWS_HEAD : ROWS_HEAD);
    size_t shown = 0;
    for (; shown < ranking->count; shown++) {
        AUTO_STR struct str line = STR_INIT;
        add_row(&line, ranking->items[shown].row);
        if (!page_add(page, &line))
            break;
    }
    page_add_left_out(page, ranking->count - shown, "row");
    add_reasons(page, ranking, shown);
    add_legend(page);
    str_add(page->out, "\n");
}

void page_add_rows(struct page *page, const char *heading, enum verdict verdict)
{
    AUTO_RANKING struct ranking ranking = { 0 };
    ranking_of(page->result, verdict, &ranking);
    if (!ranking.count)
        return;
    str_addf(page->out, "### %s\n\n", heading);
    page_add_table(page, &ranking);
}

/* Appends "cpu -12.0 %, wall -11.2 %" for the rows of a bench with the verdict; returns
 * how many those are. */
static size_t
add_changes(struct str *line, const struct row *rows, size_t count, enum verdict verdict)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        if (!rows[i].is_judged || rows[i].verdict != verdict)
            continue;
        str_addf(line, "%s%s ", found++ ? ", " : "", metric_name(rows[i].metric));
        phrase_add_change(line, rows[i].change);
    }
    return found;
}

/* A bench's rows stand together. */
static size_t rows_of_bench(const struct rows *rows, size_t first)
{
    size_t count = 1;
    while (first + count < rows->count && rows->items[first].bench_id &&
           str_equal(rows->items[first].bench_id, rows->items[first + count].bench_id))
        count++;
    return count;
}

void page_add_tradeoffs(struct page *page)
{
    const struct rows *rows = &page->result->rows;
    size_t shown = 0;
    size_t count = 0;
    for (size_t i = 0; i < rows->count; i += count) {
        AUTO_STR struct str better = STR_INIT;
        AUTO_STR struct str line = STR_INIT;
        count = rows_of_bench(rows, i);
        str_add(&line, shown ? "- " : "### Trade-offs\n\n- ");
        markdown_add_code(&line, rows->items[i].bench_id);
        str_add(&line, ": ");
        size_t improved = add_changes(&better, &rows->items[i], count, VERDICT_IMPROVED);
        str_addf(&line, "%s, but ", better.data);
        if (!improved || !add_changes(&line, &rows->items[i], count, VERDICT_REGRESSED))
            continue;
        str_add(&line, "\n");
        shown += page_add(page, &line);
    }
    if (shown)
        str_add(page->out, "\n");
}

/* The benches with a verdict that leaves them without judged rows, by name. */
static void
add_bench_names(struct page *page, enum verdict verdict, size_t count, const char *claim)
{
    if (!count)
        return;
    phrase_add_count(page->out, count, "benchmark");
    str_addf(page->out, " %s: ", claim);
    size_t shown = 0;
    for (size_t i = 0; i < page->result->benches.count; i++) {
        const struct bench_result *bench = &page->result->benches.items[i];
        AUTO_STR struct str name = STR_INIT;
        if (bench->verdict != verdict)
            continue;
        str_add(&name, shown ? ", " : "");
        markdown_add_code(&name, bench->id);
        if (!page_add(page, &name))
            break;
        shown++;
    }
    str_add(page->out, "\n");
    page_add_left_out(page, count - shown, "benchmark");
    str_add(page->out, "\n");
}

static void add_summary(struct str *out, const struct tally *tally)
{
    static const enum verdict quiet[] = { VERDICT_OK, VERDICT_IDENTICAL, VERDICT_NEW,
                                          VERDICT_REMOVED };
    str_add(out, "<details><summary>");
    const char *separator = "";
    for (size_t i = 0; i < sizeof quiet / sizeof quiet[0]; i++) {
        size_t count =
            quiet[i] == VERDICT_OK ? tally->rows[quiet[i]] : tally->benches[quiet[i]];
        if (!count)
            continue;
        str_add(out, separator);
        phrase_add_count(out, count, quiet[i] == VERDICT_OK ? "row" : "benchmark");
        str_addf(out, " %s", verdict_name(quiet[i]));
        separator = ", ";
    }
    if (tally->shown_only) {
        str_add(out, separator);
        phrase_add_count(out, tally->shown_only, "row");
        str_add(out, " shown but not judged");
    }
    str_add(out, "</summary>\n\n");
}

void page_add_everything_else(struct page *page)
{
    AUTO_RANKING struct ranking ranking = { 0 };
    struct tally tally = tally_of(page->result);
    ranking_of(page->result, VERDICT_OK, &ranking);
    ranking_of_shown_only(page->result, &ranking);
    if (!ranking.count && !tally.benches[VERDICT_IDENTICAL] &&
        !tally.benches[VERDICT_NEW] && !tally.benches[VERDICT_REMOVED])
        return;

    str_add(page->out, "### Everything else\n\n");
    add_summary(page->out, &tally);
    add_bench_names(page, VERDICT_IDENTICAL, tally.benches[VERDICT_IDENTICAL],
                    "run the same bytes on both sides and were not timed");
    add_bench_names(page, VERDICT_NEW, tally.benches[VERDICT_NEW],
                    "new in head, with nothing to compare with");
    add_bench_names(page, VERDICT_REMOVED, tally.benches[VERDICT_REMOVED],
                    "removed in head, as its pawl.json says");
    if (ranking.count)
        page_add_table(page, &ranking);
    str_add(page->out, "</details>\n\n");
}
