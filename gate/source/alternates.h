/* The object stores that a repository reads from. Private to gate/source. */
#pragma once

#include "gate/base/attributes.h"

struct error;
struct strvec;

/* Pushes objects_directory and everything that it borrows from, directly or not, as
 * absolute names, each once. What does not exist is left out, as git does. */
int alternates_collect(const char *objects_directory,
                       struct strvec *directories,
                       struct error *err) MUST_CHECK;
