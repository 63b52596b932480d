/* Manual pages in the language of man(7), made of what --help says. */
#pragma once

#include <stddef.h>

#include "gate/cli/command.h"
#include "gate/cli/help.h"

struct str;

/* pawl(1): all commands. */
void man_page_add_overview(struct str *out);

/* pawl-NAME(1), or what stands under "pawl-NAME(1)" for each subcommand. */
struct man_part {
    const struct cli_command *command;
    struct help help;
};
/* The first part is the command, the others are its subcommands. */
void man_page_add(const struct man_part *parts, size_t count, struct str *out);
