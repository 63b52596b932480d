/* Libraries of ours that the dynamic linker loads into a program before its own. */
#pragma once

#include "gate/base/attributes.h"

struct error;
struct strvec;

/* The absolute path of the library that is installed with pawl. The caller's; NULL with
 * ERROR_SYSTEM where it is missing, or stands where the dynamic linker can't be told to
 * load it from. */
char *preload_find(const char *name, struct error *err) MUST_CHECK;

/* Puts the library first in the environment's LD_PRELOAD, before what is there. */
void preload_add(struct strvec *environment, const char *library);
