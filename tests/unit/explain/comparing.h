/* What the tests of gate/explain share: two profiles, read from texts or files, and their
 * comparison. */
#pragma once

#include "gate/base/error.h"
#include "gate/explain/profile_pair.h"
#include "gate/source/diff_lines.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"

/* In *state of each test. */
struct comparing {
    struct sandbox *sandbox;
    struct diff_lines changed;
    struct profile_pair pair;
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

/* Adds lines of a file that were changed: before the comparison is finished. */
struct hunk_spec {
    const char *old_path;
    const char *new_path;
    struct line_range old_lines;
    struct line_range new_lines;
    const char *enclosing; /* NULL: "" */
};
void comparing_add_hunk(struct comparing *comparing, const struct hunk_spec *hunk);
/* Lines of a file that keeps its name. */
void comparing_edit(struct comparing *comparing,
                    const char *file,
                    struct line_range old_lines,
                    struct line_range new_lines);

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
