#include "gate/cli/commands.h"

#include "gate/base/error.h"
#include "gate/base/str.h"

static const struct cli_command commands[] = {
    { "check", "the gate: measure base against head and decide", cmd_check },
    { "init", "look at the project, and write a first pawl.json", cmd_init },
    { "compare", "decide between two recorded results, of any harness", cmd_compare },
    { "explain", "where the difference between two commits is: functions and lines",
      cmd_explain },
    { "bisect", "which commit between a good and a bad one made a row worse",
      cmd_bisect },
    { "history", "since when is it slower: recorded sessions over commits", cmd_history },
    { "plan", "how many pairs and how much time a check would take", cmd_plan },
    { "run", "measure one commit by itself, and keep the session", cmd_run },
    { "baseline", "recorded sessions: list, show, record, push, pull, prune, copy",
      cmd_baseline },
    { "merge", "one verdict of a check that several machines share", cmd_merge },
    { "measure", "time one command, or decide between two; no config, no git",
      cmd_measure },
    { "doctor", "is this machine fit to measure, and what would make it fitter",
      cmd_doctor },
    { "report", "render a result again, in any format", cmd_report },
    { "selftest", "does the gate work here: known slowdowns, injected and judged",
      cmd_selftest },
    { "manual", "manual pages, which say what --help says", cmd_manual },
    { "completion", "a script with which bash, zsh or fish completes pawl's words",
      cmd_completion },
};
#define COMMAND_COUNT (sizeof commands / sizeof commands[0])

const struct cli_command *commands_all(size_t *count)
{
    *count = COMMAND_COUNT;
    return commands;
}

const struct cli_command *commands_find(const char *name)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (str_equal(commands[i].name, name))
            return &commands[i];
    }
    return NULL;
}

void commands_add_overview(struct str *out)
{
    str_add(out, "pawl: a performance regression gate\n"
                 "\n"
                 "usage: pawl COMMAND [OPTIONS]\n"
                 "\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        str_addf(out, "  %-12s%s\n", commands[i].name, commands[i].summary);
    str_add(
        out,
        "\n"
        "pawl COMMAND --help tells more. pawl --version prints the version.\n"
        "\n"
        "Every command takes --color=WHEN: auto (the default), always or never. Without it,\n"
        "NO_COLOR and CLICOLOR_FORCE are heeded.\n"
        "\n"
        "exit codes: 0 pass, 1 regression or goal missed, 2 usage or configuration,\n"
        "3 could not measure, 4 inconclusive (with --fail-on inconclusive), 5 trouble of\n"
        "pawl's own, 130 interrupted\n");
}

int commands_unknown(const char *name, struct error *err)
{
    const char *names[COMMAND_COUNT];
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        names[i] = commands[i].name;
    const char *nearest = str_nearest(name, names, COMMAND_COUNT);
    if (nearest)
        return error_set(err, ERROR_USAGE, "unknown command '%s', did you mean '%s'?",
                         name, nearest);
    return error_set(err, ERROR_USAGE, "unknown command '%s'; pawl --help lists them",
                     name);
}
