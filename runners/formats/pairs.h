/* Pairs that somebody else ran: CSV with the columns "base" and "head", and "name" where
 * there are several benchmarks. One pair a line, in the order they ran. */
#pragma once

#include <stddef.h>

#include "gate/base/attributes.h"
#include "runners/formats/document.h"

struct error;

struct paired_series {
    char *name;
    double *base; /* count values each, above 0 */
    double *head;
    size_t count;
    size_t capacity;
};
struct paired_recording {
    struct paired_series *items; /* names are unique; each has a pair */
    size_t count;
    size_t capacity;
};
void paired_recording_clear(struct paired_recording *recording);
#define AUTO_PAIRED AUTO(paired_recording_clear)

/* Fills recording, which is empty before and the caller's to clear, after a failure too.
 * -1 with ERROR_USAGE; a file without a pair is refused. */
int pairs_read(const struct document *document,
               struct paired_recording *recording,
               struct error *err) MUST_CHECK;
