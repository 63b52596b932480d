/* Which rows a report shows where, worst first. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "gate/verdict/result.h"

struct ranked_row {
    const struct row *row; /* the result's */
    double worsening;      /* row_worsening of it */
};
struct ranking {
    struct ranked_row *items;
    size_t count;
    size_t capacity;
};
#define AUTO_RANKING AUTO(ranking_clear)

/* The judged rows with the verdict: regressed, undecided and layout-sensitive ones by how
 * much worse they seem, improved ones by how much better, the others in the result's
 * order. */
void ranking_of(const struct result *result,
                enum verdict verdict,
                struct ranking *ranking);

/* The rows that are not judged, in the result's order. */
void ranking_of_shown_only(const struct result *result, struct ranking *ranking);

void ranking_clear(struct ranking *ranking);

/* What could not be measured: a bench, or a row of a bench that could. */
struct trouble {
    const char *bench_id;
    enum verdict verdict; /* VERDICT_FAILED or VERDICT_MISSING */
    const char *reason;
};
struct troubles {
    struct trouble *items;
    size_t count;
    size_t capacity;
};
#define AUTO_TROUBLES AUTO(troubles_clear)
void troubles_of(const struct result *result, struct troubles *troubles);
void troubles_clear(struct troubles *troubles);

/* Whether it has any: rows of benches that were not run have a verdict alone. */
bool row_has_numbers(const struct row *row);

/* How much worse a row's head is: its change, with the sign turned where larger is
 * better; unknown changes count as nothing, and rows without numbers come last. */
double row_worsening(const struct row *row);
