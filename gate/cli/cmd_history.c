#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/log.h"
#include "gate/base/str.h"
#include "gate/cli/command.h"
#include "gate/cli/exit_code.h"
#include "gate/cli/history.h"
#include "gate/cli/screen.h"
#include "gate/report/history_report.h"

static int write_svg(const struct history_options *options,
                     const struct history *history,
                     const struct history_row *row,
                     struct error *err)
{
    AUTO_STR struct str svg = STR_INIT;
    if (!options->svg_path)
        return 0;
    history_svg(history, row, &svg);
    return file_write(options->svg_path, svg.data, svg.length, err) < 0
               ? error_prefix(err, "--svg: ")
               : 0;
}

static int show(const struct history_options *options,
                const struct history_choice *choice,
                const struct history *history,
                struct error *err)
{
    AUTO_STR struct str text = STR_INIT;
    const struct report_screen terminal = screen_of_stdout();
    const struct history_screen screen = { .width = terminal.width,
                                           .use_color = terminal.use_color };
    AUTO_FREE const struct history_row **rows =
        xcalloc(choice->count, sizeof(struct history_row *));
    for (size_t i = 0; i < choice->count; i++)
        rows[i] = &history->rows.items[choice->rows[i]];
    const struct history_selection selection = { history, rows, choice->count };
    if (write_svg(options, history, rows[0], err) < 0)
        return -1;
    if (options->wants_json)
        history_json_text(&selection, &text);
    else if (choice->is_single)
        history_terminal(history, rows[0], &screen, &text);
    else
        history_list(&selection, &screen, &text);
    return print_out(&text, err);
}

/* Reading the rows of one bench alone is quicker; the others are only needed to say which
 * was meant. */
static const char *wanted_bench(const struct history_options *options)
{
    const char *only = options->patterns.count == 1 ? options->patterns.items[0] : NULL;
    return only && !strpbrk(only, "*?") ? only : NULL;
}

static bool has_no_rows(const struct sessions *sessions)
{
    for (size_t i = 0; i < sessions->count; i++) {
        const struct session *session = &sessions->items[i];
        if (session->head.rows.count || (session->base && session->base->rows.count))
            return false;
    }
    return true;
}

static int load(const struct history_options *options,
                struct history_inputs *inputs,
                struct error *err)
{
    const char *bench_id = wanted_bench(options);
    if (history_load(options, bench_id, inputs, err) < 0)
        return -1;
    if (!bench_id || !has_no_rows(&inputs->sessions))
        return 0;
    history_inputs_clear(inputs);
    return history_load(options, NULL, inputs, err);
}

static int run(const struct history_options *options, struct error *err)
{
    AUTO_HISTORY_INPUTS struct history_inputs inputs = { 0 };
    AUTO_HISTORY struct history history = { 0 };
    struct history_choice choice = { 0 };
    if (load(options, &inputs, err) < 0)
        return -1;
    for (size_t i = 0; i < inputs.warnings.count; i++)
        log_warning("%s", inputs.warnings.items[i]);
    const struct history_request request = history_request_of(options, &inputs);
    history_collect(&request, &history);
    int status = history_choose(options, &history, &choice, err);
    for (size_t i = 0; status == 0 && i < choice.count; i++)
        history_find_changes(&request, &history, &history.rows.items[choice.rows[i]]);
    if (status == 0)
        status = show(options, &choice, &history, err);
    free(choice.rows);
    return status < 0 ? -1 : EXIT_PASS;
}

int cmd_history(int argc, char **argv, struct error *err)
{
    AUTO_HISTORY_OPTIONS struct history_options options = { 0 };
    if (history_options_read(&options, argc, argv, err) < 0)
        return -1;
    if (!options.wants_help)
        return run(&options, err);

    AUTO_STR struct str help = STR_INIT;
    history_options_add_help(&help);
    return print_out(&help, err) < 0 ? -1 : EXIT_PASS;
}
