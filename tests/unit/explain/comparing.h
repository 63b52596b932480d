/* What the tests of gate/explain share: two profiles, read from texts or files, and their
 * comparison. */
#pragma once

#include "gate/base/error.h"
#include "gate/explain/profile_diff.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"

/* In *state of each test. */
struct comparing {
    struct sandbox *sandbox;
    struct costs costs[SIDE_COUNT];
    struct profile_diff diff;
};

int comparing_setup(void **state);
int comparing_teardown(void **state);
#define COMPARING_FACT(fact) \
    cmocka_unit_test_setup_teardown(fact, comparing_setup, comparing_teardown)

/* Adds the profile in the file to the side's costs; tree is where it was built, or NULL.
 */
void comparing_add_file(struct comparing *comparing,
                        enum side side,
                        const char *path,
                        const char *tree);
void comparing_add_text(struct comparing *comparing, enum side side, const char *text);

/* Finishes the costs of both sides and compares them. */
void comparing_finish(struct comparing *comparing);
/* All of it, for two texts. */
void comparing_texts(struct comparing *comparing, const char *base, const char *head);

/* The function of the side; fails the test where there is none of that name. */
const struct costs_function *
comparing_function(const struct comparing *comparing, enum side side, const char *name);
/* The item of the comparison by head's name (or base's where head has none). */
const struct function_diff *comparing_item(const struct comparing *comparing,
                                           const char *name);
/* Fails unless the shown items' self costs add up to the totals of both sides. */
void comparing_assert_sums(const struct comparing *comparing);
