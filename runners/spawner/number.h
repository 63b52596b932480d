/* Numbers in the kernel's texts. */
#pragma once

#include <stdint.h>

/* The next number in text, which moves behind it; SPAWNER_UNKNOWN at its end. */
int64_t number_next(const char **text);
