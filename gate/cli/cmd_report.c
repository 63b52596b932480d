#include "gate/base/error.h"
#include "gate/base/json.h"
#include "gate/base/str.h"
#include "gate/cli/command.h"
#include "gate/cli/exit_code.h"
#include "gate/cli/options.h"
#include "gate/cli/report_optimization.h"
#include "gate/report/report.h"

#define ROWS 6

static int read_result(const char *path, struct result *result, struct error *err)
{
    AUTO_JSON json_t *json = json_read_file(path, ERROR_USAGE, err);
    if (!json) {
        err->code = ERROR_USAGE; /* a name that is not there was asked for, too */
        return -1;
    }
    return report_json_read(json, result, err) < 0 ? error_prefix(err, "in '%s': ", path)
                                                   : 0;
}

enum {
    KIND_COUNT = 2
};
static const char *const kinds[KIND_COUNT] = { "gate", "optimization" };

struct report_options {
    const char *kind;
    const char *format; /* NULL: markdown */
    struct report_optimization_options optimization;
};

static int
render(const char *path, const struct report_options *options, struct error *err)
{
    const char *format = options->format ? options->format : "markdown";
    const struct report_writer *writer = report_find_writer(format);
    if (!writer)
        return error_set(err, ERROR_USAGE, "--format must be one of %s, not '%s'",
                         report_formats, format);
    AUTO(result_clear) struct result result = { 0 };
    AUTO_STR struct str text = STR_INIT;
    if (read_result(path, &result, err) < 0)
        return -1;
    writer->write(&result, &text);
    return print_out(&text, err) < 0 ? -1 : EXIT_PASS;
}

static int render_optimization(const char *path,
                               const struct report_options *options,
                               struct error *err)
{
    AUTO(result_clear) struct result result = { 0 };
    if (options->format && !str_equal(options->format, "markdown"))
        return error_set(err, ERROR_USAGE,
                         "the report on an optimization is markdown, not '%s'",
                         options->format);
    if (read_result(path, &result, err) < 0)
        return -1;
    return report_optimization_make(&result, &options->optimization, err) < 0 ? -1
                                                                              : EXIT_PASS;
}

/* Which of the kinds, or -1. */
static int find_kind(const struct report_options *options, struct error *err)
{
    const struct report_optimization_options *own = &options->optimization;
    bool is_for_optimization = own->should_save || own->title || own->notes_path;
    if (str_equal(options->kind, kinds[1]))
        return 1;
    if (!str_equal(options->kind, kinds[0]))
        return error_set(err, ERROR_USAGE, "--kind must be one of %s, %s, not '%s'",
                         kinds[0], kinds[1], options->kind);
    return is_for_optimization
               ? error_set(err, ERROR_USAGE,
                           "--save, --title and --notes go with --kind optimization")
               : 0;
}

static int print_help(const struct option_row *table, struct error *err)
{
    AUTO_STR struct str help = STR_INIT;
    str_add(
        &help,
        "usage: pawl report [--format FORMAT] RESULT\n"
        "       pawl report --kind optimization [--save] [--title TITLE] "
        "[--notes FILE] RESULT\n"
        "\n"
        "Renders the result.json of an earlier gate again, on standard output; or makes\n"
        "of it the report on an optimization that a team keeps.\n"
        "\n");
    options_add_help(table, ROWS, &help);
    return print_out(&help, err) < 0 ? -1 : EXIT_PASS;
}

int cmd_report(int argc, char **argv, struct error *err)
{
    struct report_options options = { .kind = kinds[0],
                                      .optimization = { .directory = "." } };
    struct report_optimization_options *own = &options.optimization;
    AUTO_STR struct str formats = STR_INIT;
    str_addf(&formats, "one of %s; default: markdown", report_formats);
    const struct option_row table[ROWS] = {
        { OPTION_TEXT, 'f', "format", &options.format, "FORMAT", formats.data },
        { OPTION_TEXT, 0, "kind", &options.kind, "KIND",
          "gate (the default), or optimization" },
        { OPTION_TEXT, 0, "title", &own->title, "TITLE",
          "of the optimization; default: that of the notes, else head's\nsubject" },
        { OPTION_TEXT, 0, "notes", &own->notes_path, "FILE",
          "its prose: sections '## Problem', '## Goal' and so on, or an\nearlier report" },
        { OPTION_FLAG, 0, "save", &own->should_save, NULL,
          "put it into docs/optimizations as NNNN-title.md, and print where" },
        { OPTION_TEXT, 'C', "directory", &own->directory, "DIR",
          "the repository that DIR lies in; default: here" },
    };
    struct operands operands;

    if (options_read(table, ROWS, argc, argv, &operands, err) < 0)
        return -1;
    if (operands.wants_help)
        return print_help(table, err);
    if (operands.count != 1)
        return error_set(err, ERROR_USAGE, "'pawl report' takes one result file, not %zu",
                         operands.count);
    int kind = find_kind(&options, err);
    if (kind < 0)
        return -1;
    return kind ? render_optimization(operands.items[0], &options, err)
                : render(operands.items[0], &options, err);
}
