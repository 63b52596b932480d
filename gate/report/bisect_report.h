/* A bisection as text, for people and for programs. Pure, as all reports are. */
#pragma once

#include <stdbool.h>

struct bisect_result;
struct report_screen;
struct str;

/* What came of it, in a sentence or two: "`0123456789` made spin cpu slower: +5.1 %
 * (+4.6 .. +5.6) by itself." Plain text. */
void bisect_add_answer(struct str *out, const struct bisect_result *result);
/* How sure that is, and what it leaves open, in sentences; nothing where there is nothing
 * to say. Plain text. */
void bisect_add_detail(struct str *out, const struct bisect_result *result);
/* "9 comparisons of 312 pairs, 2 commits passed over, took 1.23 min". */
void bisect_add_cost(struct str *out, const struct bisect_result *result);

void bisect_report_markdown(const struct bisect_result *result, struct str *out);
/* For a person at a terminal. explained is the result's as wide as the screen; NULL: the
 * result's. */
void bisect_report_screen(const struct bisect_result *result,
                          const struct report_screen *wanted,
                          const char *explained,
                          struct str *out);
/* Its answer alone, on one line: what --quiet leaves. */
void bisect_report_line(const struct bisect_result *result,
                        bool use_color,
                        struct str *out);
/* "pawl-bisect/1" (docs/formats.md), sorted keys, a comparison on a line. */
void bisect_report_json(const struct bisect_result *result, struct str *out);
