/* A result with the pairs of one benchmark over its sizes, each of a known cost. */
#pragma once

#include "gate/config/bench.h"
#include "gate/config/config.h"
#include "gate/verdict/growth.h"
#include "gate/verdict/result.h"

/* y = fixed + factor n^power */
struct cost {
    double fixed;
    double factor;
    double power;
};

struct growth_fixture {
    struct config *config;
    struct benches benches;
    struct result result;
};

/* A config whose benchmark "sort" has these members besides its name and command. */
void growth_fixture_open(struct growth_fixture *fixture, const char *members);
void growth_fixture_close(struct growth_fixture *fixture);

/* Adds the bench, CPU-bound, with a judged row, and 8 pairs of seconds that scatter by
 * about 1 %. */
struct bench_result *growth_fixture_measure(struct growth_fixture *fixture,
                                            const struct bench *bench,
                                            const struct cost *base,
                                            const struct cost *head);
/* All benches, by their last parameter. */
void growth_fixture_measure_all(struct growth_fixture *fixture,
                                struct cost base,
                                struct cost head);
/* All benches, their instructions counted in 2 pairs, exactly. */
void growth_fixture_count_all(struct growth_fixture *fixture,
                              struct cost base,
                              struct cost head);
/* A bench without pairs. */
void growth_fixture_settle(struct growth_fixture *fixture,
                           const struct bench *bench,
                           enum verdict verdict);

/* Judges with a false-alarm rate of 0.1 % and 5 % of misses; the first growth. */
const struct growth_result *growth_fixture_judge(struct growth_fixture *fixture);
