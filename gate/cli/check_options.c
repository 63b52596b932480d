#include "gate/cli/check_options.h"

#include <inttypes.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/shell_word.h"
#include "gate/base/str.h"
#include "gate/base/units.h"
#include "gate/cli/check_given.h"
#include "gate/cli/check_shard.h"
#include "gate/cli/fail_on.h"
#include "gate/cli/limits.h"
#include "gate/cli/options.h"
#include "gate/config/config.h"

/* What the table fills in before it is translated into struct check_options. */
struct raw_options {
    struct check_options *options;
    struct raw_limits limits;
    const char *fail_on;
    const char *shard;
};

#define MOST_ROWS 64

/* The table points into raw and options; it is made anew for each reading. */
struct table {
    struct option_row rows[MOST_ROWS];
    size_t count;
};

static void append(struct table *table, const struct option_row *rows, size_t count)
{
    for (size_t i = 0; i < count && table->count < MOST_ROWS; i++)
        table->rows[table->count++] = rows[i];
}

static void add_sides(struct raw_options *raw, struct table *table)
{
    struct check_options *o = raw->options;
    const struct option_row rows[] = {
        { OPTION_GROUP, 0, NULL, NULL, NULL, "what is compared" },
        { OPTION_TEXT, 'b', "base", &o->base, "REV",
          "compare with this commit; default: the merge base of\n"
          "head and the upstream default branch" },
        { OPTION_TEXT, 0, "head", &o->head, "REV", "the commit to judge; default: HEAD" },
        { OPTION_FLAG, 'd', "dirty", &o->head_is_work_tree, NULL,
          "judge the work tree as it is, uncommitted changes too" },
        { OPTION_TEXT, 'c', "config", &o->config_path, "FILE",
          "use this file for both sides, not the commits' pawl.json" },
        { OPTION_LIST, 0, "build", &o->builds, "CMD",
          "without a pawl.json: what makes a side; may be repeated" },
        { OPTION_LIST, 0, "run", &o->runs, "[NAME=]CMD",
          "without a pawl.json: a benchmark; may be repeated" },
        { OPTION_TEXT, 'C', "directory", &o->directory, "DIR",
          "judge the repository that DIR lies in" },
    };
    append(table, rows, sizeof rows / sizeof rows[0]);
}

static void add_amounts(struct raw_options *raw, struct table *table)
{
    const struct option_row rows[] = {
        { OPTION_GROUP, 0, NULL, NULL, NULL, "how it is measured" },
        { OPTION_DURATION, 't', "budget", &raw->limits.budget_ns, "TIME",
          "measuring time for all benchmarks, such as 5m" },
        { OPTION_NUMBER, 'n', "pairs", &raw->limits.most, "N",
          "pairs a benchmark may take at most" },
        { OPTION_NUMBER, 0, "seed", &raw->limits.seed, "N",
          "for the order of runs; default: drawn" },
    };
    append(table, rows, sizeof rows / sizeof rows[0]);
}

static void add_second_looks(struct raw_options *raw, struct table *table)
{
    struct check_options *o = raw->options;
    const struct option_row rows[] = {
        { OPTION_FLAG, 0, "control", &o->controls, NULL,
          "measure base against a copy of itself too, in about twice\n"
          "the time: where they differ, the gate fails with 3" },
        { OPTION_FLAG, 0, "confirm", &o->confirms, NULL,
          "build and measure again what regressed: both must show it" },
        { OPTION_TEXT, 0, "layouts", &o->layouts, "WHAT",
          "build and measure in other layouts of the code too:\n"
          "regressed (rows that would be called so; the default),\n"
          "off, or a number of layouts (5 to 20) for every row" },
        { OPTION_CHOICE, 0, "anchor", &o->anchor, "REV",
          "measure head against this commit too (the anchor of\n"
          "pawl.json, where it is left out), so that many small\n"
          "steps are seen as one" },
        { OPTION_NEGATION, 0, "no-explain", &o->explains, NULL,
          "don't profile what got worse or better to say why" },
        { OPTION_FLAG, 0, "baseline", &o->is_against_stored, NULL,
          "do not build base: hold head, measured alone, against\n"
          "stored sessions of base or before it (at least 5)" },
        { OPTION_FLAG, 0, "across-machines", &o->is_across, NULL,
          "with --baseline: also against those of other machines" },
    };
    append(table, rows, sizeof rows / sizeof rows[0]);
}

static void add_manners(struct raw_options *raw, struct table *table)
{
    struct check_options *o = raw->options;
    const struct option_row rows[] = {
        { OPTION_NEGATION, 0, "no-identical", &o->skips_identical, NULL,
          "measure also where both sides run the same bytes" },
        { OPTION_NEGATION, 0, "no-pin", &o->may_pin, NULL,
          "leave the choice of CPU to the kernel" },
        { OPTION_NEGATION, 0, "no-priority", &o->may_raise, NULL,
          "run what is measured like any other program, not before\n"
          "the machine's other work where that is permitted" },
        { OPTION_NEGATION, 0, "no-cache", &o->uses_build_cache, NULL,
          "build both sides anew, and keep neither" },
        { OPTION_TEXT, 0, "shard", &raw->shard, "I/N",
          "measure part I of N alone; 'pawl merge' makes the verdict\n"
          "of the results of all" },
        { OPTION_FLAG, 0, "dry-run", &o->only_plans, NULL,
          "measure 8 pairs and say what a check would take, as\n"
          "'pawl plan' does; nothing is judged" },
        { OPTION_FLAG, 0, "resume", &o->resumes, NULL,
          "go on with an interrupted run of the same comparison" },
        { OPTION_FLAG, 0, "allow-fork-code-in-privileged-event", &o->allows_fork_code,
          NULL,
          "in GitHub Actions: build code of forks also where the event\n"
          "(pull_request_target, workflow_run) has rights and secrets" },
    };
    append(table, rows, sizeof rows / sizeof rows[0]);
}

static void add_outputs(struct raw_options *raw, struct table *table)
{
    struct check_options *o = raw->options;
    const struct option_row rows[] = {
        { OPTION_GROUP, 0, NULL, NULL, NULL, "what comes out" },
        { OPTION_TEXT, 0, "fail-on", &raw->fail_on, "WHAT",
          "regression (the default), and also, behind commas,\n"
          "inconclusive: rows that could not be decided exit with 4,\n"
          "layout: layout-sensitive rows exit with 1; or alone error:\n"
          "only what could not be measured, never: no result" },
        { OPTION_TEXT, 'o', "output", &o->output_directory, "DIR",
          "put report.md, report.html, result.json and, where something\n"
          "was profiled, flame.svg there; default: in the cache" },
        { OPTION_TEXT, 0, "markdown", &o->markdown_path, "FILE",
          "write the report here too" },
        { OPTION_TEXT, 0, "json", &o->json_path, "FILE", "write the result here too" },
        { OPTION_FLAG, 0, "record", &o->records, NULL,
          "keep the session in the store, and print its name" },
        { OPTION_TEXT, 0, "store", &o->store, "PLACE",
          "keep it there: a directory, \"ref\" or \"ref:NAME\";\n"
          "default: \"baselines\" of pawl.json" },
        { OPTION_FLAG, 'q', "quiet", &raw->limits.is_quiet, NULL,
          "no steps, progress or warnings, and of the result one line" },
        { OPTION_FLAG, 'v', "verbose", &raw->limits.is_verbose, NULL,
          "show commands, why each step is taken, and rows as they\n"
          "are decided" },
    };
    append(table, rows, sizeof rows / sizeof rows[0]);
}

static void make_table(struct raw_options *raw, struct table *table)
{
    table->count = 0;
    add_sides(raw, table);
    add_amounts(raw, table);
    add_second_looks(raw, table);
    add_manners(raw, table);
    add_outputs(raw, table);
}

void check_options_set_defaults(struct check_options *options)
{
    *options = (struct check_options){
        .directory = ".",
        .head = "HEAD",
        .skips_identical = true,
        .may_pin = true,
        .may_raise = true,
        .uses_build_cache = true,
        .explains = true,
    };
}

int check_options_check_record(const struct check_options *options, struct error *err)
{
    if (options->records && options->head_is_work_tree)
        return error_set(err, ERROR_USAGE,
                         "--record keeps what a commit took, and --dirty measures a work "
                         "tree, which is no commit's history: commit it, or leave one of "
                         "the two out");
    if (options->records && options->only_plans)
        return error_set(err, ERROR_USAGE,
                         "--dry-run measures nothing that --record could keep");
    if (options->store && !options->records && !options->is_against_stored &&
        !options->anchor)
        return error_set(err, ERROR_USAGE,
                         "--store '%s' says where sessions are kept, for --record, "
                         "--baseline and --anchor: give one of these too",
                         options->store);
    return 0;
}

/* What needs a base that is measured, or a journal. */
static int check_baseline_options(const struct check_options *options, struct error *err)
{
    const struct {
        bool is_given;
        const char *name;
    } others[] = {
        { options->controls, "control" },   { options->confirms, "confirm" },
        { options->layouts, "layouts" },    { options->anchor, "anchor" },
        { options->only_plans, "dry-run" }, { options->resumes, "resume" },
        { options->records, "record" },
    };
    if (options->is_across && !options->is_against_stored)
        return error_set(err, ERROR_USAGE,
                         "--across-machines is for --baseline: give that too");
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        if (options->is_against_stored && others[i].is_given)
            return error_set(err, ERROR_USAGE,
                             "--baseline measures head alone, against sessions that are "
                             "stored already: leave --%s out",
                             others[i].name);
    }
    return 0;
}

static int
translate(struct raw_options *raw, const struct operands *operands, struct error *err)
{
    struct check_options *options = raw->options;
    if (operands->rest_count)
        return error_set(
            err, ERROR_USAGE,
            "'pawl check' runs no command of its own; '%s' after '--' is for "
            "'pawl measure'",
            operands->rest[0]);
    if (options->head_is_work_tree && !str_equal(options->head, "HEAD"))
        return error_set(err, ERROR_USAGE,
                         "--dirty judges the work tree, --head '%s' a commit: "
                         "give one of them",
                         options->head);
    if (check_given_options(options, err) < 0 ||
        raw_limits_check(&raw->limits, "pairs", 8, err) < 0)
        return -1;
    if (raw->fail_on && fail_on_read(raw->fail_on, &options->fail_on, err) < 0)
        return -1;
    struct layout_choice ignored;
    if (options->layouts && layout_choice_parse(options->layouts, &ignored) < 0)
        return error_set(err, ERROR_USAGE,
                         "--layouts must be 'regressed', 'off' or a whole number from 5 "
                         "to 20, not '%s'",
                         options->layouts);
    const struct limits limits = raw_limits_take(&raw->limits);
    options->max_pairs = limits.most;
    options->budget_ns = limits.budget_ns;
    options->has_seed = limits.has_seed;
    options->seed = limits.seed;
    for (size_t i = 0; i < operands->count; i++)
        strvec_push(&options->patterns, operands->items[i]);
    if (check_baseline_options(options, err) < 0 ||
        (raw->shard && shard_options_read(raw->shard, options, err) < 0))
        return -1;
    return check_options_check_record(options, err);
}

int check_options_read(struct check_options *options,
                       int argc,
                       char **argv,
                       struct error *err)
{
    struct raw_options raw = { .options = options, .limits = RAW_LIMITS_INIT };
    struct table table;
    struct operands operands;

    check_options_set_defaults(options);
    make_table(&raw, &table);
    if (options_read(table.rows, table.count, argc, argv, &operands, err) < 0)
        return -1;
    options->wants_help = operands.wants_help;
    return options->wants_help ? 0 : translate(&raw, &operands, err);
}

void check_options_clear(struct check_options *options)
{
    strvec_clear(&options->patterns);
    strvec_clear(&options->builds);
    strvec_clear(&options->runs);
}

void check_options_add_list(struct str *out)
{
    struct check_options options = { 0 };
    struct raw_options raw = { .options = &options };
    struct table table;
    make_table(&raw, &table);
    options_add_help(table.rows, table.count, out);
}

void check_options_add_help(struct str *out)
{
    str_add(
        out,
        "usage: pawl check [OPTIONS] [BENCH...]\n"
        "\n"
        "Builds two commits, checks that they do the same, runs the benchmarks of pawl.json\n"
        "in pairs until each row is decided, and exits with 0 (nothing got slower), 1\n"
        "(regression) or 3 (could not measure). BENCH is a benchmark's name or a row's id,\n"
        "with '*' and '?': 'list', 'list[n=1000]', 'note-*'.\n"
        "\n");
    check_options_add_list(out);
}

static void add_budget(struct str *out, int64_t budget_ns)
{
    bool is_whole = budget_ns % 1000000 == 0;
    str_addf(out, " --budget %" PRId64 "%s", is_whole ? budget_ns / 1000000 : budget_ns,
             is_whole ? "ms" : "ns");
}

void check_options_add_repeat(const struct check_options *options, struct str *out)
{
    if (options->config_path) {
        str_add(out, " --config ");
        shell_word_add(out, options->config_path);
    }
    check_given_add(options, out);
    if (options->budget_ns)
        add_budget(out, options->budget_ns);
    if (options->max_pairs)
        str_addf(out, " --pairs %" PRIu64, options->max_pairs);
    if (options->controls)
        str_add(out, " --control");
    if (options->confirms)
        str_add(out, " --confirm");
    if (options->layouts)
        str_addf(out, " --layouts %s", options->layouts);
    if (options->anchor)
        str_add(out, " --anchor");
    if (options->anchor && *options->anchor) {
        str_add(out, "=");
        shell_word_add(out, options->anchor);
    }
    if (options->is_against_stored)
        str_add(out, " --baseline");
    if (options->is_across)
        str_add(out, " --across-machines");
    if (!options->skips_identical)
        str_add(out, " --no-identical");
    if (!options->may_pin)
        str_add(out, " --no-pin");
    if (!options->may_raise)
        str_add(out, " --no-priority");
    if (options->shard_count)
        str_addf(out, " --shard %zu/%zu", options->shard, options->shard_count);
    for (size_t i = 0; i < options->patterns.count; i++) {
        str_add_char(out, ' ');
        shell_word_add(out, options->patterns.items[i]);
    }
}
