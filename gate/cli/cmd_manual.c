/* Manual pages, on standard output or as files in a directory. */
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/cli/baseline.h"
#include "gate/cli/command.h"
#include "gate/cli/commands.h"
#include "gate/cli/exit_code.h"
#include "gate/cli/man_page.h"
#include "gate/cli/options.h"

#define ROWS 1

static int print_help(const struct option_row *table, struct error *err)
{
    AUTO_STR struct str help = STR_INIT;
    str_add(&help,
            "usage: pawl manual [COMMAND]\n"
            "       pawl manual --output DIR\n"
            "\n"
            "Prints a manual page, for 'pawl manual check | man -l -'; or writes all of\n"
            "them: pawl.1, pawl-check.1 and so on. They say what --help says.\n"
            "\n");
    options_add_help(table, ROWS, &help);
    return print_out(&help, err) < 0 ? -1 : EXIT_PASS;
}

static const struct cli_command *subcommands_of(const struct cli_command *command,
                                                size_t *count)
{
    *count = 0;
    return command->run == cmd_baseline ? baseline_commands(count) : NULL;
}

static int add_page(const struct cli_command *command, struct str *out, struct error *err)
{
    size_t below = 0;
    int status = 0;
    const struct cli_command *subcommands = subcommands_of(command, &below);
    struct man_part *parts = xcalloc(below + 1, sizeof *parts);
    parts[0].command = command;
    for (size_t i = 0; i < below; i++)
        parts[i + 1].command = &subcommands[i];
    for (size_t i = 0; i <= below && status == 0; i++)
        status = help_ask(parts[i].command, &parts[i].help, err);
    if (status == 0)
        man_page_add(parts, below + 1, out);
    for (size_t i = 0; i <= below; i++)
        help_clear(&parts[i].help);
    free(parts);
    return status;
}

static int write_page(const char *directory,
                      const char *name,
                      const struct str *page,
                      struct error *err)
{
    AUTO_FREE char *file = str_format("%s.1", name);
    AUTO_FREE char *path = path_join(directory, file);
    return file_write(path, page->data, page->length, err);
}

static int write_all(const char *directory, struct error *err)
{
    size_t count = 0;
    const struct cli_command *commands = commands_all(&count);
    AUTO_STR struct str page = STR_INIT;
    man_page_add_overview(&page);
    if (write_page(directory, "pawl", &page, err) < 0)
        return -1;
    for (size_t i = 0; i < count; i++) {
        AUTO_FREE char *name = str_format("pawl-%s", commands[i].name);
        str_reset(&page);
        if (add_page(&commands[i], &page, err) < 0 ||
            write_page(directory, name, &page, err) < 0)
            return -1;
    }
    return EXIT_PASS;
}

static int print_page(const char *name, struct error *err)
{
    AUTO_STR struct str page = STR_INIT;
    const struct cli_command *command = name ? commands_find(name) : NULL;
    if (name && !command)
        return commands_unknown(name, err);
    if (!command)
        man_page_add_overview(&page);
    else if (add_page(command, &page, err) < 0)
        return -1;
    return print_out(&page, err) < 0 ? -1 : EXIT_PASS;
}

int cmd_manual(int argc, char **argv, struct error *err)
{
    const char *directory = NULL;
    const struct option_row table[ROWS] = {
        { OPTION_TEXT, 'o', "output", &directory, "DIR", "write all pages into it" },
    };
    struct operands operands;
    if (options_read(table, ROWS, argc, argv, &operands, err) < 0)
        return -1;
    if (operands.wants_help)
        return print_help(table, err);
    if (operands.count > 1 || (operands.count && directory))
        return error_set(err, ERROR_USAGE,
                         "'pawl manual' takes one command, or --output for all; not '%s' "
                         "as well",
                         operands.items[operands.count - 1]);
    return directory ? write_all(directory, err)
                     : print_page(operands.count ? operands.items[0] : NULL, err);
}
