/* Functions that one side has in the place of the other's. */
#pragma once

struct costs;
struct matches;

/* Makes one FUNCTION_RENAMED match of a FUNCTION_GONE and a FUNCTION_NEW of one file that
 * are called as often by the same functions, where there is one such pair only. */
void matches_find_replaced(struct matches *matches,
                           const struct costs *base,
                           const struct costs *head);
