#include "runners/case-tracker/command.h"

#include <stdio.h>
#include <string.h>

#include "gate/base/error.h"
#include "gate/base/str.h"
#include "runners/case-tracker/options.h"

static int wrong(const struct command *command, const char *problem, struct error *err)
{
    return error_set(err, ERROR_USAGE, "%s, usage: case-tracker %s%s%s%s", problem,
                     command->needs_store ? "--store FILE " : "", command->name,
                     *command->arguments ? " " : "", command->arguments);
}

static bool takes(const struct command *command, const char *option)
{
    char padded[32];
    snprintf(padded, sizeof padded, " %s ", option);
    return strstr(command->options, padded) != NULL;
}

static int check_options(const struct command *command,
                         const struct options *options,
                         struct error *err)
{
    const struct {
        const char *name;
        bool is_given;
    } given[] = {
        { "--format", options->format != NULL }, { "--output", options->output != NULL },
        { "--from", options->from != NULL },     { "--count", options->count != NULL },
        { "--seed", options->seed != NULL },     { "--replace", options->replace },
    };
    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        if (given[i].is_given && !takes(command, given[i].name))
            return error_set(err, ERROR_USAGE, "'%s' does not take '%s'", command->name,
                             given[i].name);
    }
    if (command->needs_store && !options->store)
        return wrong(command, "no store given", err);
    return 0;
}

static const struct command *find(const char *name, struct error *err)
{
    const char *names[32];
    for (size_t i = 0; i < command_count; i++) {
        names[i] = commands[i].name;
        if (str_equal(commands[i].name, name))
            return &commands[i];
    }
    const char *nearest = str_nearest(name, names, command_count);
    error_set(err, ERROR_USAGE, "unknown command '%s'%s%s%s", name,
              nearest ? ", did you mean '" : "", nearest ? nearest : "",
              nearest ? "'?" : "; see --help");
    return NULL;
}

const struct command *command_find(const struct options *options, struct error *err)
{
    if (!options->command) {
        error_set(err, ERROR_USAGE, "no command given; see --help");
        return NULL;
    }
    const struct command *command = find(options->command, err);
    if (!command || check_options(command, options, err) < 0)
        return NULL;
    int count = options->argument_count;
    if (count < command->arguments_min)
        wrong(command, "an argument is missing", err);
    else if (command->arguments_max >= 0 && count > command->arguments_max)
        wrong(command, "too many arguments", err);
    else
        return command;
    return NULL;
}

void command_add_help(struct str *text)
{
    str_add(text, "usage: case-tracker --store FILE COMMAND [ARGUMENTS] [OPTIONS]\n\n"
                  "Keeps cases in FILE: JSON (.json) or SQLite (.db, .sqlite).\n\n"
                  "commands:\n");
    for (size_t i = 0; i < command_count; i++) {
        AUTO_STR struct str left = STR_INIT;
        str_addf(&left, "%s %s", commands[i].name, commands[i].arguments);
        str_addf(text, "  %-40s %s\n", left.data, commands[i].summary);
    }
    str_add(
        text,
        "\noptions:\n"
        "  --format FORMAT    list, show: text (default), json, json-pretty, csv;\n"
        "                     summary, duplicates: text, json; export: json, json-pretty\n"
        "  --help, --version\n"
        "  --                 what follows is no option\n\n"
        "statuses: DRAFT > SUBMITTED > UNDER_REVIEW > ESCALATED or CLOSED; also back\n"
        "  SUBMITTED > DRAFT and ESCALATED > UNDER_REVIEW, and ESCALATED > CLOSED\n\n"
        "exit codes: 0 done, 1 it could not be done (one line on stderr says why; the\n"
        "  store is as it was), 2 the command line is wrong\n");
}
