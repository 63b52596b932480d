#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/cli/baseline.h"
#include "gate/cli/command.h"
#include "gate/cli/exit_code.h"

static const struct cli_command subcommands[] = {
    { "list", "the recorded sessions, newest last", baseline_list },
    { "show", "what one session holds", baseline_show },
    { "record", "keep the result of an earlier check as a session", baseline_record },
    { "push", "send sessions to a remote", baseline_push },
    { "pull", "take a remote's sessions over", baseline_pull },
    { "prune", "remove old sessions", baseline_prune },
    { "copy", "copy sessions from one place to another", baseline_copy },
    { "verify", "read every session, and name the damaged", baseline_verify },
};
#define SUBCOMMAND_COUNT (sizeof subcommands / sizeof *subcommands)

const struct cli_command *baseline_commands(size_t *count)
{
    *count = SUBCOMMAND_COUNT;
    return subcommands;
}

static int print_overview(struct error *err)
{
    AUTO_STR struct str out = STR_INIT;
    str_add(&out,
            "usage: pawl baseline COMMAND [OPTIONS]\n"
            "\n"
            "Recorded sessions: what was measured on other days (docs/baselines.md).\n"
            "\n");
    for (size_t i = 0; i < SUBCOMMAND_COUNT; i++)
        str_addf(&out, "  %-8s%s\n", subcommands[i].name, subcommands[i].summary);
    str_add(&out, "\npawl baseline COMMAND --help tells more.\n");
    return print_out(&out, err) < 0 ? -1 : EXIT_PASS;
}

static int unknown(const char *name, struct error *err)
{
    const char *names[SUBCOMMAND_COUNT];
    for (size_t i = 0; i < SUBCOMMAND_COUNT; i++)
        names[i] = subcommands[i].name;
    const char *nearest = str_nearest(name, names, SUBCOMMAND_COUNT);
    if (nearest)
        return error_set(err, ERROR_USAGE,
                         "unknown command 'baseline %s', did you mean 'baseline %s'?",
                         name, nearest);
    return error_set(err, ERROR_USAGE,
                     "unknown command 'baseline %s'; pawl baseline --help lists them",
                     name);
}

int cmd_baseline(int argc, char **argv, struct error *err)
{
    if (argc == 0)
        return error_set(err, ERROR_USAGE,
                         "'pawl baseline' takes a command; --help lists them");
    if (str_equal(argv[0], "--help") || str_equal(argv[0], "-h"))
        return print_overview(err);
    for (size_t i = 0; i < SUBCOMMAND_COUNT; i++) {
        if (str_equal(subcommands[i].name, argv[0]))
            return subcommands[i].run(argc - 1, argv + 1, err);
    }
    return unknown(argv[0], err);
}
