/* CSV as RFC 4180 has it, read row by row without holding the file: fields between
 * commas, in double quotes where they hold commas, quotes (doubled) or line breaks; lines
 * end with CR LF or LF. A byte order mark at the start is stepped over. */
#pragma once

#include <stddef.h>

#include "gate/base/attributes.h"
#include "gate/base/str.h"

struct error;

#define CSV_FIELDS_MAX      4
#define CSV_FIELD_BYTES_MAX ((size_t)1024 * 1024)

struct csv_reader {
    int fd;
    const char *path; /* borrowed */
    char *buffer;
    size_t next; /* unread bytes of buffer: next .. filled */
    size_t filled;
    size_t line;     /* where reading is, from 1 */
    size_t row_line; /* where the current row begins */
    size_t starts[CSV_FIELDS_MAX];
    size_t field_count;
    struct str fields; /* of the current row, each ended by NUL */
};

int csv_open(struct csv_reader *csv, const char *path, struct error *err) MUST_CHECK;
void csv_close(struct csv_reader *csv);

/* Reads the next row: 1, 0 at the end, -1 with "in 'path', line N: ...". */
int csv_next(struct csv_reader *csv, struct error *err) MUST_CHECK;

/* A field of the current row, valid until the next one. */
const char *csv_field(const struct csv_reader *csv, size_t index);

/* Sets an error about the current row, with path and line. Always -1. */
int csv_error(const struct csv_reader *csv, struct error *err, const char *format, ...)
    PRINTF_LIKE(3, 4);
