/* Chatter on stderr, apart from results on stdout. The level is the program's one setting
 * that is global. */
#pragma once

#include "gate/base/attributes.h"

enum log_level {
    LOG_QUIET,  /* nothing but errors */
    LOG_NORMAL, /* what a user wants to see: steps, warnings */
    LOG_VERBOSE /* why each decision was taken */
};

void log_set_level(enum log_level level);
enum log_level log_get_level(void);

/* One line each; "pawl: " in front of warnings and errors, nothing in front of steps.
 * Control characters in the text are printed as '?', so that names and outputs of the
 * code under test can't forge terminal or CI commands. */
void log_step(const char *format, ...) PRINTF_LIKE(1, 2);
void log_detail(const char *format, ...) PRINTF_LIKE(1, 2);
void log_warning(const char *format, ...) PRINTF_LIKE(1, 2);
void log_error(const char *format, ...) PRINTF_LIKE(1, 2);
