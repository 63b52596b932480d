/* Functions that call one another in a circle. */
#pragma once

#include <stdint.h>

struct costs;

/* Gives each function the number of its group, from 0: functions have the same where each
 * can be reached from the other by calls (the strongly connected components, by Tarjan's
 * algorithm: "Depth-first search and linear graph algorithms", 1972). groups has room for
 * one number a function. */
void cycles_find(const struct costs *costs, uint32_t *groups);
