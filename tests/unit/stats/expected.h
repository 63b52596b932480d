/* Reads the expected values that tests/data/stats/make_expected.R wrote: lines of a key
 * and numbers. Lines "sample" and "generate" say which sample the lines below are about.
 */
#pragma once

#include <stddef.h>

#include "gate/base/str.h"

struct numbers {
    double *items;
    size_t count;
    size_t capacity;
};

struct expected {
    const char *file;
    struct str text;
    char *rest;            /* of the text, unread */
    size_t line;           /* the number of the line that values are from */
    size_t matched;        /* how many lines expected_next has found */
    struct numbers sample; /* the current case */
    struct numbers values; /* the numbers of the line */
};

/* Opens a file below tests/data/stats; fails the test where it can't be read. */
void expected_open(struct expected *expected, const char *file);
void expected_close(struct expected *expected);

/* Moves on to the next line with this key; false at the end of the file. */
int expected_next(struct expected *expected, const char *key);

/* Fails the test, naming the line, unless got is near values.items[index]: by tolerance
 * times the value, or by tolerance itself where the value is below 1e-300 or so small
 * that it vanishes beside 1e-12. Infinities must be the same. */
void expected_check(const struct expected *expected,
                    size_t index,
                    double got,
                    double tolerance);

/* The twin of generated() in make_expected.R. Appends n values. */
void generate_sample(struct numbers *sample, size_t n, double seed, double grid);
