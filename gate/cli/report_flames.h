/* The flame graphs that lie beside a result, for the page that is made of it again. */
#pragma once

#include "gate/base/attributes.h"

struct error;
struct explanation;
struct report_flames;
struct result;
struct str;

/* What one of them may have. */
#define FLAME_BYTES (4U << 20)

/* Reads that of one explanation, which names one, from the folder of the result at path.
 * A name leads nowhere else: it is a plain file of that folder (no '/', no link), of at
 * most FLAME_BYTES, and looks like one of ours of that bench; -1 with err where not. Both
 * texts are empty before: svg as it was read, and still for a page. */
int report_flame_read(const char *path,
                      const struct explanation *explanation,
                      struct str *svg,
                      struct str *still,
                      struct error *err) MUST_CHECK;

/* Reads all of the result. What can't be is said on stderr, a line each, and left out.
 * out is empty before, and cleared with explain_flames_clear; bench_ids are borrowed from
 * the result. */
void report_flames_read(const char *path,
                        const struct result *result,
                        struct report_flames *out);

/* Says that they are left out, where the result names any: for results that somebody else
 * may have written, for which no file is read but they themselves. */
void report_flames_leave_out(const struct result *result);
