#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/cli/check.h"
#include "gate/cli/command.h"
#include "gate/cli/exit_code.h"

static void add_help(struct str *out)
{
    str_add(
        out,
        "usage: pawl plan [OPTIONS] [BENCH...]\n"
        "\n"
        "Builds both sides as 'pawl check' would, runs each bench in 8 pairs, and says\n"
        "how many pairs and how much time its rows need to be decided at their margins,\n"
        "and the smallest margins that the budget pays for. Nothing is judged.\n"
        "The options are those of 'pawl check'; what concerns its report has no effect.\n"
        "\n");
    check_options_add_list(out);
}

int cmd_plan(int argc, char **argv, struct error *err)
{
    AUTO_CHECK struct check check;
    check_init(&check);
    if (check_options_read(&check.options, argc, argv, err) < 0)
        return -1;
    if (!check.options.wants_help)
        return check_plan(&check, err);

    AUTO_STR struct str help = STR_INIT;
    add_help(&help);
    return print_out(&help, err) < 0 ? -1 : EXIT_PASS;
}
