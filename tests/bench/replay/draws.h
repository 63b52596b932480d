/* All randomness of the benchmark, drawn from one seed: the same call prints the same
 * bytes everywhere. */
#pragma once

#include <stdint.h>

/* Another seed for all draws from here on; before it one that stands in the code. */
void draws_reseed(uint64_t seed);

/* A generator for one purpose: a stream of numbers and how many were drawn. */
struct draws {
    uint64_t stream;
    uint64_t drawn;
};

/* The generator of one purpose ("window", "coin") and one number of it (the replay). */
struct draws draws_of(const char *purpose, uint64_t number);

/* The same for somebody: what one stream's coins say tells nothing of another's. */
struct draws draws_for(const char *purpose, const char *whom, uint64_t number);

uint64_t draws_next(struct draws *draws);
uint64_t draws_below(struct draws *draws, uint64_t limit);
/* Strictly between 0 and 1. */
double draws_uniform(struct draws *draws);
/* Standard normal. */
double draws_normal(struct draws *draws);
