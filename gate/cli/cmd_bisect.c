#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/cli/bisection.h"
#include "gate/cli/command.h"
#include "gate/cli/exit_code.h"

static int run_bisection(struct bisection *bisection, struct error *err)
{
    if (bisection_find(bisection, err) < 0 || bisection_begin(bisection, err) < 0 ||
        bisection_search(bisection, err) < 0 || bisection_report(bisection, err) < 0)
        return -1;
    return (int)bisection->result.exit;
}

int cmd_bisect(int argc, char **argv, struct error *err)
{
    AUTO_BISECTION struct bisection bisection;
    bisection_init(&bisection);
    if (bisect_options_read(&bisection.options, argc, argv, err) < 0)
        return -1;
    if (!bisection.options.wants_help)
        return run_bisection(&bisection, err);

    AUTO_STR struct str help = STR_INIT;
    bisect_options_add_help(&help);
    return print_out(&help, err) < 0 ? -1 : EXIT_PASS;
}
