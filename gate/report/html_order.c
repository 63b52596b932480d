#include "gate/base/array.h"
#include "gate/report/html_parts.h"

/* Verdicts are numbered from the best to the worst. */
void html_order_rows(const struct result *result, struct ranking *ranking)
{
    for (int verdict = VERDICT_COUNT - 1; verdict >= 0; verdict--) {
        AUTO_RANKING struct ranking part = { 0 };
        ranking_of(result, (enum verdict)verdict, &part);
        for (size_t i = 0; i < part.count; i++)
            *array_push(ranking) = part.items[i];
    }
    ranking_of_shown_only(result, ranking);
}
