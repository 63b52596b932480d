/* A file that another harness wrote, and errors that show where in it something is
 * wrong. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

#include "gate/base/attributes.h"
#include "gate/base/str.h"

struct error;

struct document {
    const char *path;    /* borrowed */
    struct str text;     /* valid UTF-8 where it is JSON; no NUL in it */
    json_t *json;        /* NULL where the text is none */
    size_t lines_before; /* where the text is a part of a file */
};
void document_clear(struct document *document);
#define AUTO_DOCUMENT AUTO(document_clear)

/* Reads a file whole, as JSON where it begins like that. document is not yet set up; it
 * is the caller's to clear, after a failure too. -1 with ERROR_USAGE: no such file,
 * nothing in it, broken JSON. JSON lines, an object a line with its "reason" as cargo
 * writes them, are left to their reader. */
int document_open(struct document *document, const char *path, struct error *err)
    MUST_CHECK;

/* The same for a text at hand, which is taken over; name is for messages. */
int document_take(struct document *document,
                  struct str *text,
                  const char *name,
                  struct error *err) MUST_CHECK;

/* "in 'path', line 12: ", the rest by format, and the line itself. Always -1. */
int document_error_at(const struct document *document,
                      size_t line,
                      struct error *err,
                      const char *format,
                      ...) PRINTF_LIKE(4, 5);

/* A member of the object that pointer leads to; each an error where it is not there or of
 * another type. Texts are borrowed, and not empty. */
struct place {
    const struct document *document;
    const json_t *object;
    const char *pointer; /* to the object: "/results/0" */
};
const char *place_text(const struct place *place, const char *key, struct error *err)
    MUST_CHECK;
/* An array with something in it. */
const json_t *place_array(const struct place *place, const char *key, struct error *err)
    MUST_CHECK;
const json_t *place_object(const struct place *place, const char *key, struct error *err)
    MUST_CHECK;
int place_error(const struct place *place,
                const char *key,
                struct error *err,
                const char *format,
                ...) PRINTF_LIKE(4, 5);

/* Whether there is a boolean true of that name. */
bool place_is_true(const struct place *place, const char *key);
