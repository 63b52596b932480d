/* Which lines differ between two commits, file by file, and which line of one side is
 * which of the other. Line numbers begin at 1. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gate/base/attributes.h"

struct error;
struct source;

/* Lines of one range: begin is the first, count may be 0. */
struct line_range {
    uint32_t begin;
    uint32_t count;
};

/* A place where lines were replaced. Where nothing stood or stands on a side, that side's
 * count is 0 and its begin is the line before. */
struct line_hunk {
    struct line_range old_lines;
    struct line_range new_lines;
    char *enclosing; /* the line before the hunk that looks like a function's head, as
                      * git's "@@ ... @@" lines show it; "" where there is none */
};

/* A text file that was changed. */
struct file_lines {
    char *old_path; /* NULL for added */
    char *new_path; /* NULL for deleted */
    struct {
        struct line_hunk *items; /* in order */
        size_t count;
        size_t capacity;
    } hunks;
};

/* Ordered as git lists them. { 0 } is empty. */
struct diff_lines {
    struct file_lines *items;
    size_t count;
    size_t capacity;
};
#define AUTO_DIFF_LINES AUTO(diff_lines_clear)

void diff_lines_clear(struct diff_lines *lines);

/* The lines in which two trees or commits (full ids) differ; *out must be empty. Binary
 * files, submodules and files of more than 16 MiB have no hunks. */
int source_diff_lines(struct source *source,
                      const char *old_id,
                      const char *new_id,
                      struct diff_lines *out,
                      struct error *err) MUST_CHECK;

/* The file of that name on the old or the new side, or NULL. */
const struct file_lines *diff_lines_find_old(const struct diff_lines *lines,
                                             const char *path);
const struct file_lines *diff_lines_find_new(const struct diff_lines *lines,
                                             const char *path);

/* Where a line of the old file stands in the new one; 0 where it was taken out. file may
 * be NULL for one that did not change. */
uint32_t file_lines_to_new(const struct file_lines *file, uint32_t old_line);
/* Whether a line of the new file was put in; of the old file, taken out. */
bool file_lines_is_added(const struct file_lines *file, uint32_t new_line);
bool file_lines_is_removed(const struct file_lines *file, uint32_t old_line);
