/* Many small steps seen as one: head against the anchor. Pure. */
#pragma once

#include "gate/verdict/result.h"

/* Gives the rows that crept their reasons: "since v1.0: +10.4 % (+9.8 % .. +11.1 %),
 * creep margin 5 %". */
void judge_creep(struct creep *creep);
