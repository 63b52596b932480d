/* Reports: a result as text, for people and for programs.
 *
 * Pure: the same result gives the same bytes. Whatever comes from outside (names, commit
 * subjects, reasons, paths) is shown, never obeyed. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

#include "gate/base/attributes.h"
#include "gate/verdict/result.h"

struct error;
struct str;

struct report_writer {
    const char *format; /* "markdown", "html", "terminal", "terminal-color", "json",
                         * "junit", "tsv", "csv", "openmetrics", "badge" */
    void (*write)(const struct result *result, struct str *out);
};

/* The writer of that format, or NULL. */
const struct report_writer *report_find_writer(const char *format);
/* All formats as in "json, junit, markdown", for messages. */
extern const char report_formats[];

/* For pull requests: the first line answers whether to merge, the worst comes next. */
void report_markdown(const struct result *result, struct str *out);
/* The same in at most byte_limit bytes (40,000 at least), as comments need it: rows are
 * left out from the end, and a line says how many. */
void report_markdown_within(const struct result *result,
                            size_t byte_limit,
                            struct str *out);

/* Where the markdown will stand. */
struct report_markdown_options {
    size_t byte_limit;      /* as above */
    const char *commit_url; /* ids of commits become links to this with the id behind it;
                             * NULL: they stay text. Never foreign text */
};
void report_markdown_with(const struct result *result,
                          const struct report_markdown_options *options,
                          struct str *out);

/* What a terminal is like. */
enum {
    REPORT_NARROWEST = 60,
    REPORT_USUAL = 100,
    REPORT_WIDEST = 160
};
struct report_screen {
    size_t
        width; /* columns; taken as the nearest from REPORT_NARROWEST to REPORT_WIDEST */
    bool use_color;
};
/* For a person at a terminal. No line is wider than the screen. */
void report_screen(const struct result *result,
                   const struct report_screen *wanted,
                   struct str *out);
/* The same for files and for who knows: 100 columns. */
void report_terminal(const struct result *result, bool use_color, struct str *out);
/* Its first sentences alone, on one line: what --quiet leaves. */
void report_verdict_line(const struct result *result, bool use_color, struct str *out);

/* One page for browsers that holds all it needs, and asks nothing of any network: the
 * answer, all rows against their margins, and of each row its pairs, drawn. Below 5 MB
 * whatever the result: rows (from the end) and pairs that don't fit are left out, and
 * counted. */
void report_html(const struct result *result, struct str *out);

/* Flame graphs that a result does not hold, for its explanations. */
struct report_flame {
    const char *bench_id;
    char *svg; /* as flame_svg makes it, without its script */
};
struct report_flames {
    struct report_flame *items;
    size_t count;
    size_t capacity;
};
/* The same with these; NULL is none. */
void report_html_with(const struct result *result,
                      const struct report_flames *flames,
                      struct str *out);

/* Every judged row a test case. */
void report_junit(const struct result *result, struct str *out);

/* A line a row with tabs between its fields, base units, changes as ratios (0.03), under
 * a line with the fields' names: for awk, sort and spreadsheets. */
void report_tsv(const struct result *result, struct str *out);

/* All pairs, for statistics of one's own: a line for each metric that has a row, by RFC
 * 4180 (CRLF, quotes where they are needed). Names that a spreadsheet would take for a
 * formula have a "'" before them. */
void report_csv(const struct result *result, struct str *out);

/* The rows' figures and verdicts as OpenMetrics 1.0 text. */
void report_openmetrics(const struct result *result, struct str *out);

/* The verdict as a small flat SVG, "performance | no regression", with its text for those
 * who don't see it. */
void report_badge(const struct result *result, struct str *out);

/* The whole result ("pawl-result/1", docs/formats.md), and as text: sorted keys, a row or
 * a pair on a line. Numbers are exact, those that are not finite are null. */
json_t *report_json(const struct result *result) MUST_CHECK;
void report_json_text(const struct result *result, struct str *out);

/* The result that report_json wrote; out is { 0 } before and the caller's to clear.
 * Strict: keys, types and ranges must be right; -1 with ERROR_USAGE naming the key's
 * path. */
int report_json_read(const json_t *json, struct result *out, struct error *err)
    MUST_CHECK;

/* What a live progress line says. */
struct report_progress {
    size_t decided_count; /* rows */
    size_t row_count;
    size_t pair_count;    /* run so far */
    int64_t left_ns;      /* estimate; negative where unknown */
    const char *bench_id; /* now running */
};
/* "12 of 40 rows decided · 310 pairs · about 2 min left · list[n=1000]", cut to width
 * columns; no line break. */
void report_progress_line(const struct report_progress *progress,
                          size_t width,
                          struct str *out);
