/* Growth in words, as all reports share them. Plain text, not yet escaped. */
#pragma once

#include <stddef.h>

#include "gate/verdict/result.h"

struct str;

/* "sort[m=2] cpu" */
void growth_add_name(struct str *out, const struct growth_result *growth);

/* "n^1.98", "constant" for 0, "?" where it is not known; and its interval, "(1.95 ..
 * 2.01)". */
void growth_add_power(struct str *out,
                      const struct growth_result *growth,
                      double exponent);
void growth_add_interval(struct str *out, const struct growth_exponent *exponent);

/* "grows as n^1.98 (1.95 .. 2.01), was n^1.02 (0.99 .. 1.05); at most O(n)"; nothing
 * where there are no figures. */
void growth_add_sentence(struct str *out, const struct growth_result *growth);

/* "O(n log n), n^1.11 here": the ceiling, and what it is over these sizes where its name
 * does not say that. */
void growth_add_ceiling(struct str *out, const struct growth_result *growth);

/* "grows faster", "above its ceiling, on base too" */
void growth_add_outcome(struct str *out, const struct growth_result *growth);

/* "3 sizes, 1000 .. 100000" */
void growth_add_sizes(struct str *out, const struct growth_result *growth);

/* Worst first: those that fail the gate, those above their ceiling on base too, those
 * that can't be told, the rest. Borrowed from the result. */
struct growth_ranking {
    struct growth_ranked {
        const struct growth_result *growth;
    } * items;
    size_t count;
    size_t capacity;
};
#define AUTO_GROWTH_RANKING AUTO(growth_ranking_clear)
void growth_ranking_of(const struct result *result, struct growth_ranking *ranking);
void growth_ranking_clear(struct growth_ranking *ranking);
