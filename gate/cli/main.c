#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "gate/base/error.h"
#include "gate/base/interrupt.h"
#include "gate/base/log.h"
#include "gate/base/str.h"
#include "gate/cli/command.h"
#include "gate/cli/commands.h"
#include "gate/cli/exit_code.h"
#include "gate/cli/screen.h"
#include "gate/cli/version.h"

/* `pawl help CMD` */
static int help_on(const char *name, struct error *err)
{
    char word[] = "--help";
    char *help[] = { word, NULL };
    const struct cli_command *command = commands_find(name);
    return command ? command->run(1, help, err) : commands_unknown(name, err);
}

/* --color is every command's: it is taken out before the command sees its words. */
static int take_color(int *argc, char **argv, struct error *err)
{
    int kept = 0;
    bool is_pawls = true;
    for (int i = 0; i < *argc; i++) {
        is_pawls = is_pawls && !str_equal(argv[i], "--");
        const char *choice = NULL;
        if (is_pawls && str_starts_with(argv[i], "--color="))
            choice = argv[i] + strlen("--color=");
        else if (is_pawls && str_equal(argv[i], "--color"))
            choice = i + 1 < *argc ? argv[++i] : "";
        else
            argv[kept++] = argv[i];
        if (choice && screen_choose_color(choice, err) < 0)
            return -1;
    }
    argv[kept] = NULL;
    *argc = kept;
    return 0;
}

static int run(int argc, char **argv, struct error *err)
{
    AUTO_STR struct str text = STR_INIT;
    if (take_color(&argc, argv, err) < 0)
        return -1;
    if (argc < 2)
        return error_set(err, ERROR_USAGE, "no command; pawl --help lists them");

    const struct cli_command *command = commands_find(argv[1]);
    if (command)
        return command->run(argc - 2, argv + 2, err);
    if (str_equal(argv[1], "help") && argc > 2)
        return help_on(argv[2], err);
    if (str_equal(argv[1], "complete"))
        return cmd_complete(argc - 2, argv + 2, err);
    if (str_equal(argv[1], "--help") || str_equal(argv[1], "-h") ||
        str_equal(argv[1], "help"))
        commands_add_overview(&text);
    else if (str_equal(argv[1], "--version"))
        str_addf(&text, "pawl %s\n", PAWL_VERSION);
    else
        return commands_unknown(argv[1], err);
    return print_out(&text, err) < 0 ? -1 : EXIT_PASS;
}

/* A standard file that is closed would be the next file opened, and what is meant for
 * standard output would end up in that one. Closed ones become /dev/null, standard output
 * one that can't be written: a report that nobody gets is trouble. */
static void fill_standard_files(void)
{
    static const int modes[] = { O_RDONLY, O_RDONLY, O_WRONLY };
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) < 0)
            (void)open("/dev/null", modes[fd]);
    }
}

int main(int argc, char **argv)
{
    struct error err = { 0 };

    fill_standard_files();
    interrupt_install();
    int code = run(argc, argv, &err);
    if (code < 0) {
        log_error("%s", err.message);
        code = (int)exit_code_of(&err);
    }
    return code;
}
