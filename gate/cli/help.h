/* What a command's --help says, in parts: made by running it, so that the manual pages
 * and the shells' completion are of the same options. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "gate/base/attributes.h"
#include "gate/cli/command.h"
#include "gate/cli/options.h"

struct error;

/* An option, or a heading. The texts are the help's. */
struct help_option {
    enum option_kind kind;
    char letter;    /* 0: none */
    char *name;     /* without "--"; "" of a heading */
    char *argument; /* what a value is called: "REV"; "" where it takes none */
    char *text;     /* the heading, or what it does; '\n' begins another line */
};

struct help {
    char *usage; /* one line or more, each with "pawl NAME ..."; no "usage: " */
    char *about; /* paragraphs, with an empty line between; no line end at its end */
    char *after; /* what follows the options; "" */
    struct {
        struct help_option *items;
        size_t count;
        size_t capacity;
    } options;
};
#define AUTO_HELP AUTO(help_clear)
void help_clear(struct help *help);

/* Asks the command; out is { 0 } before and the caller's to clear. */
int help_ask(const struct cli_command *command, struct help *out, struct error *err)
    MUST_CHECK;

/* The option that a word such as "--base", "--base=x" or "-b" names, or NULL. */
const struct help_option *help_find(const struct help *help, const char *word);
/* Whether what follows it, as a word of its own, is its value. */
bool help_takes_next(const struct help_option *option);
