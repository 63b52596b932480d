/* One case, and what its texts must be. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "gate/base/attributes.h"
#include "gate/base/error.h"
#include "runners/case-tracker/status.h"

/* The code of every error about stores, files and requests that make no sense; the
 * program exits with 1 for it, as for ERROR_SYSTEM. */
#define ERROR_CASES ERROR_CONFIG

/* Who owns the texts is said where a record comes from: a case_list owns those of its
 * items, a generator or a CSV reader lends them until the next record. */
struct case_record {
    uint64_t number; /* of the id: 1 is CASE-000001 */
    const char *title;
    const char **notes; /* note_count texts, oldest first */
    size_t note_count;
    size_t note_capacity; /* a case_list's business */
    enum status status;
};

#define CASE_TITLE_BYTES_MAX 1000
#define CASE_NOTE_BYTES_MAX  100000

/* A title is UTF-8 of 1 to CASE_TITLE_BYTES_MAX bytes without control characters; a note
 * the same up to CASE_NOTE_BYTES_MAX, where line feeds and tabs are allowed. -1 with
 * ERROR_CASES otherwise; the message starts with "the title" or "the note". */
int case_check_title(const char *title, struct error *err) MUST_CHECK;
int case_check_note(const char *note, struct error *err) MUST_CHECK;
