#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/base/units.h"
#include "gate/cli/command.h"
#include "gate/cli/compare.h"
#include "gate/cli/compare_phrase.h"
#include "gate/cli/compare_writers.h"
#include "gate/cli/options.h"
#include "gate/cli/screen.h"
#include "gate/report/terminal_page.h"

#define ROWS 6

struct compare_options {
    const char *margin;
    const char *paired; /* NULL: two files */
    const char *from;   /* NULL: recognised */
    const char *format; /* NULL: as the terminal has it */
    const char *fail_on;
    bool is_quiet;
};

static int print_help(const struct option_row *table, struct error *err)
{
    AUTO_STR struct str help = STR_INIT;
    str_addf(
        &help,
        "usage: pawl compare [OPTIONS] BASE HEAD\n"
        "       pawl compare [OPTIONS] --paired FILE.csv\n"
        "\n"
        "Decides between two recorded results, whoever measured them, or between the\n"
        "two columns of pairs. Smaller is taken for better, but of rates (.../s).\n"
        "Reads %s.\n"
        "\n",
        compare_input_formats);
    options_add_help(table, ROWS, &help);
    return print_out(&help, err) < 0 ? -1 : EXIT_PASS;
}

static int check_operands(const struct compare_options *options,
                          const struct operands *operands,
                          struct error *err)
{
    if (operands->rest_count)
        return error_set(err, ERROR_USAGE,
                         "'pawl compare' runs no command; '%s' after '--' is for "
                         "'pawl measure'",
                         operands->rest[0]);
    if (options->paired && operands->count)
        return error_set(err, ERROR_USAGE,
                         "--paired is the one file to read; what is '%s'?",
                         operands->items[0]);
    if (options->paired && options->from)
        return error_set(err, ERROR_USAGE, "--paired reads CSV alone, not --from '%s'",
                         options->from);
    if (!options->paired && operands->count != 2)
        return error_set(err, ERROR_USAGE,
                         "'pawl compare' takes two files, base and head, not %zu",
                         operands->count);
    return 0;
}

static int fill_settings(const struct compare_options *options,
                         struct comparison *comparison,
                         struct error *err)
{
    comparison->false_alarm = 0.01;
    comparison->miss = 0.05;
    comparison->fails_on_inconclusive = str_equal(options->fail_on, "inconclusive");
    if (units_parse_share(options->margin, &comparison->margin) < 0 ||
        comparison->margin >= 1)
        return error_set(err, ERROR_USAGE, "--margin must be %s, not '%s'",
                         UNITS_SHARE_EXAMPLES, options->margin);
    if (!comparison->fails_on_inconclusive && !str_equal(options->fail_on, "regression"))
        return error_set(err, ERROR_USAGE,
                         "--fail-on must be 'regression' or 'inconclusive', not '%s'",
                         options->fail_on);
    return 0;
}

static int
compare_paired(struct comparison *comparison, const char *path, struct error *err)
{
    AUTO_PAIRED struct paired_recording recording = { 0 };
    AUTO_DOCUMENT struct document document;
    comparison->is_paired = true;
    comparison->base_path = comparison->head_path = path;
    if (document_open(&document, path, err) < 0 ||
        pairs_read(&document, &recording, err) < 0)
        return -1;
    compare_pairs(comparison, &recording);
    return 0;
}

static int compare_files(struct comparison *comparison,
                         char **paths,
                         const char *format,
                         struct error *err)
{
    AUTO_RECORDING struct recording base = { 0 };
    AUTO_RECORDING struct recording head = { 0 };
    comparison->base_path = paths[0];
    comparison->head_path = paths[1];
    if (compare_read(paths[0], format, &base, err) < 0 ||
        compare_read(paths[1], format, &head, err) < 0)
        return -1;
    return compare_samples(comparison, &base, &head, err);
}

static int check_format(const struct compare_options *options, struct error *err)
{
    if (options->format && !compare_find_writer(options->format))
        return error_set(err, ERROR_USAGE, "--format must be one of %s, not '%s'",
                         compare_formats, options->format);
    if (options->format && options->is_quiet)
        return error_set(err, ERROR_USAGE, QUIET_OR_FORMAT, options->format);
    return 0;
}

static int show(const struct compare_options *options,
                const struct comparison *comparison,
                struct error *err)
{
    AUTO_STR struct str text = STR_INIT;
    AUTO_STR struct str answer = STR_INIT;
    const struct report_screen screen = screen_of_stdout();
    compare_add_headline(&answer, comparison);
    if (options->is_quiet)
        terminal_add_answer_line(screen.use_color, comparison->verdict, answer.data, "",
                                 &text);
    else if (options->format)
        compare_find_writer(options->format)->write(comparison, &text);
    else
        compare_write_screen(comparison, &screen, &text);
    return print_out(&text, err);
}

static int run(const struct compare_options *options,
               const struct operands *operands,
               struct error *err)
{
    AUTO_COMPARISON struct comparison comparison = { 0 };
    if (check_format(options, err) < 0 || check_operands(options, operands, err) < 0 ||
        fill_settings(options, &comparison, err) < 0)
        return -1;
    int compared = options->paired
                       ? compare_paired(&comparison, options->paired, err)
                       : compare_files(&comparison, operands->items, options->from, err);
    if (compared < 0)
        return -1;
    return show(options, &comparison, err) < 0 ? -1 : (int)comparison.exit;
}

int cmd_compare(int argc, char **argv, struct error *err)
{
    struct compare_options options = { .margin = "2%", .fail_on = "regression" };
    const struct option_row table[ROWS] = {
        { OPTION_TEXT, 'm', "margin", &options.margin, "SHARE",
          "the change that does not matter; default: 2%" },
        { OPTION_TEXT, 'p', "paired", &options.paired, "FILE",
          "CSV with the columns base and head (and name, for many\n"
          "rows), one pair a line, in the order they ran" },
        { OPTION_TEXT, 0, "from", &options.from, "FORMAT",
          "of both files; default: recognised" },
        { OPTION_TEXT, 'f', "format", &options.format, "FORMAT",
          "what is printed: one of json, markdown, terminal, tsv;\n"
          "default: for the terminal" },
        { OPTION_TEXT, 0, "fail-on", &options.fail_on, "WHAT",
          "regression (the default), or inconclusive: then rows that\n"
          "could not be decided exit with 4" },
        { OPTION_FLAG, 'q', "quiet", &options.is_quiet, NULL,
          "print the answer alone, one line" },
    };
    struct operands operands;

    if (options_read(table, ROWS, argc, argv, &operands, err) < 0)
        return -1;
    if (operands.wants_help)
        return print_help(table, err);
    return run(&options, &operands, err);
}
