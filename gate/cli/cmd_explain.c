/* pawl explain: what a check says of rows that changed, of any two commits and without
 * its verdict. The few pairs are for the second witness, the time. */
#include <inttypes.h>

#include "gate/base/error.h"
#include "gate/base/log.h"
#include "gate/base/str.h"
#include "gate/cli/check.h"
#include "gate/cli/command.h"
#include "gate/cli/exit_code.h"
#include "gate/cli/explain_flame.h"
#include "gate/cli/explain_show.h"
#include "gate/cli/options.h"
#include "gate/cli/screen.h"
#include "gate/report/terminal_page.h"

#define FEWEST_PAIRS 8

struct explain_options {
    struct check_options *check;
    const char *function;
    const char *flame;
    int64_t budget_ns;
    uint64_t max_pairs;
    bool is_quiet;
    bool is_verbose;
};
#define NO_BUDGET (-1)
#define ROWS      11

static size_t make_table(struct explain_options *options, struct option_row *table)
{
    struct check_options *o = options->check;
    const struct option_row rows[ROWS] = {
        { OPTION_LIST, 0, "row", &o->patterns, "BENCH",
          "explain this benchmark alone, or what a harness prints as\n"
          "BENCH/NAME, with '*' and '?'; may be given more than once" },
        { OPTION_TEXT, 0, "function", &options->function, "NAME",
          "print the function's source with the costs of both sides\n"
          "in the margin" },
        { OPTION_TEXT, 0, "flame", &options->flame, "FILE",
          "write a flame graph of both sides there, as SVG; of more\n"
          "than one benchmark to FILE with -2, -3 … in its name" },
        { OPTION_TEXT, 'c', "config", &o->config_path, "FILE",
          "use this file for both sides, not the commits' pawl.json" },
        { OPTION_TEXT, 'C', "directory", &o->directory, "DIR",
          "the repository that DIR lies in" },
        { OPTION_DURATION, 't', "budget", &options->budget_ns, "TIME",
          "what measuring may take, and profiling again, such as 5m" },
        { OPTION_NUMBER, 'n', "pairs", &options->max_pairs, "N",
          "pairs a benchmark is timed in; default: 8" },
        { OPTION_NEGATION, 0, "no-cache", &o->uses_build_cache, NULL,
          "build both sides anew, and keep neither" },
        { OPTION_FLAG, 'q', "quiet", &options->is_quiet, NULL,
          "no steps, no progress, no warnings" },
        { OPTION_FLAG, 'v', "verbose", &options->is_verbose, NULL,
          "say why each step is taken" },
    };
    size_t count = 0;
    for (size_t i = 0; i < ROWS && rows[i].help; i++)
        table[count++] = rows[i];
    return count;
}

static int print_help(const struct option_row *table, size_t count, struct error *err)
{
    AUTO_STR struct str help = STR_INIT;
    str_add(
        &help,
        "usage: pawl explain [OPTIONS] BASE [HEAD]\n"
        "\n"
        "Says where the difference between two commits is: builds both, times each\n"
        "benchmark in a few pairs, profiles the ones that changed most under callgrind\n"
        "(about 50 times as slow), and prints the functions and lines that make it.\n"
        "HEAD is the current commit where it is left out. Nothing is judged.\n"
        "\n");
    options_add_help(table, count, &help);
    return print_out(&help, err) < 0 ? -1 : EXIT_PASS;
}

static int take_commits(struct explain_options *options,
                        const struct operands *operands,
                        struct error *err)
{
    struct check_options *check = options->check;
    if (operands->rest_count || operands->count < 1 || operands->count > 2)
        return error_set(err, ERROR_USAGE,
                         "'pawl explain' takes one commit or two: BASE [HEAD]");
    if (options->max_pairs < FEWEST_PAIRS)
        return error_set(err, ERROR_USAGE, "--pairs must be at least 8, not %" PRIu64,
                         options->max_pairs);
    if (options->budget_ns == 0)
        return error_set(err, ERROR_USAGE, "--budget must be more than nothing");
    check->takes_names = true;
    check->base = operands->items[0];
    if (operands->count == 2)
        check->head = operands->items[1];
    check->max_pairs = options->max_pairs;
    check->budget_ns = options->budget_ns == NO_BUDGET ? 0 : options->budget_ns;
    if (options->is_quiet)
        log_set_level(LOG_QUIET);
    else if (options->is_verbose)
        log_set_level(LOG_VERBOSE);
    return 0;
}

static int add_flames(const struct check *check,
                      const char *path,
                      struct str *out,
                      struct error *err)
{
    size_t length = out->length;
    if (!path)
        return 0;
    if (explain_write_flames(check, path, out, err) < 0)
        return -1;
    if (out->length == length)
        str_add(out, "no flame graph: nothing was profiled\n");
    return 0;
}

static int
explain(struct check *check, const struct explain_options *options, struct error *err)
{
    const char *function = options->function;
    if (options->flame && check_place(options->flame, err) < 0)
        return -1;
    if (check_find_sides(check, err) < 0 || check_list_benches(check, err) < 0 ||
        check_build_sides(check, err) < 0 || check_skip_identical(check, err) < 0 ||
        check_same_work(check, &check->gate, err) < 0 || check_measure(check, err) < 0 ||
        check_explain(check, EXPLAIN_EVERY, err) < 0)
        return -1;
    journal_close(&check->journal, true);
    AUTO_STR struct str text = STR_INIT;
    if (function && explain_show_function(check, function, &text, err) < 0)
        return -1;
    if (!function)
        explain_show(check, terminal_fit_width(screen_of_stdout().width), &text);
    if (add_flames(check, options->flame, &text, err) < 0)
        return -1;
    return print_out(&text, err) < 0 ? -1 : EXIT_PASS;
}

int cmd_explain(int argc, char **argv, struct error *err)
{
    AUTO_CHECK struct check check;
    struct operands operands;
    struct option_row table[ROWS];
    check_init(&check);
    check_options_set_defaults(&check.options);
    struct explain_options options = { .check = &check.options,
                                       .budget_ns = NO_BUDGET,
                                       .max_pairs = FEWEST_PAIRS };
    size_t count = make_table(&options, table);
    if (options_read(table, count, argc, argv, &operands, err) < 0)
        return -1;
    if (operands.wants_help)
        return print_help(table, count, err);
    if (take_commits(&options, &operands, err) < 0)
        return -1;
    return explain(&check, &options, err);
}
