/* `pawl merge`: one verdict of the results of all shards. */
#include <stdio.h>

#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/json.h"
#include "gate/base/log.h"
#include "gate/base/str.h"
#include "gate/cli/check.h"
#include "gate/cli/command.h"
#include "gate/cli/exit_code.h"
#include "gate/cli/fail_on.h"
#include "gate/cli/github_report.h"
#include "gate/cli/merge_flames.h"
#include "gate/cli/options.h"
#include "gate/cli/result_files.h"
#include "gate/cli/screen.h"
#include "gate/report/report.h"
#include "gate/verdict/judge.h"
#include "gate/verdict/merge.h"

#define ROWS 6

struct merge_options {
    const char *output_directory;
    const char *markdown_path;
    const char *json_path;
    const char *format; /* NULL: as the terminal has it */
    const char *fail_on;
    bool is_quiet;
};

static int read_input(const char *path, struct merge_inputs *inputs, struct error *err)
{
    AUTO_JSON json_t *json = json_read_file(path, ERROR_USAGE, err);
    if (!json) {
        err->code = ERROR_USAGE; /* a name that is not there was asked for, too */
        return -1;
    }
    struct merge_input *input = array_push(inputs);
    input->name = path;
    return report_json_read(json, &input->result, err) < 0
               ? error_prefix(err, "in '%s': ", path)
               : 0;
}

static int read_inputs(const struct operands *operands,
                       struct merge_inputs *inputs,
                       struct error *err)
{
    for (size_t i = 0; i < operands->count; i++) {
        if (read_input(operands->items[i], inputs, err) < 0)
            return -1;
    }
    return merge_check(inputs, err);
}

static int check_options(const struct merge_options *options,
                         struct fail_on *fail_on,
                         struct error *err)
{
    const struct result_files files = { options->output_directory, options->markdown_path,
                                        options->json_path };
    if (options->fail_on && fail_on_read(options->fail_on, fail_on, err) < 0)
        return -1;
    if (options->format && !report_find_writer(options->format))
        return error_set(err, ERROR_USAGE, "--format must be one of %s, not '%s'",
                         report_formats, options->format);
    if (options->format && options->is_quiet)
        return error_set(err, ERROR_USAGE, QUIET_OR_FORMAT, options->format);
    return result_files_check(&files, err);
}

static int show(const struct merge_options *options,
                const struct result *result,
                const struct merge_flames *flames,
                struct error *err)
{
    AUTO_STR struct str text = STR_INIT;
    const struct report_screen screen = screen_of_stdout();
    const struct result_files files = { options->output_directory, options->markdown_path,
                                        options->json_path };
    if (result_files_write(&files, result, &flames->still, err) < 0 ||
        (files.directory && merge_flames_write(flames, files.directory, err) < 0))
        return -1;
    if (options->format)
        report_find_writer(options->format)->write(result, &text);
    else if (options->is_quiet)
        report_verdict_line(result, screen.use_color, &text);
    else
        report_screen(result, &screen, &text);
    if (!options->format && !options->is_quiet && options->output_directory)
        str_addf(&text,
                 "report: %s/report.md\npage: %s/report.html\nresult: %s/result.json\n",
                 options->output_directory, options->output_directory,
                 options->output_directory);
    return print_out(&text, err);
}

static int merge(const struct merge_options *options,
                 const struct operands *operands,
                 struct result *result,
                 struct error *err)
{
    AUTO_MERGE_INPUTS struct merge_inputs inputs = { 0 };
    AUTO_MERGE_FLAMES struct merge_flames flames = { 0 };
    struct fail_on fail_on = { 0 };
    if (check_options(options, &fail_on, err) < 0 ||
        read_inputs(operands, &inputs, err) < 0)
        return -1;
    const struct judge_policy policy = { .fails_on_inconclusive = fail_on.inconclusive,
                                         .fails_on_layout = fail_on.layout };
    merge_flames_read(&inputs, options->output_directory, &flames);
    merge_results(&inputs, result);
    judge_gate(&policy, result);
    return show(options, result, &flames, err) < 0
               ? -1
               : (int)fail_on_exit(&fail_on, result->exit);
}

/* As a check of the whole would; files are looked for where it is merged. */
static int tell_github(const struct merge_options *options,
                       const struct result *result,
                       int code,
                       struct error *err)
{
    struct error trouble = { 0 };
    const struct github_end end = {
        .result = code < 0 ? NULL : result,
        .passes = code == EXIT_PASS,
        .failure = err->message,
        .directory = options->output_directory,
        .report_path = options->markdown_path,
        .json_path = options->json_path,
        .work_tree = ".",
    };
    if (github_report(&end, &trouble) == 0 || code < 0)
        return code;
    *err = trouble;
    return -1;
}

static int print_help(const struct option_row *table, struct error *err)
{
    AUTO_STR struct str help = STR_INIT;
    str_add(
        &help,
        "usage: pawl merge [OPTIONS] SHARD...\n"
        "\n"
        "Makes one verdict of the result.json files of 'pawl check --shard I/N', of\n"
        "which there must be each once, corrected over the rows of all of them, and\n"
        "exits as a check of the whole would: 0 (nothing got slower), 1 (regression) or\n"
        "3 (could not measure, or a shard is missing, doubled or of another gate).\n"
        "\n");
    options_add_help(table, ROWS, &help);
    return print_out(&help, err) < 0 ? -1 : EXIT_PASS;
}

int cmd_merge(int argc, char **argv, struct error *err)
{
    struct merge_options options = { 0 };
    AUTO_STR struct str formats = STR_INIT;
    str_addf(&formats, "what is printed: one of %s;\ndefault: for the terminal",
             report_formats);
    const struct option_row table[ROWS] = {
        { OPTION_TEXT, 0, "fail-on", &options.fail_on, "WHAT",
          "as for check: regression, inconclusive, layout, error, never" },
        { OPTION_TEXT, 'o', "output", &options.output_directory, "DIR",
          "put report.html, report.md, result.json and the shards'\nflame graphs there" },
        { OPTION_TEXT, 0, "markdown", &options.markdown_path, "FILE",
          "write the report here" },
        { OPTION_TEXT, 0, "json", &options.json_path, "FILE", "write the result here" },
        { OPTION_TEXT, 'f', "format", &options.format, "FORMAT", formats.data },
        { OPTION_FLAG, 'q', "quiet", &options.is_quiet, NULL,
          "no steps, progress or warnings, and of the result one line" },
    };
    struct operands operands;

    AUTO(result_clear) struct result result = { 0 };
    int code = -1;
    if (options_read(table, ROWS, argc, argv, &operands, err) == 0) {
        if (operands.wants_help)
            return print_help(table, err);
        if (options.is_quiet)
            log_set_level(LOG_QUIET);
        code = operands.count
                   ? merge(&options, &operands, &result, err)
                   : error_set(err, ERROR_USAGE,
                               "'pawl merge' takes the result.json files of all shards");
    }
    return tell_github(&options, &result, code, err);
}
