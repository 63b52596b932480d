/* One of the names that a harness prints, run alone. */
#pragma once

#include <stdint.h>

#include "gate/base/attributes.h"
#include "gate/cli/check_explain.h"
#include "gate/config/bench.h"

/* A bench whose run is the benchmark's "run_one" with the side's name; where there is
 * none, the run itself. It refers to itself: it stays where it is until it is cleared. */
struct one_name {
    struct benchmark benchmark; /* borrows from the bench's */
    struct bench bench;
    char *regex;
};
void one_name_make(struct one_name *one, const struct bench *bench, enum side side);
void one_name_clear(struct one_name *one);

/* Both sides, and what a run of each took. { 0 } is empty. */
struct one_names {
    struct one_name sides[SIDE_COUNT];
    double wall_s[SIDE_COUNT]; /* without the wait for a CPU */
    double user_s[SIDE_COUNT];
    double system_s[SIDE_COUNT];
};
#define AUTO_ONE_NAMES AUTO(one_names_clear)
void one_names_clear(struct one_names *names);

/* Runs both sides once: each must print its name, and no other. 1 where they do; 0,
 * having said why not, where they don't; -1 for trouble of ours. */
int one_names_try(struct explaining *explaining,
                  const struct bench *bench,
                  struct one_names *names,
                  struct error *err) MUST_CHECK;

/* Whether its program is one that interprets others: where a profile has no code of the
 * tree, all of it is the interpreter's. */
bool one_names_are_interpreted(const struct one_names *names);
