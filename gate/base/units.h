/* Quantities with units: "2%", "500ms", "1GiB", "5m". Converted once, here; inside the
 * program durations are int64_t nanoseconds, sizes int64_t bytes, shares plain ratios
 * (0.02). */
#pragma once

#include <stdint.h>

#include "gate/base/attributes.h"

struct str;

/* Each parses the whole text and returns 0, or -1 with *out as it was. Negative values,
 * bare numbers (but "0"), unknown units and values past the range are refused. What is
 * allowed: duration  ns us ms s m h d          size  B kB MB GB KiB MiB GiB        share
 * %          */
int units_parse_duration_ns(const char *text, int64_t *out) MUST_CHECK;
int units_parse_size_bytes(const char *text, int64_t *out) MUST_CHECK;
int units_parse_share(const char *text, double *out) MUST_CHECK; /* "2%" is 0.02 */
/* A plain number, without any unit: "1000", "2.5". */
int units_parse_number(const char *text, double *out) MUST_CHECK;

/* What the parsers accept, for error messages. */
#define UNITS_DURATION_EXAMPLES "a duration such as \"500ms\", \"2s\" or \"5m\""
#define UNITS_SIZE_EXAMPLES     "a size such as \"64KiB\", \"1MiB\" or \"2GB\""
#define UNITS_SHARE_EXAMPLES    "a percentage such as \"2%\" or \"0.5%\""

/* Three significant digits and the unit that keeps the number between 1 and 1000:
 * "1.23 ms", "45.6 MiB", "+3.1 %". Append to out. */
void units_add_duration(struct str *out, double seconds);
void units_add_size(struct str *out, double bytes);
void units_add_count(struct str *out, double count);       /* "1,234,567" */
void units_add_short_count(struct str *out, double count); /* "12,345", "12.3 M" */
void units_add_rate(struct str *out, double per_second);   /* "1.23 M/s" */
void units_add_change_pct(struct str *out, double change); /* 0.031 is "+3.1 %" */
