/* What the tests of profiles share: a sandbox, and profiles read from texts or from the
 * files of tests/data/callgrind. */
#pragma once

#include "gate/base/error.h"
#include "runners/callgrind/profile.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"

/* In *state of each test. */
struct reading {
    struct sandbox *sandbox;
    struct profile profile; /* the last that was read */
};

int reading_setup(void **state);
int reading_teardown(void **state);
#define READING_FACT(fact) \
    cmocka_unit_test_setup_teardown(fact, reading_setup, reading_teardown)

/* Both fail the test where profile_read fails. */
void read_text(struct reading *reading, const char *text);
void read_file(struct reading *reading, const char *path);

/* tests/data/callgrind/NAME; the caller's. */
char *data_path(const char *name);

/* Number of the function; fails the test where there is none of that name. */
uint32_t find_function(const struct reading *reading, const char *name);

/* All of the first event. */
void assert_self(const struct reading *reading, const char *name, uint64_t want);
void assert_line(const struct reading *reading,
                 const char *file,
                 uint32_t line,
                 uint64_t want);
void assert_call(const struct reading *reading,
                 const char *caller,
                 const char *callee,
                 uint64_t count,
                 uint64_t inclusive);
