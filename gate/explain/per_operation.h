/* What a harness's run costs, made what one of its operations costs.
 *
 * A harness turns until it knows enough, so that the costs of two runs can't be compared.
 * What can be are a function's part of the run, and what an operation took: the product
 * of both is the function's time of one operation. Parts of samples are parts of the
 * time; parts of instructions are so only where all instructions take about as long. */
#pragma once

#include <stdint.h>

#include "gate/base/attributes.h"
#include "gate/explain/costs.h"

/* Costs are in picoseconds from then on. */
#define OPERATION_UNIT_S 1e-12

/* The function that a run of one name calls for its operations, by the ways that known
 * harnesses are built: "BM_parse" for "BM_parse/1000" of Google Benchmark, which calls it
 * by that name; testing's "(*B).runN" of Go; COSTS_NONE where there is none. Of several
 * it is the one that costs most. costs are finished. */
uint32_t operation_root(const struct costs *costs, const char *format, const char *name);
/* "main", likewise. */
uint32_t operation_main(const struct costs *costs);

/* Keeps of finished costs what the root and what it calls cost, everything where root is
 * COSTS_NONE, and scales it so that all together comes to operation_s; calls, which are
 * no figure of one operation, become 0. What others call too is theirs in proportion, by
 * the costs of these calls; those of the root itself are forgotten. Nothing can be added
 * afterwards. Returns what the total was made of, in the unit that the
 * costs had; 0, with costs as they were, where there is nothing. */
double costs_per_operation(struct costs *costs, uint32_t root, double operation_s);
