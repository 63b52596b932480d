/* A journal in a sandbox. */
#pragma once

#include "gate/base/error.h"
#include "gate/experiment/journal.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"

struct journal_fixture {
    void *sandbox;
    struct journal journal;
    const char *path;
    struct error err;
};

int journal_fixture_setup(void **state);
int journal_fixture_teardown(void **state);
#define T(test) \
    cmocka_unit_test_setup_teardown(test, journal_fixture_setup, journal_fixture_teardown)

/* A pair that head ran first where its number is odd. */
struct pair numbered_pair(size_t number);
/* Fails the test with the error where the result is -1. */
void journal_must(struct journal_fixture *fixture, int result);

/* Of the comparison "k1". */
void journal_fixture_begin(struct journal_fixture *fixture, uint64_t seed);
int journal_fixture_append(struct journal_fixture *fixture,
                           const char *bench_id,
                           const struct pair *pair,
                           int64_t elapsed_ns);
/* Three pairs of bench "a", 1 s each, in a journal that was then closed; seed 77. */
void journal_fixture_write(struct journal_fixture *fixture);
int journal_fixture_resume(struct journal_fixture *fixture, uint64_t *seed);
