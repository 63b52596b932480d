/* Reading samples and made-up texts as a format. */
#pragma once

#include <stddef.h>

#include "runners/formats/format.h"

struct error;
struct sandbox;

/* Reads a file of tests/data/formats, which must be recognised as that format. The
 * recording is the caller's to clear. */
void read_sample(const char *file, const char *format, struct recording *recording);

/* The series of that name and quantity, which must be there with so many values. */
const struct series *series_of(const struct recording *recording,
                               const char *name,
                               const char *quantity,
                               size_t count);

/* What a format says to a text; the path stands for itself. */
struct bad_case {
    const char *format; /* NULL: recognised */
    const char *text;
    const char *message; /* after "in '<path>'" */
};

int read_text(struct sandbox *sandbox,
              const struct bad_case *bad,
              struct recording *recording,
              struct error *err);

/* It must be refused, with an error that begins so. */
void check_refused(struct sandbox *sandbox, const struct bad_case *bad);
