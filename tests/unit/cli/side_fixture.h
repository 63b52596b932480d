/* A side runner in a sandbox. */
#pragma once

#include "gate/cli/side_runner.h"
#include "tests/support/sandbox.h"

/* Trees "a" and "b" and scratch directories "work-a" and "work-b" in the sandbox, and the
 * benches of a config. */
struct side_fixture {
    struct sandbox *sandbox;
    struct spawner *spawner;
    struct strvec environment;
    struct config *config;
    struct benches benches;
    struct side_bench bench; /* the first */
    struct side_runner runner;
};

/* cmocka's setup and teardown. */
int side_setup(void **state);
int side_teardown(void **state);

/* The bench whose members stand in a config: "run" and what else it takes. */
void side_use_config(struct side_fixture *f, const char *shell, const char *members);
/* The same with its commands in a shell. */
void side_use_bench(struct side_fixture *f, const char *members);

void side_run_pair(struct side_fixture *f, struct pair *pair);

/* Fails the test where the sandbox's file does not hold this. */
void side_assert_file(struct side_fixture *f, const char *name, const char *want);
