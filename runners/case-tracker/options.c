#include "runners/case-tracker/options.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"

/* Where an option goes: a text into the field at offset, or true into it. */
struct option {
    const char *name;
    size_t offset;
    bool takes_value;
};

static const struct option table[] = {
    { "--store", offsetof(struct options, store), true },
    { "--format", offsetof(struct options, format), true },
    { "--output", offsetof(struct options, output), true },
    { "--from", offsetof(struct options, from), true },
    { "--count", offsetof(struct options, count), true },
    { "--seed", offsetof(struct options, seed), true },
    { "--replace", offsetof(struct options, replace), false },
    { "--help", offsetof(struct options, help), false },
    { "--version", offsetof(struct options, version), false },
};
enum {
    OPTION_COUNT = sizeof table / sizeof *table
};

static const struct option *find(const char *argument, size_t length)
{
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if (strlen(table[i].name) == length &&
            memcmp(table[i].name, argument, length) == 0)
            return &table[i];
    }
    return NULL;
}

static int unknown(const char *argument, struct error *err)
{
    const char *names[OPTION_COUNT];
    for (size_t i = 0; i < OPTION_COUNT; i++)
        names[i] = table[i].name;
    const char *nearest = str_nearest(argument, names, OPTION_COUNT);
    return error_set(err, ERROR_USAGE, "unknown option '%s'%s%s%s", argument,
                     nearest ? ", did you mean '" : "", nearest ? nearest : "",
                     nearest ? "'?" : "; see --help");
}

/* Takes the option at argv[at]; *used is 1 or 2, how many arguments it is. */
static int
take(char **argv, int at, struct options *options, int *used, struct error *err)
{
    const char *argument = argv[at];
    const char *equals = strchr(argument, '=');
    size_t length = equals ? (size_t)(equals - argument) : strlen(argument);
    const struct option *option = find(argument, length);
    if (!option)
        return unknown(argument, err);

    char *field = (char *)options + option->offset;
    *used = 1;
    if (!option->takes_value) {
        if (equals)
            return error_set(err, ERROR_USAGE, "'%s' takes no value", option->name);
        *(bool *)(void *)field = true;
        return 0;
    }
    if (*(const char **)(void *)field)
        return error_set(err, ERROR_USAGE, "'%s' is given twice", option->name);
    const char *value = equals ? equals + 1 : argv[at + 1];
    if (!value)
        return error_set(err, ERROR_USAGE, "'%s' needs a value", option->name);
    *(const char **)(void *)field = value;
    *used = equals ? 1 : 2;
    return 0;
}

int options_parse(int argc, char **argv, struct options *options, struct error *err)
{
    *options = (struct options){
        .arguments = xcalloc((size_t)argc + 1, sizeof *options->arguments),
    };
    bool is_option_allowed = true;
    for (int i = 1, used = 1; i < argc; i += used) {
        used = 1;
        if (is_option_allowed && str_equal(argv[i], "--"))
            is_option_allowed = false;
        else if (is_option_allowed && argv[i][0] == '-' && argv[i][1]) {
            if (take(argv, i, options, &used, err) < 0)
                return -1;
        } else if (!options->command)
            options->command = argv[i];
        else
            options->arguments[options->argument_count++] = argv[i];
    }
    return 0;
}

void options_clear(struct options *options)
{
    free(options->arguments);
    *options = (struct options){ 0 };
}

int options_number(const char *text,
                   const char *what,
                   uint64_t least,
                   uint64_t most,
                   uint64_t *number,
                   struct error *err)
{
    size_t length = strlen(text);
    uint64_t value = 0;
    if (length == strspn(text, "0123456789") && length > 0 && length <= 19) {
        value = strtoull(text, NULL, 10);
        if (value >= least && value <= most) {
            *number = value;
            return 0;
        }
    }
    return error_set(err, ERROR_USAGE,
                     "%s must be a whole number from %" PRIu64 " to %" PRIu64
                     ", not '%s'",
                     what, least, most, text);
}
