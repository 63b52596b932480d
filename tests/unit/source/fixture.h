/* What the tests of gate/source have in common. */
#pragma once

#include "gate/base/error.h"
#include "gate/source/source.h"
#include "tests/support/check.h"
#include "tests/support/repository.h"

/* A test with a sandbox, made by repository_setup, in *state. */
#define T(name) cmocka_unit_test_setup_teardown(name, repository_setup, sandbox_teardown)

/* Opens a directory of the sandbox, with the sandbox's "cache" as cache; fails the test
 * when it can't. */
struct source *fixture_open(struct sandbox *sandbox, const char *directory);

/* The message of opening a directory that must not open; free() it. */
char *fixture_open_failure(struct sandbox *sandbox, const char *directory);

/* Checks a commit out to a directory of the sandbox; fails the test when it can't. */
void fixture_check_out(struct sandbox *sandbox,
                       struct source *source,
                       const char *commit,
                       const char *directory);

/* Fails the test with the error's message where result is not 0. */
void fixture_must(int result, const struct error *err);

/* Fails unless the file of the sandbox holds exactly text. */
void fixture_assert_file(struct sandbox *sandbox, const char *name, const char *text);

/* What the leak sanitizer passes over; a test that knows better defines its own. */
const char *__lsan_default_suppressions(void);

/* How many worktrees the private repositories of the cache know of. */
int fixture_count_entries(struct sandbox *sandbox);
