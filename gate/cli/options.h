/* Command line options from a table: --name, --name VALUE, --name=VALUE, -x. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gate/base/attributes.h"
#include "gate/base/strvec.h"

struct error;

enum option_kind {
    OPTION_FLAG,     /* bool: set true */
    OPTION_NEGATION, /* bool: set false; the table's name begins with "no-" */
    OPTION_TEXT,     /* const char *: borrowed from argv */
    OPTION_LIST,     /* struct strvec: each use adds one */
    OPTION_NUMBER,   /* uint64_t: a whole number below 2^63 */
    OPTION_DURATION, /* int64_t: nanoseconds, "5m" */
    OPTION_GROUP     /* no option: a heading in the help */
};

struct option_row {
    enum option_kind kind;
    const char *name;     /* without "--" */
    char letter;          /* 0: no short form */
    void *target;         /* of the type that the kind says */
    const char *argument; /* what the help calls the value; NULL for flags */
    const char *help;     /* one line; '\n' begins another */
};

/* What stood on the command line beside options. */
struct operands {
    char **items; /* borrowed from argv */
    size_t count;
    char **rest; /* what follows "--", not counted above; NULL without "--" */
    size_t rest_count;
};

/* Reads arguments (argv after the command's name; reordered, so that operands come last).
 * "--help" and "-h" set *wants_help and end the reading. An unknown option, a missing or
 * a bad value is an ERROR_USAGE that names the nearest option or what is allowed. */
int options_read(const struct option_row *table,
                 size_t count,
                 int argc,
                 char **argv,
                 struct operands *operands,
                 bool *wants_help,
                 struct error *err) MUST_CHECK;

/* The options part of a help text, aligned. */
struct str;
void options_add_help(const struct option_row *table, size_t count, struct str *out);
