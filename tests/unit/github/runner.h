/* What the runner of GitHub Actions makes of a step's log and of its output file, as far
 * as tests ask: the grammars are those of ActionCommand.cs and FileCommandManager.cs in
 * actions/runner 2.336.0, written anew. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* One command that the runner would obey. */
struct runner_command {
    char *name;
    char *properties; /* "file=a.c,line=1" as they came */
    char *message;    /* unescaped */
};
struct runner_commands {
    struct runner_command *items;
    size_t count;
    size_t capacity;
};

/* The commands of a log, of both kinds: "::name ...::" at a line's start behind blanks
 * (those of Unicode, too), "##[name ...]" anywhere. */
struct runner_commands runner_read_log(const char *log);
void runner_commands_clear(struct runner_commands *commands);
/* The value of a command's property, unescaped; NULL where it has none. free() it. */
char *runner_property(const struct runner_command *command, const char *name);

/* What an output file says in the end of the name: the last one counts. NULL where there
 * is none. Fails the test where the runner would fail the step. free() it. */
char *runner_output(const char *file, const char *name);
/* How many outputs it sets. */
size_t runner_count_outputs(const char *file);
