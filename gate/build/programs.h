/* The programs and libraries of a built tree that a bench may run. */
#pragma once

#include "gate/base/attributes.h"
#include "gate/base/strvec.h"

struct error;
struct layout_bench;

/* The name, relative to the tree, of the program that the command begins with; the
 * caller's, NULL where it is not one of the tree's (or goes up first, to wherever). */
char *program_of(const char *tree, const struct strvec *argv) MUST_CHECK;

/* Appends their names, relative to the tree: those that the config states, or else the
 * one that the command begins with, or else all; and all shared objects. */
int programs_of(const char *tree,
                const struct layout_bench *bench,
                struct strvec *names,
                struct error *err) MUST_CHECK;

/* Appends the names, relative to the tree, of the files that the bench is known to run:
 * those that the config states, where they are there, or else what the command begins
 * with, be it a script, and the ELF programs among its other words ("taskset 1 ./prog").
 * Names are written in one way ("./a//b" is "a/b"), so that the same file is not taken
 * for two. */
void programs_run_by(const char *tree,
                     const struct layout_bench *bench,
                     struct strvec *names);

/* Appends the names of all shared objects of the tree. */
int programs_shared(const char *tree, struct strvec *names, struct error *err) MUST_CHECK;
