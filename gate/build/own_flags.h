/* Flags that a tree's build has of its own where the variable for them is unset. */
#pragma once

#include "gate/base/attributes.h"

/* What the build in the top of the tree would set the variable ("CFLAGS") to, were it
 * not in the environment: the value of "CFLAGS ?= -O2" in the makefile there, else, for
 * CFLAGS and CXXFLAGS, the "-g -O2" of a configure script that autoconf made, else what
 * the makefiles in the directories right below say, where they say one thing. NULL where
 * there is nothing of the kind. A makefile's value may hold references to its other
 * variables, which make fills in also where the value comes by the environment. The
 * caller's. */
char *own_flags_find(const char *tree, const char *variable) MUST_CHECK;
