#include <stdio.h>

#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/cli/check.h"
#include "gate/cli/command.h"
#include "gate/cli/exit_code.h"
#include "gate/cli/record.h"
#include "gate/cli/stored.h"

static int end(struct check *check, struct error *err)
{
    stored_add_goal_trends(check);
    check_judge_waivers(check);
    check_decide(check);
    if (check_report(check, err) < 0 || check_record_result(check, err) < 0)
        return -1;
    return (int)check->result.exit;
}

/* --baseline: base is not built. */
static int run_against_stored(struct check *check, struct error *err)
{
    check->gate.is_alone = true;
    if (check_outputs(check, err) < 0 || check_find_sides(check, err) < 0 ||
        check_list_benches(check, err) < 0 || check_against_stored(check, err) < 0)
        return -1;
    return end(check, err);
}

static int run_check(struct check *check, struct error *err)
{
    if (check_outputs(check, err) < 0 || check_find_sides(check, err) < 0 ||
        check_open_store(check, err) < 0 || check_list_benches(check, err) < 0 ||
        check_build_sides(check, err) < 0 || check_skip_identical(check, err) < 0 ||
        check_same_work(check, &check->gate, err) < 0 ||
        check_add_control(check, err) < 0 || check_waive(check, err) < 0 ||
        check_measure(check, err) < 0 || check_confirm(check, err) < 0 ||
        check_layouts(check, err) < 0 || check_creep(check, err) < 0 ||
        check_explain(check, EXPLAIN_CHANGED, err) < 0)
        return -1;
    return end(check, err);
}

int cmd_check(int argc, char **argv, struct error *err)
{
    AUTO_CHECK struct check check;
    check_init(&check);
    if (check_options_read(&check.options, argc, argv, err) < 0)
        return -1;
    if (!check.options.wants_help)
        return check.options.only_plans          ? check_plan(&check, err)
               : check.options.is_against_stored ? run_against_stored(&check, err)
                                                 : run_check(&check, err);

    AUTO_STR struct str help = STR_INIT;
    check_options_add_help(&help);
    return print_out(&help, err) < 0 ? -1 : EXIT_PASS;
}
