#include "gate/cli/bisect_options.h"

#include <inttypes.h>

#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/base/units.h"
#include "gate/cli/limits.h"
#include "gate/cli/options.h"

#define ROWS 28

/* What the table fills in before it is translated. */
struct raw_options {
    struct bisect_options *options;
    struct raw_limits limits;
};

static size_t make_table(struct raw_options *raw, struct option_row *table)
{
    struct bisect_options *o = raw->options;
    const struct option_row rows[ROWS] = {
        { OPTION_GROUP, 0, NULL, NULL, NULL, "what is searched" },
        { OPTION_TEXT, 'g', "good", &o->good, "REV",
          "a commit that was fast; default: base of the last result" },
        { OPTION_TEXT, 'b', "bad", &o->bad, "REV",
          "a later one that is slow; default: head of the last result" },
        { OPTION_TEXT, 'r', "row", &o->row, "ROW",
          "the bench, or 'BENCH METRIC'; default: what regressed most\n"
          "in the last result" },
        { OPTION_TEXT, 'm', "metric", &o->metric, "M",
          "cpu, wall, instructions, ...; default: the row's, else the\n"
          "bench's time" },
        { OPTION_TEXT, 0, "margin", &o->margin, "SHARE",
          "half of that is no difference; default: the row's margin" },
        { OPTION_TEXT, 0, "result", &o->result_path, "FILE",
          "the result to look these up in; default: the newest one" },
        { OPTION_FLAG, 0, "all-parents", &o->all_parents, NULL,
          "look into merged branches too, not along first parents only" },
        { OPTION_TEXT, 'c', "config", &o->config_path, "FILE",
          "use this file for all commits, not their pawl.json" },
        { OPTION_TEXT, 'C', "directory", &o->directory, "DIR",
          "search in the repository that DIR lies in" },
        { OPTION_GROUP, 0, NULL, NULL, NULL, "how it is measured" },
        { OPTION_DURATION, 't', "budget", &raw->limits.budget_ns, "TIME",
          "measuring time that one comparison may take" },
        { OPTION_NUMBER, 'n', "pairs", &raw->limits.most, "N",
          "pairs that one comparison may take; undecided, twice that" },
        { OPTION_NUMBER, 0, "seed", &raw->limits.seed, "N",
          "for the order of runs; default: drawn" },
        { OPTION_NEGATION, 0, "no-identical", &o->skips_identical, NULL,
          "measure also where both sides run the same bytes" },
        { OPTION_NEGATION, 0, "no-pin", &o->may_pin, NULL,
          "leave the choice of CPU to the kernel" },
        { OPTION_NEGATION, 0, "no-priority", &o->may_raise, NULL,
          "leave the priority of what is measured as it is" },
        { OPTION_NEGATION, 0, "no-cache", &o->uses_build_cache, NULL,
          "build each commit anew, and keep none" },
        { OPTION_FLAG, 0, "fresh", &o->is_fresh, NULL,
          "measure anew what an interrupted search has measured;\n"
          "else it is gone on with" },
        { OPTION_GROUP, 0, NULL, NULL, NULL, "what comes out" },
        { OPTION_NEGATION, 0, "no-explain", &o->explains, NULL,
          "don't profile the culprit and its parent" },
        { OPTION_TEXT, 0, "flame", &o->flame_path, "FILE",
          "write a flame graph of the culprit and its parent there, as SVG" },
        { OPTION_TEXT, 0, "report", &o->report_path, "FILE",
          "write the report (markdown) here too" },
        { OPTION_TEXT, 0, "json", &o->json_path, "FILE", "write the result here too" },
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

static int read_margin(struct bisect_options *options, struct error *err)
{
    if (!options->margin)
        return 0;
    if (units_parse_share(options->margin, &options->margin_share) < 0 ||
        options->margin_share >= 1)
        return error_set(err, ERROR_USAGE, "--margin must be below 100 %%, %s, not '%s'",
                         UNITS_SHARE_EXAMPLES, options->margin);
    return 0;
}

static int
translate(struct raw_options *raw, const struct operands *operands, struct error *err)
{
    struct bisect_options *options = raw->options;
    enum metric ignored = METRIC_COUNT;
    if (operands->count || operands->rest_count)
        return error_set(err, ERROR_USAGE,
                         "'pawl bisect' takes no arguments, but got '%s': --row names "
                         "what is measured",
                         operands->count ? operands->items[0] : operands->rest[0]);
    if (raw_limits_check(&raw->limits, "pairs", 10, err) < 0)
        return -1;
    if (options->metric && !metric_parse(options->metric, &ignored))
        return error_set(err, ERROR_USAGE, "--metric: there is no metric '%s'",
                         options->metric);
    if (read_margin(options, err) < 0)
        return -1;
    const struct limits limits = raw_limits_take(&raw->limits);
    options->max_pairs = limits.most;
    options->budget_ns = limits.budget_ns;
    options->has_seed = limits.has_seed;
    options->seed = limits.seed;
    return 0;
}

int bisect_options_read(struct bisect_options *options,
                        int argc,
                        char **argv,
                        struct error *err)
{
    struct raw_options raw = { .options = options, .limits = RAW_LIMITS_INIT };
    struct option_row table[ROWS];
    struct operands operands;
    *options = (struct bisect_options){ .directory = ".",
                                        .skips_identical = true,
                                        .may_pin = true,
                                        .may_raise = true,
                                        .uses_build_cache = true,
                                        .explains = true };
    size_t count = make_table(&raw, table);
    if (options_read(table, count, argc, argv, &operands, err) < 0)
        return -1;
    options->wants_help = operands.wants_help;
    return options->wants_help ? 0 : translate(&raw, &operands, err);
}

void bisect_options_add_help(struct str *out)
{
    struct bisect_options options = { 0 };
    struct raw_options raw = { .options = &options };
    struct option_row table[ROWS];
    str_add(
        out,
        "usage: pawl bisect [--good REV] [--bad REV] [--row ROW] [OPTIONS]\n"
        "\n"
        "Finds the commit between a good and a bad one that made a row worse. Each step\n"
        "is a paired comparison with the good one, measured until it is clear on which\n"
        "side it lies; commits that can't be built or run are passed over. Exits with 1\n"
        "(found), 0 (no difference between the two, or bad is better), 4 (it can't be\n"
        "told which of several) or 3 (the two could not be compared). Run again after an\n"
        "interruption, it goes on where it stopped.\n"
        "\n");
    options_add_help(table, make_table(&raw, table), out);
}

void bisect_options_add_repeat(const struct bisect_options *options, struct str *out)
{
    if (options->margin)
        str_addf(out, " --margin '%s'", options->margin);
    if (options->all_parents)
        str_add(out, " --all-parents");
    if (options->config_path)
        str_addf(out, " --config '%s'", options->config_path);
    if (options->budget_ns)
        str_addf(out, " --budget %" PRId64 "ns", options->budget_ns);
    if (options->max_pairs)
        str_addf(out, " --pairs %" PRIu64, options->max_pairs);
    if (!options->skips_identical)
        str_add(out, " --no-identical");
    if (!options->may_pin)
        str_add(out, " --no-pin");
    if (!options->may_raise)
        str_add(out, " --no-priority");
    if (!options->explains)
        str_add(out, " --no-explain");
}
