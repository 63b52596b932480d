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
