#include "gate/base/error.h"
#include "gate/base/json.h"
#include "gate/base/str.h"
#include "gate/cli/command.h"
#include "gate/cli/exit_code.h"
#include "gate/cli/explain_flame.h"
#include "gate/cli/options.h"
#include "gate/cli/report_comment.h"
#include "gate/cli/report_flames.h"
#include "gate/cli/report_optimization.h"
#include "gate/cli/report_untrusted.h"
#include "gate/report/report.h"

#define ROWS    10
#define COMMENT "comment"

static int read_own_result(const char *path, struct result *result, struct error *err)
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
    bool is_untrusted;  /* somebody else may have written the result */
    const char *head;   /* that the result must be of; NULL: any */
    struct report_comment_options comment;
    struct report_optimization_options optimization;
};

static int read_result(const char *path,
                       const struct report_options *options,
                       struct result *result,
                       struct error *err)
{
    int outcome = options->is_untrusted ? report_read_untrusted(path, result, err)
                                        : read_own_result(path, result, err);
    if (outcome < 0)
        return -1;
    return options->head ? report_expect_head(result, options->head, err) : 0;
}

/* As check makes it, where the pictures that it wrote still lie beside the result. */
static void write_page(const char *path,
                       const struct report_options *options,
                       const struct result *result,
                       struct str *out)
{
    AUTO(explain_flames_clear) struct report_flames flames = { 0 };
    if (options->is_untrusted)
        report_flames_leave_out(result);
    else
        report_flames_read(path, result, &flames);
    report_html_with(result, &flames, out);
}

static int
render(const char *path, const struct report_options *options, struct error *err)
{
    const char *format = options->format ? options->format : "markdown";
    const struct report_writer *writer = report_find_writer(format);
    bool is_comment = str_equal(format, COMMENT);
    if (!writer && !is_comment)
        return error_set(err, ERROR_USAGE, "--format must be one of %s, %s, not '%s'",
                         report_formats, COMMENT, format);
    if (!is_comment && (options->comment.key || options->comment.run_id))
        return error_set(err, ERROR_USAGE,
                         "--comment-key and --run-id go with --format comment");
    AUTO(result_clear) struct result result = { 0 };
    AUTO_STR struct str text = STR_INIT;
    if (read_result(path, options, &result, err) < 0)
        return -1;
    if (str_equal(format, "html"))
        write_page(path, options, &result, &text);
    else if (writer)
        writer->write(&result, &text);
    else if (report_comment(&result, &options->comment, &text, err) < 0)
        return -1;
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
    if (read_result(path, options, &result, err) < 0)
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
        "       pawl report --untrusted --format comment [--expect-head ID] RESULT\n"
        "       pawl report --kind optimization [--save] [--title TITLE] "
        "[--notes FILE] RESULT\n"
        "\n"
        "Renders the result.json of an earlier gate again, on standard output; or makes\n"
        "of it the report on an optimization that a team keeps. The page (html) has the\n"
        "flame graphs that lie beside RESULT.\n"
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
    str_addf(&formats, "one of %s,\n%s (for a pull request); default: markdown",
             report_formats, COMMENT);
    const struct option_row table[ROWS] = {
        { OPTION_TEXT, 'f', "format", &options.format, "FORMAT", formats.data },
        { OPTION_FLAG, 0, "untrusted", &options.is_untrusted, NULL,
          "somebody else may have written RESULT: at most 32 MiB, a plain\n"
          "file, commits by their ids, and no other file is read" },
        { OPTION_TEXT, 0, "expect-head", &options.head, "ID",
          "refuse a result of another head than this commit" },
        { OPTION_TEXT, 0, "comment-key", &options.comment.key, "KEY",
          "tells this comment from others of pawl's; default: default" },
        { OPTION_TEXT, 0, "run-id", &options.comment.run_id, "ID",
          "of the run that measured: the comment links to it" },
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
