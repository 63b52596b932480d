/* The report on an optimization that a team keeps: what was slow, why, what was changed,
 * what that brought and what it cost, and how to see it again. Markdown; pure, as all
 * reports are.
 *
 * Figures come from a result, prose from people: sections in prose stand above a mark
 * line, what was measured below it, so that a report can be made again from the prose of
 * an older one (docs/optimizations/README.md). */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "gate/base/attributes.h"

struct error;
struct result;
struct str;

/* What people write, in the report's order. */
enum optimization_prose {
    PROSE_PROBLEM,
    PROSE_GOAL,
    PROSE_BASELINE,
    PROSE_HYPOTHESIS,
    PROSE_CHANGE,
    PROSE_CORRECTNESS,
    PROSE_TRADE_OFFS,
    PROSE_DECISION,
    PROSE_COUNT
};

/* The prose of one report, markdown as it was written. { 0 } is none. */
struct optimization_notes {
    char *title;              /* NULL: none */
    char *prose[PROSE_COUNT]; /* NULL where nothing was written */
};
#define AUTO_OPTIMIZATION_NOTES AUTO(optimization_notes_clear)
void optimization_notes_clear(struct optimization_notes *notes);

/* Reads notes: "# Title" and sections of markdown under "## Problem" and the like, each
 * of them optional. An earlier report is such a text, too: what was measured for it is
 * passed over, and so are placeholders. *notes must be empty. A section that a report
 * does not have, or has twice, and text before the first one, are ERROR_USAGE with the
 * line. */
int optimization_notes_read(const char *text,
                            struct optimization_notes *notes,
                            struct error *err) MUST_CHECK;

/* A file that the change touches. */
struct optimization_file {
    char *path;
    size_t added; /* lines */
    size_t removed;
    bool has_lines; /* false: binary, too large, or a submodule */
};
struct optimization_files {
    struct optimization_file *items;
    size_t count;
    size_t capacity;
};
#define AUTO_OPTIMIZATION_FILES AUTO(optimization_files_clear)
void optimization_files_clear(struct optimization_files *files);

/* What a result does not know. Borrowed. */
struct optimization {
    const char *title; /* NULL or "": head's subject */
    const struct optimization_notes *notes;
    const struct optimization_files *files;
    const char *files_missing; /* why files is empty; NULL where it is not */
};

/* The title that the report gets: of optimization, else of its notes, else head's
 * subject, else "An optimization". Borrowed from one of them. */
const char *optimization_title(const struct result *result,
                               const struct optimization *optimization);

/* -1 with ERROR_USAGE where no judged row of the result was measured on both sides. */
int optimization_check(const struct result *result, struct error *err) MUST_CHECK;

void report_optimization(const struct result *result,
                         const struct optimization *optimization,
                         struct str *out);
