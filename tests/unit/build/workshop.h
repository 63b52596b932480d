/* A sandbox with a repository "project" in it, a cache, a spawner and a builder: all that
 * the tests of this layer need. */
#pragma once

#include <stdint.h>

#include "gate/build/builder.h"
#include "gate/config/config.h"
#include "tests/support/repository.h"

struct workshop {
    struct sandbox *sandbox;
    struct source *source;
    struct spawner *spawner;
    struct strvec environment; /* PATH and HOME */
    const char *cache;
    struct recipe recipe;
    struct builder builder;
};

/* cmocka's setup and teardown. The repository has one commit of main.c and notes. */
int workshop_setup(void **state);
int workshop_teardown(void **state);

/* Makes recipe hold one command: a script for the shell. */
void workshop_set_recipe(struct workshop *shop, const char *script);

/* Commits text as the file and resolves the commit. */
struct revision
workshop_commit(struct workshop *shop, const char *file, const char *text);
struct revision workshop_head(struct workshop *shop);

/* Builds with the workshop's recipe; fails the test when that fails. */
void workshop_build(struct workshop *shop,
                    const char *side,
                    const struct revision *revision,
                    struct built_side *out);

/* The same, where it must fail. */
void workshop_fail(struct workshop *shop,
                   const struct revision *revision,
                   struct error *err);

/* How many lines a file of the sandbox has; 0 where there is none. The recipes of the
 * tests note their runs so. */
size_t workshop_lines(struct workshop *shop, const char *name);

/* How many builds stand in the cache: directories of builds/. */
size_t workshop_entries(struct workshop *shop);
