/* `pawl baseline`: what its subcommands share. One file each, baseline_*.c. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "gate/base/attributes.h"
#include "gate/base/strvec.h"
#include "gate/cli/options.h"
#include "gate/store/session.h"
#include "gate/store/store.h"

struct error;
struct str;

/* Which store and which of its sessions; the options that most subcommands have. */
struct baseline_options {
    const char *directory; /* where the repository is sought */
    const char *where;     /* --store; NULL: what pawl.json says */
    const char *class_name;
    const char *commit; /* as the user named it */
};
#define BASELINE_OPTIONS_INIT ((struct baseline_options){ .directory = "." })

/* Rows for these options, to begin a table with. */
#define BASELINE_PLACE_ROWS(o)                                                 \
    { OPTION_TEXT,     'C',   "directory",                                     \
      &(o)->directory, "DIR", "the repository that DIR lies in" },             \
    {                                                                          \
        OPTION_TEXT, 0, "store", &(o)->where, "PLACE",                         \
            "a directory, \"ref\" or \"ref:NAME\"; default: \"baselines\" of " \
            "pawl.json"                                                        \
    }
#define BASELINE_FILTER_ROWS(o)                                                      \
    { OPTION_TEXT, 0, "class", &(o)->class_name, "NAME", "of this machine class" },  \
    {                                                                                \
        OPTION_TEXT, 0, "commit", &(o)->commit, "COMMIT", "of this commit, any name" \
    }

/* The place by its name, where --store has none that of pawl.json; the caller's. NULL
 * with err. */
char *baseline_where(const struct baseline_options *options, struct error *err)
    MUST_CHECK;
/* A place that a person named, or that baseline_where gave. */
struct store *baseline_open(const struct baseline_options *options,
                            const char *where,
                            struct error *err) MUST_CHECK;

/* Reads the sessions that the options ask for. Damaged files are told as warnings, and
 * counted; the others are read. */
int baseline_load(const struct baseline_options *options,
                  struct store *store,
                  struct sessions *out,
                  size_t *damaged,
                  struct error *err) MUST_CHECK;

/* The full id, or the first digits, of a commit that a person named; the caller's. */
char *baseline_commit(const struct baseline_options *options,
                      const char *name,
                      struct error *err) MUST_CHECK;

/* The table of sessions: when, class, command, rows, commit, subject. */
void baseline_add_table(const struct sessions *sessions, struct str *out);

/* Prints "usage: pawl baseline <usage>", what the command does, and its options; an enum
 * exit_code or -1. */
struct baseline_help {
    const char *usage;
    const char *text;
    const struct option_row *table;
    size_t rows;
};
int baseline_print_help(const struct baseline_help *help, struct error *err) MUST_CHECK;

/* All of them. */
const struct cli_command *baseline_commands(size_t *count);
/* The subcommands: as in struct cli_command. */
int baseline_list(int argc, char **argv, struct error *err) MUST_CHECK;
int baseline_show(int argc, char **argv, struct error *err) MUST_CHECK;
int baseline_record(int argc, char **argv, struct error *err) MUST_CHECK;
int baseline_push(int argc, char **argv, struct error *err) MUST_CHECK;
int baseline_pull(int argc, char **argv, struct error *err) MUST_CHECK;
int baseline_prune(int argc, char **argv, struct error *err) MUST_CHECK;
int baseline_copy(int argc, char **argv, struct error *err) MUST_CHECK;
int baseline_verify(int argc, char **argv, struct error *err) MUST_CHECK;
