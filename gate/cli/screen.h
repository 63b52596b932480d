/* The terminal that pawl prints to: how wide it is, and whether it shows colours. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "gate/base/attributes.h"
#include "gate/report/report.h"

struct error;

/* What --color may ask for; the program's one setting of it. */
enum color_choice {
    COLOR_AUTO,
    COLOR_ALWAYS,
    COLOR_NEVER
};

/* What speaks for colours and against them. Texts are the variables' values, NULL where
 * they are not set. */
struct color_facts {
    enum color_choice choice;
    bool is_terminal;
    const char *term;           /* TERM */
    const char *no_color;       /* NO_COLOR: not empty means no (no-color.org) */
    const char *clicolor_force; /* CLICOLOR_FORCE: neither empty nor "0" means yes */
};
/* Pure. What was asked for on the command line comes first, then NO_COLOR, then
 * CLICOLOR_FORCE, then whether it is a terminal that is not "dumb". */
bool color_is_wanted(const struct color_facts *facts);

/* "auto", "always" or "never", kept for this process; -1 with ERROR_USAGE for another. */
int screen_choose_color(const char *choice, struct error *err) MUST_CHECK;

/* Columns of the terminal at fd as it is now; usual where it is none. */
size_t screen_columns(int fd, size_t usual);

struct report_screen screen_of_stdout(void);
