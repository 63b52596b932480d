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
    OPTION_CHOICE, /* the same, whose value may be left out, and then is "": --name=VALUE
                    */
    OPTION_LIST,   /* struct strvec: each use adds one */
    OPTION_NUMBER, /* uint64_t: a whole number below 2^63 */
    OPTION_DURATION, /* int64_t: nanoseconds, "5m" */
    OPTION_GROUP     /* no option: a heading in the help */
};

struct option_row {
    enum option_kind kind;
    char letter;          /* 0: no short form */
    const char *name;     /* without "--" */
    void *target;         /* of the type that the kind says */
    const char *argument; /* what the help calls the value; NULL for flags */
    const char *help;     /* one line; '\n' begins another */
};

/* What stood on the command line beside the options of the table. */
struct operands {
    char **items; /* borrowed from argv */
    size_t count;
    char **rest; /* what follows "--", not counted above; NULL without "--" */
    size_t rest_count;
    bool wants_help; /* "--help" or "-h": nothing after it was read */
};

/* Reads arguments (argv after the command's name; operands are moved to its beginning).
 * "--help" and "-h" end the reading. An unknown option, a missing or
 * a bad value is an ERROR_USAGE that names the nearest option or what is allowed. */
int options_read(const struct option_row *table,
                 size_t count,
                 int argc,
                 char **argv,
                 struct operands *operands,
                 struct error *err) MUST_CHECK;

/* For the error of commands that have both options; the format's name follows. */
#define QUIET_OR_FORMAT "--quiet prints the answer alone: leave it or --format '%s' out"

/* The options part of a help text, aligned. */
struct str;
void options_add_help(const struct option_row *table, size_t count, struct str *out);

/* Is told of each row that options_add_help writes, with where the row begins in out and
 * where it ends: what the manual and completion are made of can't differ from --help. */
struct options_listener {
    void (*take)(struct options_listener *self,
                 const struct option_row *row,
                 size_t start,
                 size_t end);
};
/* From now on; NULL: none. The caller's, to take back before it ends. */
void options_listen(struct options_listener *listener);
