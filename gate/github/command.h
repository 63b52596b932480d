/* Workflow commands: the lines by which a step speaks to the runner of GitHub Actions,
 * "::error file=a.c,line=1::message". The runner takes them from standard output and
 * standard error, at a line's start behind any blanks, and "##[command]" anywhere.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands; the
 * escapes are those of ActionCommand.cs in actions/runner. */
#pragma once

#include <stddef.h>

struct str;

/* As much of an annotation's message as GitHub keeps. */
#define GITHUB_MESSAGE_BYTES 4096

struct github_property {
    const char *name;  /* "file" */
    const char *value; /* NULL: left out */
};

/* Appends one command and its line's end. Values and message may be any text, several
 * lines included: what would end them is escaped, other control characters are shown as
 * U+FFFD, and "##[" is broken. The message is cut, with "…", to GITHUB_MESSAGE_BYTES of
 * UTF-8, so that no more characters than those get there. */
void github_add_command(struct str *out,
                        const char *name,
                        const struct github_property *properties,
                        size_t count,
                        const char *message);
