/* The programs and libraries that belong to pawl and are found by where pawl is. */
#pragma once

#include "gate/base/attributes.h"

struct error;

/* The path of the file that is installed with pawl: beside the running executable, or in
 * ../libexec/pawl from there; beside $PAWL_SPAWNER where that is set (tests). mode is
 * access()'s. The caller's; NULL with ERROR_SYSTEM. */
char *installed_find(const char *name, int mode, struct error *err) MUST_CHECK;
