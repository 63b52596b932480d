#include <stdio.h>

#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/cli/check.h"
#include "gate/cli/check_shard.h"
#include "gate/cli/command.h"
#include "gate/cli/exit_code.h"
#include "gate/cli/github_report.h"
#include "gate/cli/record.h"
#include "gate/cli/stored.h"

static int end(struct check *check, struct error *err)
{
    stored_add_goal_trends(check);
    check_judge_waivers(check);
    check_decide(check);
    if (check_report(check, err) < 0 || check_record_result(check, err) < 0)
        return -1;
    /* Whether the gate is passed is not for a part of it to say. */
    return check->result.sharding
               ? EXIT_PASS
               : (int)fail_on_exit(&check->options.fail_on, check->result.exit);
}

/* Nothing of what changed matters to any bench. */
static int end_at_once(struct check *check, struct error *err)
{
    check_keep_shard(check);
    if (check_start(check, err) < 0 || check_measure(check, err) < 0)
        return -1;
    return end(check, err);
}

/* --baseline: base is not built. */
static int run_against_stored(struct check *check, struct error *err)
{
    check->gate.is_alone = true;
    if (check_outputs(check, err) < 0 || check_find_sides(check, err) < 0 ||
        check_list_benches(check, err) < 0)
        return -1;
    github_log_group(&check->github, "Build head, and measure it");
    if (check_against_stored(check, err) < 0)
        return -1;
    github_log_end_group(&check->github);
    return end(check, err);
}

/* What builds run and print goes folded in a log of GitHub's, as does what is said of
 * measuring. */
static int run_check(struct check *check, struct error *err)
{
    bool is_irrelevant = false;
    if (check_outputs(check, err) < 0 || check_find_sides(check, err) < 0 ||
        check_open_store(check, err) < 0 || check_list_benches(check, err) < 0 ||
        check_skip_irrelevant(check, &is_irrelevant, err) < 0)
        return -1;
    check_deal(check);
    if (is_irrelevant)
        return end_at_once(check, err);
    github_log_group(&check->github, "Build both sides, and see that they do the same");
    if (check_build_sides(check, err) < 0 || check_size_programs(check, err) < 0 ||
        check_skip_identical(check, err) < 0)
        return -1;
    check_keep_shard(check);
    if (check_same_work(check, &check->gate, err) < 0 ||
        check_add_control(check, err) < 0 || check_waive(check, err) < 0)
        return -1;
    github_log_group(&check->github, "Measure");
    if (check_measure(check, err) < 0 || check_confirm(check, err) < 0 ||
        check_layouts(check, err) < 0 || check_creep(check, err) < 0)
        return -1;
    github_log_group(&check->github, "Explain");
    if (check_explain(check, EXPLAIN_CHANGED, err) < 0)
        return -1;
    github_log_end_group(&check->github);
    return end(check, err);
}

/* Tells GitHub how the check ended, whatever way it did; code and err are what it ended
 * with. */
static int tell_github(struct check *check, int code, struct error *err)
{
    struct error trouble = { 0 };
    const struct github_end end = {
        .result = code < 0 ? NULL : &check->result,
        .passes = code == EXIT_PASS,
        .failure = err->message,
        .directory = check->results_directory,
        .base_sha = check->revisions[SIDE_BASE].commit,
        .head_sha = check->revisions[SIDE_HEAD].commit,
        .work_tree = check->source ? source_work_tree(check->source) : NULL,
    };
    github_log_end_group(&check->github);
    if (github_report(&end, &trouble) == 0 || code < 0)
        return code;
    *err = trouble;
    return -1;
}

static int print_help(struct error *err)
{
    AUTO_STR struct str help = STR_INIT;
    check_options_add_help(&help);
    return print_out(&help, err) < 0 ? -1 : EXIT_PASS;
}

int cmd_check(int argc, char **argv, struct error *err)
{
    AUTO_CHECK struct check check;
    check_init(&check);
    if (check_options_read(&check.options, argc, argv, err) < 0)
        return tell_github(&check, -1, err);
    if (check.options.wants_help)
        return print_help(err);
    if (check.options.only_plans)
        return check_plan(&check, err);
    github_log_open(&check.github);
    int code = check.options.is_against_stored ? run_against_stored(&check, err)
                                               : run_check(&check, err);
    return tell_github(&check, code, err);
}
