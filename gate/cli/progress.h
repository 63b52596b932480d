/* The live progress line: on stderr, rewritten in place, only where stderr is a terminal.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct experiment;

struct progress {
    bool is_shown;         /* stderr is a terminal and nobody asked for quiet */
    int64_t last_shown_ns; /* not more than ten times a second */
    size_t drawn_columns;
};

void progress_init(struct progress *progress);
/* Draws the line, if it is time to. */
void progress_show(struct progress *progress,
                   const struct experiment *experiment,
                   size_t trial,
                   int64_t elapsed_ns);
/* Draws a line of the caller's own, if it is time to. */
void progress_say(struct progress *progress, const char *line);
/* Wipes it, before anything else is printed. */
void progress_wipe(struct progress *progress);
