/* Sessions as JSON, "pawl-session/1": keys sorted and a row a line, so that a change to a
 * stored session reads as one. */
#pragma once

#include <stddef.h>

#include "gate/base/attributes.h"

struct error;
struct session;
struct str;

/* What a file may hold at most; 1,000 benches with ten rows each take a fifth of it. */
#define SESSION_BYTES_MOST ((size_t)8 << 20)

/* Appends the session, which must be whole and sorted. The same session gives the same
 * bytes. */
void session_json_text(const struct session *session, struct str *out);

/* Reads what session_json_text wrote, and nothing else: out is as it was, and err names
 * the place and what is allowed, where a key lacks, is unknown or stands twice, a value
 * is not of its kind or makes no sense, and where the bytes are no JSON. where (a file's
 * name) stands in messages. */
int session_json_read(const char *bytes,
                      size_t length,
                      const char *where,
                      struct session *out,
                      struct error *err) MUST_CHECK;
