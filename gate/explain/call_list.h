/* The calls of a profile by their callers, and where its cost comes in: what is needed to
 * go down it from the top. */
#pragma once

#include <stdint.h>

#include "gate/base/attributes.h"

struct costs;

/* { 0 } is empty. */
struct call_list {
    uint32_t *first; /* by function, and one more: where its calls begin in calls */
    uint32_t *calls; /* indices of the costs' calls, by caller */
};
#define AUTO_CALL_LIST AUTO(call_list_clear)

void call_list_clear(struct call_list *list);
void call_list_make(struct call_list *list, const struct costs *costs);

/* By function: the instructions that no other function's call accounts for, which add up
 * to the profile's total; the caller's. Functions that call one another in a circle have
 * theirs in one place: what is called least from the circle itself, where cost comes in
 * from nowhere else. */
double *call_list_roots(const struct costs *costs) MUST_CHECK;
