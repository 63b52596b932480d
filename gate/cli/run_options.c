#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/cli/check_options.h"
#include "gate/cli/limits.h"
#include "gate/cli/options.h"
#include "gate/cli/run.h"

/* What the table fills in before it is translated into struct check_options. */
struct raw_options {
    struct check_options *options;
    struct raw_limits limits;
    const char *fail_on;
};

#define ROWS 19

/* The table points into raw and options; it is made anew for each reading. */
static size_t make_table(struct raw_options *raw, struct option_row *table)
{
    struct check_options *o = raw->options;
    const struct option_row rows[ROWS] = {
        { OPTION_GROUP, 0, NULL, NULL, NULL, "what is measured" },
        { OPTION_FLAG, 'd', "dirty", &o->head_is_work_tree, NULL,
          "the work tree as it is, uncommitted changes too" },
        { OPTION_TEXT, 'c', "config", &o->config_path, "FILE",
          "use this file, not the commit's pawl.json" },
        { OPTION_TEXT, 'C', "directory", &o->directory, "DIR",
          "measure the repository that DIR lies in" },
        { OPTION_GROUP, 0, NULL, NULL, NULL, "how it is measured" },
        { OPTION_DURATION, 't', "budget", &raw->limits.budget_ns, "TIME",
          "measuring time for all benchmarks, such as 5m" },
        { OPTION_NUMBER, 'n', "runs", &raw->limits.most, "N",
          "runs of a benchmark at most; default: the config's pairs" },
        { OPTION_NUMBER, 0, "seed", &raw->limits.seed, "N",
          "for the order of runs; default: drawn" },
        { OPTION_NEGATION, 0, "no-pin", &o->may_pin, NULL,
          "leave the choice of CPU to the kernel" },
        { OPTION_NEGATION, 0, "no-cache", &o->uses_build_cache, NULL,
          "build anew, and do not keep it" },
        { OPTION_FLAG, 0, "allow-fork-code-in-privileged-event", &o->allows_fork_code,
          NULL,
          "in GitHub Actions: build code of forks also where the event\n"
          "(pull_request_target, workflow_run) has rights and secrets" },
        { OPTION_GROUP, 0, NULL, NULL, NULL, "what comes out" },
        { OPTION_TEXT, 0, "fail-on", &raw->fail_on, "WHAT",
          "goal: a missed goal exits with 1; else it is only said" },
        { OPTION_FLAG, 'r', "record", &o->records, NULL,
          "keep the session in the store, and print its name" },
        { OPTION_TEXT, 0, "store", &o->store, "PLACE",
          "keep it there: a directory, \"ref\" or \"ref:NAME\";\n"
          "default: \"baselines\" of pawl.json" },
        { OPTION_TEXT, 0, "json", &o->json_path, "FILE", "write the session here" },
        { OPTION_FLAG, 'q', "quiet", &raw->limits.is_quiet, NULL,
          "no steps, progress or warnings, and of the result one line" },
        { OPTION_FLAG, 'v', "verbose", &raw->limits.is_verbose, NULL,
          "show commands, why each step is taken, and rows as they\n"
          "are decided" },
    };
    size_t count = 0;
    for (size_t i = 0; i < ROWS && rows[i].help; i++)
        table[count++] = rows[i];
    return count;
}

static int check_operands(const struct operands *operands, struct error *err)
{
    if (operands->rest_count)
        return error_set(
            err, ERROR_USAGE,
            "'pawl run' measures the benchmarks of pawl.json; '%s' after '--' is for "
            "'pawl measure'",
            operands->rest[0]);
    return 0;
}

static int
translate(struct raw_options *raw, const struct operands *operands, struct error *err)
{
    struct check_options *options = raw->options;
    if (check_operands(operands, err) < 0)
        return -1;
    if (raw_limits_check(&raw->limits, "runs", 2, err) < 0)
        return -1;
    if (raw->fail_on && !str_equal(raw->fail_on, "goal"))
        return error_set(err, ERROR_USAGE, "--fail-on must be 'goal', not '%s'",
                         raw->fail_on);
    options->fails_on_goal = raw->fail_on;
    const struct limits limits = raw_limits_take(&raw->limits);
    options->max_pairs = limits.most;
    options->budget_ns = limits.budget_ns;
    options->has_seed = limits.has_seed;
    options->seed = limits.seed;
    if (operands->count && options->head_is_work_tree)
        return error_set(err, ERROR_USAGE,
                         "--dirty measures the work tree, '%s' names a commit: leave one "
                         "of the two out",
                         operands->items[0]);
    if (operands->count)
        options->head = operands->items[0];
    for (size_t i = 1; i < operands->count; i++)
        strvec_push(&options->patterns, operands->items[i]);
    if (options->store && !options->records)
        return error_set(err, ERROR_USAGE,
                         "--store '%s' says where --record keeps a session: give that "
                         "too",
                         options->store);
    return check_options_check_record(options, err);
}

int run_options_read(struct check_options *options,
                     int argc,
                     char **argv,
                     struct error *err)
{
    struct raw_options raw = { .options = options, .limits = RAW_LIMITS_INIT };
    struct option_row table[ROWS];
    struct operands operands;
    check_options_set_defaults(options);
    size_t count = make_table(&raw, table);
    if (options_read(table, count, argc, argv, &operands, err) < 0)
        return -1;
    options->wants_help = operands.wants_help;
    return options->wants_help ? 0 : translate(&raw, &operands, err);
}

void run_options_add_help(struct str *out)
{
    struct check_options options = { 0 };
    struct raw_options raw = { .options = &options };
    struct option_row table[ROWS];
    str_add(
        out,
        "usage: pawl run [OPTIONS] [COMMIT [BENCH...]]\n"
        "\n"
        "Builds one commit (default: HEAD) and runs the benchmarks of its pawl.json by\n"
        "themselves: in rounds, in random order, each at least 10 times, until the 95 %\n"
        "interval of each judged row's median is narrower than half its margin, or the\n"
        "budget is spent. With --record, the session is kept for later comparisons.\n"
        "Goals are judged, and met or missed is said. Exits with 3 where a benchmark could\n"
        "not be measured, and with --fail-on goal with 1 where a goal is missed.\n"
        "\n");
    options_add_help(table, make_table(&raw, table), out);
}
