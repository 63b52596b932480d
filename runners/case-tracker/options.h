/* The command line, taken apart. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "gate/base/attributes.h"

struct error;

/* Borrowed from argv. NULL or false where not given. */
struct options {
    const char *store;
    const char *format;
    const char *output;
    const char *from;
    const char *count;
    const char *seed;
    bool replace;
    bool help;
    bool version;
    const char *command;
    char **arguments; /* what is neither option nor command, NULL-terminated; clear frees
                       * the list */
    int argument_count;
};
void options_clear(struct options *options);
#define AUTO_OPTIONS AUTO(options_clear)

/* -1 with ERROR_USAGE. Options may stand anywhere; "--" ends them. */
int options_parse(int argc, char **argv, struct options *options, struct error *err)
    MUST_CHECK;

/* A whole number in decimal, from least to most. what is for the message. */
int options_number(const char *text,
                   const char *what,
                   uint64_t least,
                   uint64_t most,
                   uint64_t *number,
                   struct error *err) MUST_CHECK;
