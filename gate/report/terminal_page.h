/* What all reports for a terminal share: their width, their colours, and the answer that
 * they begin with. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "gate/verdict/result.h"

struct report_screen;
struct str;

#define TERMINAL_RED    "\033[31m"
#define TERMINAL_YELLOW "\033[33m"
#define TERMINAL_GREEN  "\033[32m"
#define TERMINAL_BOLD   "\033[1m"
#define TERMINAL_END    "\033[0m"

/* What is put around a coloured text; "" and "" for none. */
struct terminal_color {
    const char *begin;
    const char *end;
};
#define TERMINAL_PLAIN ((struct terminal_color){ "", "" })

/* That of a verdict; plain where nobody has to look, and without use_color. */
struct terminal_color terminal_color_of(enum verdict verdict, bool use_color);

/* The nearest width from REPORT_NARROWEST to REPORT_WIDEST. */
size_t terminal_fit_width(size_t width);

/* The answer, bold and in its verdict's colour, and what follows it (may be ""): lines
 * that fit the screen. */
void terminal_add_answer(const struct report_screen *screen,
                         enum verdict verdict,
                         const char *answer,
                         const char *detail,
                         struct str *out);
/* The same on one line, however long: what --quiet leaves. */
void terminal_add_answer_line(bool use_color,
                              enum verdict verdict,
                              const char *answer,
                              const char *detail,
                              struct str *out);
