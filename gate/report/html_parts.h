/* The parts of the HTML report, a file each. Every part appends well-formed markup (it
 * would pass as XML), and nothing where the result has nothing for it. Foreign text goes
 * through html_add_text and html_add_code alone. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "gate/report/html_scale.h"
#include "gate/report/ranking.h"
#include "gate/verdict/result.h"

struct report_flames;
struct str;

/* What a list, a table of facts or of rows shows at most; the JSON result has the rest.
 */
enum {
    HTML_LISTED = 50
};

/* html_text.c: foreign text, cut at what all reports show of a sentence or a name. */
void html_add_text(struct str *out, const char *text);
void html_add_code(struct str *out, const char *text);
/* One that begins a page's part of its own, with a heading that links can lead to. */
void html_open_section(struct str *out, const char *id, const char *title);
void html_close_section(struct str *out);
/* A table that scrolls by itself where the page is narrow; heads end with a NULL, and
 * those that begin with '>' are for numbers. */
void html_open_table(struct str *out, const char *caption, const char *const *heads);
void html_close_table(struct str *out);
/* A cell of text that is not yet escaped, or of a number (kept to the right). */
void html_add_cell(struct str *out, const char *text);
void html_add_code_cell(struct str *out, const char *text);
void html_add_number_cell(struct str *out, const char *text);
/* "… and 12 more rows": nothing for 0. */
void html_add_left_out(struct str *out, size_t count, const char *noun);
/* Paragraphs, and a list of texts. */
void html_add_paragraph(struct str *out, const char *text);
void html_add_list(struct str *out, const struct strvec *items);
/* The same of other things than texts: noun is what one is called, add shows it. */
void html_add_list_of(struct str *out,
                      const struct strvec *items,
                      const char *noun,
                      void (*add)(struct str *out, const char *text));

/* html_verdict.c: the answer, what was compared, and how many rows there are of what. */
void html_add_verdict(struct str *out, const struct result *result);
/* "regressed" and its sign, which says it without colour. */
void html_add_tag(struct str *out, enum verdict verdict);
const char *html_sign(enum verdict verdict);

/* html_order.c: all rows in the order in which they are shown, worst first, those that
 * are not judged last. */
void html_order_rows(const struct result *result, struct ranking *ranking);

/* html_forest.c: a row's interval against its margin, and the axis over all of them. */
void html_add_forest(struct str *out, const struct row *row, double limit);
void html_add_forest_axis(struct str *out, double limit);

/* html_rows.c: benchmarks that could not be measured; the rows, as far as a page without
 * its script shows them; and a table of some rows. */
void html_add_troubles(struct str *out, const struct result *result);
void html_add_rows(struct str *out,
                   const struct result *result,
                   const struct ranking *order);
void html_add_row_table(struct str *out,
                        const char *caption,
                        const struct ranking *rows,
                        const char *base_head);

/* html_data.c: what the script needs, as JSON in which no character can end the elements
 * that hold it. */
void html_add_data(struct str *out,
                   const struct result *result,
                   const struct ranking *order);
/* html_pairs.c: the pairs of the first row_count rows, worst first, as far as they fit
 * into so many bytes: an object of its own. */
void html_add_pairs(struct str *out,
                    const struct result *result,
                    const struct ranking *order,
                    const size_t *bench_of_row,
                    size_t row_count,
                    size_t byte_limit);
/* html_json.c */
void html_json_text(struct str *out, const char *text, size_t limit);
/* So many digits; null where it is not finite. */
void html_json_number(struct str *out, double number, int digits);

/* html_growth.c; the second: a member "growths" for the plots. */
void html_add_growth(struct str *out, const struct result *result);
void html_add_growth_data(struct str *out, const struct result *result);

/* html_goals.c */
void html_add_goals(struct str *out, const struct result *result);

/* html_explain.c; flames may be NULL. */
void html_add_explanations(struct str *out,
                           const struct result *result,
                           const struct report_flames *flames);

/* html_flame.c: the flame graph of what is explained, folded away, or else the name of
 * its file; nothing where it has none. */
void html_add_flame(struct str *out,
                    const struct report_flames *flames,
                    const struct explanation *explanation);

/* html_second.c: the comparisons beside the gate's own. */
void html_add_control(struct str *out, const struct result *result);
void html_add_layouts(struct str *out, const struct result *result);
void html_add_creep(struct str *out, const struct result *result);
void html_add_baseline(struct str *out, const struct result *result);

/* html_notes.c */
void html_add_warnings(struct str *out, const struct result *result);
void html_add_waivers(struct str *out, const struct result *result);
void html_add_config_changes(struct str *out, const struct result *result);
void html_add_decision(struct str *out, const struct result *result);
void html_add_environment(struct str *out, const struct result *result);
void html_add_changed_paths(struct str *out, const struct result *result);

/* html_programs.c: programs whose size differs, folded; nothing where none does. */
void html_add_programs(struct str *out, const struct result *result);
