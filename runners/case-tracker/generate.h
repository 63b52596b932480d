/* Cases made up from a seed: the same seed gives the same cases, and each case depends on
 * seed and number alone, so that any amount is made without holding any. */
#pragma once

#include "gate/base/str.h"
#include "runners/case-tracker/case.h"

#define GENERATE_NOTES_MAX 5

/* Holds the texts of the newest case. */
struct generator {
    uint64_t seed;
    struct str title;
    struct str notes[GENERATE_NOTES_MAX];
    const char *note_texts[GENERATE_NOTES_MAX];
};
void generator_init(struct generator *generator, uint64_t seed);
void generator_clear(struct generator *generator);
#define AUTO_GENERATOR AUTO(generator_clear)

/* The case with this number (from 1). Three in a hundred repeat the title of an earlier
 * case in other letters and blanks; four in ten have one to five notes. The texts are
 * lent until the next call. */
void generator_case(struct generator *generator,
                    uint64_t number,
                    struct case_record *record);

/* Writes cases 1 to count to a file of the kind that its name says. */
int generate_file(const char *path, uint64_t count, uint64_t seed, struct error *err)
    MUST_CHECK;
