/* A command of the config made ready to run on one side: words, variables and paths with
 * every placeholder filled in. */
#pragma once

#include <stddef.h>

#include "gate/base/attributes.h"
#include "gate/base/strvec.h"
#include "gate/config/bench.h"
#include "gate/config/config.h"

struct error;

/* Where one side's programs stand and where they may write. Borrowed texts of equal
 * length on both sides. */
struct side_place {
    const char *tree;    /* {tree}, the working directory of most commands */
    const char *scratch; /* {work} */
};

/* What the commands of one bench, or of one hook of a suite, share. Borrowed. */
struct side_scope {
    const struct side_place *place;
    const struct placeholder *parameters;
    size_t parameter_count;
    const struct strvec *environment; /* what all children get */
    const struct strvec *variables;   /* the config's "env", which wins over it */
};
struct side_scope side_scope_of_bench(const struct bench *bench,
                                      const struct side_place *place,
                                      const struct strvec *environment);
struct side_scope side_scope_of_hook(const struct hook_set *set,
                                     const struct side_place *place,
                                     const struct strvec *environment);

/* A text of the config with its placeholders filled in; the caller's, or NULL. */
char *side_scope_expand(const struct side_scope *scope,
                        const char *text,
                        struct error *err) MUST_CHECK;

/* { 0 } is none. */
struct side_command {
    struct strvec argv;
    struct strvec environment;
    char *directory;
    char *stdin_path;   /* NULL: /dev/null */
    char *results_path; /* where it writes what it measured; NULL: it prints it, or
                         * nothing */
};
#define AUTO_SIDE_COMMAND AUTO(side_command_clear)
void side_command_clear(struct side_command *command);

/* A hook's command: it runs in the top of the tree and reads nothing. */
int side_command_of_hook(const struct side_scope *scope,
                         const struct command *command,
                         struct side_command *out,
                         struct error *err) MUST_CHECK;

/* What the benchmark measures: in its "cwd", with its "stdin". */
int side_command_of_run(const struct side_scope *scope,
                        const struct benchmark *benchmark,
                        struct side_command *out,
                        struct error *err) MUST_CHECK;

/* Appends to words the command line for identical_bench: the program and every argument,
 * variable and path that may name something in the tree, as seen from its top. */
int side_command_names(const struct side_scope *scope,
                       const struct benchmark *benchmark,
                       struct strvec *words,
                       struct error *err) MUST_CHECK;
