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

/* Fails unless the JSON of what fill makes, once read, is written the same. *out, empty
 * before, is what was read, the caller's. */
void assert_reads_back(void (*fill)(struct result *), struct result *out);

/* Fails where a line of text would be obeyed by a terminal or by the log of a CI. */
void assert_commands_nobody(const char *text);
/* The same for the reports on what fill makes, in every format for people and tools. */
void assert_reports_command_nobody(void (*fill)(struct result *));
