/* case-tracker: a small tracker of cases, and the program that the gate is tried on. */
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "gate/base/error.h"
#include "gate/base/str.h"
#include "runners/case-tracker/command.h"
#include "runners/case-tracker/options.h"
#include "runners/case-tracker/sink.h"

enum {
    EXIT_DONE = 0,
    EXIT_NOT_DONE = 1,
    EXIT_USAGE = 2
};

/* Control characters of names and files must not reach the terminal. */
static int report(const struct error *err)
{
    AUTO_STR struct str line = STR_INIT;
    str_addf(&line, "case-tracker: %s", err->message);
    for (size_t i = 0; i < line.length; i++) {
        if ((unsigned char)line.data[i] < 0x20 || line.data[i] == 0x7f)
            line.data[i] = '?';
    }
    fprintf(stderr, "%s\n", line.data);
    return err->code == ERROR_USAGE ? EXIT_USAGE : EXIT_NOT_DONE;
}

static int run(const struct options *options, struct sink *out, struct error *err)
{
    if (options->help) {
        command_add_help(&out->text);
        return sink_flush(out, err);
    }
    if (options->version) {
        str_add(&out->text, "case-tracker " CASE_TRACKER_VERSION "\n");
        return sink_flush(out, err);
    }
    const struct command *command = command_find(options, err);
    if (!command || command->run(options, out, err) < 0)
        return -1;
    return sink_flush(out, err);
}

int main(int argc, char **argv)
{
    struct error err = { 0 };
    AUTO_OPTIONS struct options options = { 0 };
    AUTO_SINK struct sink out;
    sink_init(&out, STDOUT_FILENO, "standard output", SINK_BLOCK_SIZE);
    signal(SIGXFSZ, SIG_IGN); /* a file over the limit is an error, as a full disk is */

    if (options_parse(argc, argv, &options, &err) < 0 || run(&options, &out, &err) < 0)
        return report(&err);
    return EXIT_DONE;
}
