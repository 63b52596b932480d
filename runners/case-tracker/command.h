/* The commands of case-tracker. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "gate/base/attributes.h"

struct error;
struct options;
struct sink;

struct command {
    const char *name;
    const char *arguments; /* as the help shows them */
    const char *summary;
    int arguments_min;
    int arguments_max;   /* -1: any number */
    const char *options; /* those it takes besides --store, with a blank around each */
    bool needs_store;
    int (*run)(const struct options *options, struct sink *out, struct error *err);
};

extern const struct command commands[];
extern const size_t command_count;

/* The command that options ask for, when everything that it needs is there and nothing
 * that it does not take; NULL with ERROR_USAGE. */
const struct command *command_find(const struct options *options, struct error *err)
    MUST_CHECK;

/* Appends the whole help text. */
struct str;
void command_add_help(struct str *text);
