/* How cases are written as text: one format, many cases. */
#pragma once

#include <stdbool.h>

#include "gate/base/attributes.h"

struct case_list;
struct case_record;
struct error;
struct sink;
struct str;

/* The whole text is begin, each case, end. */
struct case_format {
    const char *name; /* as --format knows it */
    const char *begin;
    void (*add)(struct str *text, const struct case_record *record, bool is_first);
    const char *end;       /* after one case or more */
    const char *end_empty; /* after none */
};

extern const struct case_format case_format_text;        /* a line a case, for people */
extern const struct case_format case_format_json;        /* an array, one case a line */
extern const struct case_format case_format_json_pretty; /* an array, indented by two */
extern const struct case_format case_format_csv;         /* with a header line */

/* The format of a --format option: text, json, json-pretty or csv. NULL with ERROR_USAGE
 * for anything else. */
const struct case_format *case_format_find(const char *name, struct error *err)
    MUST_CHECK;

/* Writes all cases; the caller flushes the sink. */
int case_format_write(const struct case_format *format,
                      const struct case_list *cases,
                      struct sink *sink,
                      struct error *err) MUST_CHECK;

/* Appends text as a JSON string, quotes and all, as json_dumps would write it. text must
 * be UTF-8. */
void json_add_string(struct str *out, const char *text);

/* Appends text as a CSV field, in quotes where RFC 4180 wants them. */
void csv_add_field(struct str *out, const char *text);
