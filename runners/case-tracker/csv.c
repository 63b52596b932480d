#include "runners/case-tracker/csv.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/file.h"
#include "runners/case-tracker/case.h"

enum {
    BUFFER_SIZE = 65536,
    END_OF_FILE = -1,
    READ_FAILED = -2
};

int csv_error(const struct csv_reader *csv, struct error *err, const char *format, ...)
{
    char text[1500];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return error_set(err, ERROR_CASES, "in '%s', line %zu: %s", csv->path, csv->row_line,
                     text);
}

/* Makes sure that a byte can be read: its value (left unread) or one of the two above. */
static int peek(struct csv_reader *csv, struct error *err)
{
    while (csv->next == csv->filled) {
        ssize_t got = read(csv->fd, csv->buffer, BUFFER_SIZE);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            error_errno(err, "cannot read '%s'", csv->path);
            return READ_FAILED;
        }
        csv->next = 0;
        csv->filled = (size_t)got;
        if (got == 0)
            return END_OF_FILE;
    }
    return (unsigned char)csv->buffer[csv->next];
}

/* The length of the run of unread bytes in the buffer that are neither of the two
 * delimiters, nor a line break, nor NUL. */
static size_t run_length(const struct csv_reader *csv, char delimiter, char other)
{
    const char *from = csv->buffer + csv->next;
    size_t left = csv->filled - csv->next;
    size_t length = 0;
    while (length < left && from[length] != delimiter && from[length] != other &&
           from[length] != '\n' && from[length] != '\0')
        length++;
    return length;
}

static int take_run(struct csv_reader *csv, char delimiter, char other, struct error *err)
{
    size_t length = run_length(csv, delimiter, other);
    size_t start = csv->starts[csv->field_count - 1];
    if (csv->fields.length - start + length > CSV_FIELD_BYTES_MAX)
        return csv_error(csv, err, "a field of more than %zu bytes; is a quote missing?",
                         CSV_FIELD_BYTES_MAX);
    str_add_bytes(&csv->fields, csv->buffer + csv->next, length);
    csv->next += length;
    return 0;
}

/* After the opening quote, past the closing one. */
static int read_quoted(struct csv_reader *csv, struct error *err)
{
    for (;;) {
        int c = peek(csv, err);
        if (c == READ_FAILED)
            return -1;
        if (c == END_OF_FILE)
            return csv_error(csv, err, "the file ends inside a quoted field");
        if (c == '\0')
            return csv_error(csv, err, "a NUL byte");
        if (take_run(csv, '"', '"', err) < 0)
            return -1;
        if (csv->next == csv->filled)
            continue;
        c = (unsigned char)csv->buffer[csv->next];
        if (c == '\n')
            csv->line++;
        if (c == '\0')
            continue;
        csv->next++;
        if (c == '"' && peek(csv, err) != '"')
            return 0;
        if (c == '"')
            csv->next++;
        str_add_char(&csv->fields, (char)c);
    }
}

static int read_plain(struct csv_reader *csv, struct error *err)
{
    for (;;) {
        int c = peek(csv, err);
        if (c == READ_FAILED)
            return -1;
        if (c == END_OF_FILE || c == ',' || c == '\n' || c == '\r')
            return 0;
        if (c == '"')
            return csv_error(csv, err,
                             "a quote inside a field that does not begin with one");
        if (c == '\0')
            return csv_error(csv, err, "a NUL byte");
        size_t length = run_length(csv, ',', '"');
        const char *from = csv->buffer + csv->next;
        const char *ending = memchr(from, '\r', length);
        if (ending)
            length = (size_t)(ending - from);
        if (csv->fields.length - csv->starts[csv->field_count - 1] + length >
            CSV_FIELD_BYTES_MAX)
            return csv_error(csv, err, "a field of more than %zu bytes",
                             CSV_FIELD_BYTES_MAX);
        str_add_bytes(&csv->fields, from, length);
        csv->next += length;
    }
}

/* Reads one field and what ends it: 1 when another follows, 0 when the row is whole. */
static int read_field(struct csv_reader *csv, struct error *err)
{
    if (csv->field_count == CSV_FIELDS_MAX)
        return csv_error(csv, err, "more than %d fields", CSV_FIELDS_MAX);
    csv->starts[csv->field_count++] = csv->fields.length;

    bool is_quoted = peek(csv, err) == '"';
    if (is_quoted)
        csv->next++;
    if ((is_quoted ? read_quoted(csv, err) : read_plain(csv, err)) < 0)
        return -1;
    str_add_char(&csv->fields, '\0');

    int c = peek(csv, err);
    if (c == READ_FAILED)
        return -1;
    if (c == END_OF_FILE)
        return 0;
    csv->next++;
    if (c == ',')
        return 1;
    if (c == '\r') {
        c = peek(csv, err);
        if (c != '\n')
            return c == READ_FAILED
                       ? -1
                       : csv_error(csv, err, "a carriage return without a line feed");
        csv->next++;
    }
    if (c != '\n')
        return csv_error(csv, err, "text after the closing quote of a field");
    csv->line++;
    return 0;
}

int csv_next(struct csv_reader *csv, struct error *err)
{
    str_reset(&csv->fields);
    csv->field_count = 0;
    csv->row_line = csv->line;

    int c = peek(csv, err);
    if (c == END_OF_FILE || c == READ_FAILED)
        return c == END_OF_FILE ? 0 : -1;
    int more = 1;
    while (more == 1)
        more = read_field(csv, err);
    return more < 0 ? -1 : 1;
}

const char *csv_field(const struct csv_reader *csv, size_t index)
{
    return csv->fields.data + csv->starts[index];
}

int csv_open(struct csv_reader *csv, const char *path, struct error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return error_errno(err, "cannot open '%s'", path);
    *csv = (struct csv_reader){
        .fd = fd,
        .path = path,
        .buffer = xcalloc(BUFFER_SIZE, 1),
        .line = 1,
        .fields = STR_INIT,
    };
    if (peek(csv, err) == READ_FAILED) {
        csv_close(csv);
        return -1;
    }
    if (csv->filled >= 3 && memcmp(csv->buffer, "\xef\xbb\xbf", 3) == 0)
        csv->next = 3;
    return 0;
}

void csv_close(struct csv_reader *csv)
{
    fd_close(&csv->fd);
    free(csv->buffer);
    csv->buffer = NULL;
    str_clear(&csv->fields);
}
