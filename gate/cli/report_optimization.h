/* pawl report --kind optimization: what the report needs beside the result, and where it
 * is kept. */
#pragma once

#include <stdbool.h>

#include "gate/base/attributes.h"

struct error;
struct result;

struct report_optimization_options {
    const char *directory;  /* the repository is the one that it lies in */
    const char *title;      /* NULL: of the notes, else head's subject */
    const char *notes_path; /* NULL: none */
    bool should_save;       /* into docs/optimizations of the work tree; else printed */
};

/* Prints the report, or saves it under a name that no other has and prints that. */
int report_optimization_make(const struct result *result,
                             const struct report_optimization_options *options,
                             struct error *err) MUST_CHECK;
