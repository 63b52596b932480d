/* The calls in a CMakeLists.txt, one by one: "add_executable(list list.c)". Internal to
 * gate/config. */
#pragma once

#include <stdbool.h>

#include "gate/base/str.h"
#include "gate/base/strvec.h"

struct cmake_call {
    struct str name;     /* in small letters */
    struct strvec words; /* without their quotes; variables as they stand */
};
#define CMAKE_CALL_INIT ((struct cmake_call){ .name = STR_INIT })
void cmake_call_clear(struct cmake_call *call);
#define AUTO_CMAKE_CALL AUTO(cmake_call_clear)

/* Takes the next call off *rest; false where there is none any more. */
bool cmake_call_next(const char **rest, struct cmake_call *call);
