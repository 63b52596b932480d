/* The name of a build in the cache: all that decides what comes out of it, hashed. */
#pragma once

#include "gate/source/revision.h"

struct recipe;
struct strvec;

/* All borrowed. */
struct build_inputs {
    const char *tree; /* id of the tree that is built */
    const struct recipe *recipe;
    const struct strvec *environment; /* what of the children's environment decides */
    const char *toolchain;            /* the compiler's version line; "" is fine */
    const char *lane;                 /* "" or a name that keeps equal inputs apart */
};

/* Every field is hashed with its length, so that nothing can pass for something else. The
 * recipe's time limit does not count, nor do the spelling of its commands (their words
 * do) and the order of the environment. */
void build_key(const struct build_inputs *inputs, char key[SOURCE_ID_SIZE]);
