/* Texts that were read and found good, kept in tests/golden. UPDATE_GOLDEN=1 in the
 * environment writes them anew. */
#pragma once

#include "gate/verdict/result.h"

/* Fails unless text is that of the golden file. */
void assert_golden(const char *name, const char *text);

/* The report on what fill makes in the format; free() it. */
char *render(void (*fill)(struct result *), const char *format);
/* The same compared with a golden file. */
void assert_renders(void (*fill)(struct result *), const char *format, const char *name);
