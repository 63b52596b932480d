#include <fcntl.h>
#include <unistd.h>

#include "gate/base/error.h"
#include "gate/base/interrupt.h"
#include "gate/base/log.h"
#include "gate/base/str.h"
#include "gate/cli/command.h"
#include "gate/cli/exit_code.h"
#include "gate/cli/version.h"

static const struct cli_command commands[] = {
    { "init", "look at the project, and write a pawl.json for its benchmarks", cmd_init },
    { "check", "the gate: measure base against head and decide", cmd_check },
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
};
#define COMMAND_COUNT (sizeof commands / sizeof commands[0])

static void add_overview(struct str *out)
{
    str_add(out, "pawl: a performance regression gate\n"
                 "\n"
                 "usage: pawl COMMAND [OPTIONS]\n"
                 "\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        str_addf(out, "  %-10s%s\n", commands[i].name, commands[i].summary);
    str_add(
        out,
        "\n"
        "pawl COMMAND --help tells more. pawl --version prints the version.\n"
        "\n"
        "exit codes: 0 pass, 1 regression or goal missed, 2 usage or configuration,\n"
        "3 could not measure, 4 inconclusive (with --fail-on inconclusive), 5 trouble of\n"
        "pawl's own, 130 interrupted\n");
}

static const struct cli_command *find_command(const char *name)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (str_equal(commands[i].name, name))
            return &commands[i];
    }
    return NULL;
}

static int unknown_command(const char *name, struct error *err)
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

static int run(int argc, char **argv, struct error *err)
{
    AUTO_STR struct str text = STR_INIT;
    if (argc < 2)
        return error_set(err, ERROR_USAGE, "no command; pawl --help lists them");

    const struct cli_command *command = find_command(argv[1]);
    if (command)
        return command->run(argc - 2, argv + 2, err);
    if (str_equal(argv[1], "--help") || str_equal(argv[1], "-h") ||
        str_equal(argv[1], "help"))
        add_overview(&text);
    else if (str_equal(argv[1], "--version"))
        str_addf(&text, "pawl %s\n", PAWL_VERSION);
    else
        return unknown_command(argv[1], err);
    return print_out(&text, err) < 0 ? -1 : EXIT_PASS;
}

/* A standard file that is closed would be the next file opened, and what is meant for
 * standard output would end up in that one. Closed ones become /dev/null, standard output
 * one that can't be written: a report that nobody gets is trouble. */
static void fill_standard_files(void)
{
    static const int modes[] = { O_RDONLY, O_RDONLY, O_WRONLY };
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) < 0)
            (void)open("/dev/null", modes[fd]);
    }
}

int main(int argc, char **argv)
{
    struct error err = { 0 };

    fill_standard_files();
    interrupt_install();
    int code = run(argc, argv, &err);
    if (code < 0) {
        log_error("%s", err.message);
        code = (int)exit_code_of(&err);
    }
    return code;
}
