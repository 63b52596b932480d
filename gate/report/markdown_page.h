/* The parts of the markdown report. Rows stop where the page is full, everything else is
 * cut to a share of it beforehand, so that a report never grows past its limit. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "gate/report/ranking.h"
#include "gate/verdict/result.h"

struct str;

struct page {
    const struct result *result;
    struct str *out;
    size_t end;      /* of out's length, for rows */
    bool has_legend; /* the drawings were explained */
    bool is_kept;    /* it outlives the folder of the result, and names no files there */
};

/* Appends text where it still fits; false where not. */
bool page_add(struct page *page, const struct str *text);
/* Says how many of the rows (or what noun names) were left out. Nothing for 0. */
void page_add_left_out(struct page *page, size_t count, const char *noun);

/* markdown_rows.c: numbers stay together with their units, and intervals in one piece,
 * whatever the width of a table. Plain text of our own. */
void markdown_add_unbroken(struct str *out, const char *text);

/* Sections with tables of measured rows; nothing for no rows. */
void page_add_troubles(struct page *page);
void page_add_rows(struct page *page, const char *heading, enum verdict verdict);
void page_add_tradeoffs(struct page *page);
/* Rows as a table, with their reasons below. */
void page_add_table(struct page *page, const struct ranking *ranking);
void page_add_everything_else(struct page *page);

/* markdown_control.c: base against a copy of itself; nothing where that was not measured.
 */
void page_add_control(struct page *page);

/* markdown_creep.c: head against the anchor; nothing where there is none. */
void page_add_creep(struct page *page);

/* markdown_baseline.c: the stored sessions in base's place; nothing where base was
 * measured. */
void page_add_baseline(struct page *page);

/* markdown_trend.c: charts of the worst rows over their stored sessions, and the figures;
 * nothing where base was measured. */
void page_add_trends(struct page *page);

/* markdown_layouts.c: rows over all layouts; nothing where none was tried. */
void page_add_layouts(struct page *page);

/* markdown_explain.c: why rows changed; nothing where that was not asked for. */
void page_add_explanations(struct page *page);

/* markdown_growth.c: growths that fail the gate, and the others, folded; nothing where
 * there are none. */
void page_add_worse_growth(struct page *page);
void page_add_growth(struct page *page);

/* markdown_facts.c: everything but rows; each takes at most the bytes that it is given
 * and about a thousand more. */
void markdown_add_goals(struct str *out, const struct result *result, size_t byte_limit);
/* markdown_waivers.c */
void markdown_add_waivers(struct str *out,
                          const struct result *result,
                          size_t byte_limit);
/* markdown_programs.c: programs whose size differs, folded, and nothing where none does;
 * the table of them alone. */
void markdown_add_programs(struct str *out,
                           const struct result *result,
                           size_t byte_limit);
void markdown_add_program_table(struct str *out,
                                const struct program_results *programs,
                                size_t byte_limit);
void markdown_add_list(struct str *out,
                       const char *introduction,
                       const struct strvec *items,
                       size_t byte_limit);
void markdown_add_decision(struct str *out, const struct result *result);
void markdown_add_environment(struct str *out, const struct result *result); /* a list */
void markdown_add_reproduce(struct str *out, const struct result *result);
void markdown_add_changed_paths(struct str *out,
                                const struct result *result,
                                size_t byte_limit);
