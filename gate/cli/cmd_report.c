#include "gate/base/error.h"
#include "gate/base/json.h"
#include "gate/base/str.h"
#include "gate/cli/command.h"
#include "gate/cli/exit_code.h"
#include "gate/cli/options.h"
#include "gate/report/report.h"

#define ROWS 1

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

static int render(const char *path, const char *format, struct error *err)
{
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

static int print_help(const struct option_row *table, struct error *err)
{
    AUTO_STR struct str help = STR_INIT;
    str_add(&help,
            "usage: pawl report [--format FORMAT] RESULT\n"
            "\n"
            "Renders the result.json of an earlier gate again, on standard output.\n"
            "\n");
    options_add_help(table, ROWS, &help);
    return print_out(&help, err) < 0 ? -1 : EXIT_PASS;
}

int cmd_report(int argc, char **argv, struct error *err)
{
    const char *format = "markdown";
    AUTO_STR struct str formats = STR_INIT;
    str_addf(&formats, "one of %s; default: markdown", report_formats);
    const struct option_row table[ROWS] = {
        { OPTION_TEXT, 'f', "format", &format, "FORMAT", formats.data },
    };
    struct operands operands;

    if (options_read(table, ROWS, argc, argv, &operands, err) < 0)
        return -1;
    if (operands.wants_help)
        return print_help(table, err);
    if (operands.count != 1)
        return error_set(err, ERROR_USAGE, "'pawl report' takes one result file, not %zu",
                         operands.count);
    return render(operands.items[0], format, err);
}
