/* The formats of other harnesses that pawl reads, recognised by what stands in them. */
#pragma once

#include <stdbool.h>

#include "gate/base/attributes.h"
#include "runners/formats/document.h"
#include "runners/formats/recording.h"

struct error;

struct format {
    const char *name; /* for --from */
    const char *description;
    bool (*recognises)(const struct document *document);
    /* Fills recording, which is empty before and the caller's to clear, after a failure
     * too. -1 with ERROR_USAGE and the line of what is wrong. */
    int (*read)(const struct document *document,
                struct recording *recording,
                struct error *err);
};

/* NULL where there is none of that name. */
const struct format *format_find(const char *name);
/* NULL where the text looks like none of them. */
const struct format *format_recognise(const struct document *document);
/* The error of a text that is none of them, with its first line that says something.
 * names are what it could have been. Always -1. */
int format_unknown(const struct document *document, const char *names, struct error *err);
/* All names as in "csv, go, google", for messages. */
extern const char format_names[];

/* Reads with the format, and refuses a file without any benchmark in it. */
int format_read(const struct format *format,
                const struct document *document,
                struct recording *recording,
                struct error *err) MUST_CHECK;

extern const struct format format_catch2;
extern const struct format format_criterion;
extern const struct format format_csv;
extern const struct format format_go;
extern const struct format format_google;
extern const struct format format_hyperfine;
extern const struct format format_lines;
extern const struct format format_pytest;
