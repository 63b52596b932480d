/* What the tests of counting share: the truth programs, run by the spawner. */
#pragma once

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "runners/process.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"

/* In *state of each test. */
struct counted {
    struct sandbox *sandbox;
    struct spawner *spawner;
    struct strvec argv;
    struct strvec environment; /* PATH alone, to begin with */
};

int counted_setup(void **state);
int counted_teardown(void **state);
#define COUNTED_FACT(fact) \
    cmocka_unit_test_setup_teardown(fact, counted_setup, counted_teardown)

/* The program beside this test: "truth", "truth-static", "truth-own-malloc". The
 * caller's.
 */
char *truth_path(const char *name);

/* Sets argv to the words. */
void counted_words(struct counted *counted, const char *program, const char *what);

/* Runs words in environment; fails the test where process_run does. */
struct process_result counted_run(struct counted *counted,
                                  const struct strvec *words,
                                  const struct strvec *environment);
