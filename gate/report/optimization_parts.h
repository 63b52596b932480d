/* The parts of the report on an optimization that are longer. Private to
 * gate/report/optimization*.c. */
#pragma once

#include "gate/report/optimization.h"

/* optimization_notes.c: what a section is called, and what asks for it where nobody wrote
 * it. */
const char *optimization_prose_name(enum optimization_prose prose);
const char *optimization_placeholder(enum optimization_prose prose);
/* The line between what people wrote and what was measured. */
#define OPTIMIZATION_MARK "<!-- what follows was measured; prose goes above -->"
/* The headings of sections without prose. */
extern const char *const optimization_measured_names[];

/* optimization_rows.c: the commands and figures of base; what came of all rows; growth.
 */
void optimization_add_benches(struct str *out, const struct result *result);
void optimization_add_rows(struct str *out, const struct result *result);
void optimization_add_growth(struct str *out, const struct result *result);

/* optimization_costs.c: what got worse or may have, the size of the code and of the
 * programs. */
void optimization_add_costs(struct str *out,
                            const struct result *result,
                            const struct optimization *optimization);
/* What the two builds did the same, and where they did not. */
void optimization_add_correctness(struct str *out, const struct result *result);
