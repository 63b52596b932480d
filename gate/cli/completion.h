/* What may follow on a command line: commands, their options, and the values of these.
 *
 * The options are those of --help (gate/cli/help.h). What the repository holds is asked
 * for by two functions, so that this knows neither git nor files. */
#pragma once

#include "gate/base/attributes.h"
#include "gate/base/strvec.h"
#include "gate/cli/completion_line.h"

struct error;
struct str;

struct completion_source {
    /* Append names; what can't be read has none. */
    void (*add_revisions)(const char *directory, struct strvec *out);
    void (*add_benches)(const char *directory, struct strvec *out);
};

/* Adds a line for each word that the current one may become: the word, and behind a tab
 * what it means where that is known; or the line ":files" where the shell's own names of
 * files are wanted. Nothing where nothing fits. */
int completion_add(const struct completion_line *line,
                   const struct completion_source *source,
                   struct str *out,
                   struct error *err) MUST_CHECK;
