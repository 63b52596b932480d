/* Results made by hand, as the gate would fill them. Each fills an empty struct that the
 * caller clears with result_clear. */
#pragma once

#include "gate/verdict/result.h"

/* Eight rows of four benches, all ok; wall time shown beside CPU time. */
void sample_pass(struct result *result);
/* The same with three rows slower, one of them on a bench that got smaller. */
void sample_regression(struct result *result);
/* The same with rows that stayed open: two that were measured, one that was not. */
void sample_inconclusive(struct result *result);
/* The same with two rows faster, and goals met, missed and open. */
void sample_improved(struct result *result);
/* Three rows regressed at first; fresh builds confirmed two of them. */
void sample_confirm(struct result *result);
/* Two rows tried in other layouts of the code: one regression holds, one does not. */
void sample_layouts(struct result *result);
/* One row that is layout-sensitive, and nothing worse. */
void sample_sensitive(struct result *result);
/* A regression beside a control that found nothing, and one beside a control that did. */
void sample_control(struct result *result);
void sample_distrusted(struct result *result);
/* One bench crashed, one is gone, one is new, one row is slower. */
void sample_trouble(struct result *result);
/* All benches run the same bytes. */
void sample_identical(struct result *result);
/* Names, subjects and reasons that try to be markup, mentions and commands. */
void sample_hostile(struct result *result);
/* So many rows, a tenth of each verdict that rows with numbers have. */
void sample_large(struct result *result, size_t row_count);

/* A program of the benches, with sizes of text, data, bss and file of both sides; of a
 * negative file one side has none, and a script has no text. */
void sample_add_program(struct result *result,
                        const char *name,
                        const int64_t base[4],
                        const int64_t head[4]);
/* One that grew and one that did not, a script, and one that is new. */
void sample_add_programs(struct result *result);

/* Pairs for a bench that was measured. */
void sample_add_pairs(struct bench_result *bench);

/* Adds a bench; its rows come next. */
struct bench_result *sample_add_bench(struct result *result, const char *id);
/* Adds a row to it with a 95 % interval of change ± width around base_median (seconds,
 * bytes or a count). */
struct row *sample_add_row(struct result *result,
                           enum metric metric,
                           double base_median,
                           double change,
                           double width);
/* The same for a bench without numbers. */
struct row *sample_add_empty_row(struct result *result, enum verdict verdict);
/* Replaces an owned text. */
void sample_set(char **text, const char *value);
