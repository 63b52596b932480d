/* The commands of the program: their table and its overview. */
#pragma once

#include <stddef.h>

#include "gate/cli/command.h"

struct error;
struct str;

/* All of them, in the order of the overview. */
const struct cli_command *commands_all(size_t *count);
/* The command of that name, or NULL. */
const struct cli_command *commands_find(const char *name);
/* What `pawl --help` prints. */
void commands_add_overview(struct str *out);
/* Names the nearest command; always -1. */
int commands_unknown(const char *name, struct error *err);
