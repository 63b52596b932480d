#include "gate/source/diff_lines.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/source/git_auto.h"
#include "gate/source/internal.h"
#include "gate/source/missing_object.h"
#include "gate/source/plain_text.h"
#include "gate/source/tree_diff.h"

#define MOST_OF_ENCLOSING 200

static void file_lines_clear(struct file_lines *file)
{
    for (size_t i = 0; i < file->hunks.count; i++)
        free(file->hunks.items[i].enclosing);
    array_clear(&file->hunks);
    free(file->old_path);
    free(file->new_path);
}

void diff_lines_clear(struct diff_lines *lines)
{
    for (size_t i = 0; i < lines->count; i++)
        file_lines_clear(&lines->items[i]);
    array_clear(lines);
}

/* Of "@@ -1,2 +1,3 @@ int main(void)\n" the end. */
static char *enclosing_of(const git_diff_hunk *hunk)
{
    char plain[MOST_OF_ENCLOSING] = "";
    AUTO_FREE char *header = xstrndup(hunk->header, hunk->header_len);
    const char *end = strlen(header) > 2 ? strstr(header + 2, "@@") : NULL;
    if (end) {
        AUTO_FREE char *line = xstrndup(end + 2, strcspn(end + 2, "\r\n"));
        plain_text_copy(plain, sizeof plain, line + strspn(line, " \t"));
    }
    return xstrdup(plain);
}

static struct line_range range_of(int begin, int count)
{
    return (struct line_range){ .begin = begin > 0 ? (uint32_t)begin : 0,
                                .count = count > 0 ? (uint32_t)count : 0 };
}

static int take_file(const git_diff_delta *delta, float progress, void *context)
{
    struct diff_lines *lines = context;
    (void)progress;
    *array_push(lines) = (struct file_lines){
        .old_path =
            delta->status == GIT_DELTA_ADDED ? NULL : xstrdup(delta->old_file.path),
        .new_path =
            delta->status == GIT_DELTA_DELETED ? NULL : xstrdup(delta->new_file.path),
    };
    return 0;
}

static int
take_hunk(const git_diff_delta *delta, const git_diff_hunk *hunk, void *context)
{
    struct diff_lines *lines = context;
    (void)delta;
    *array_push(&lines->items[lines->count - 1].hunks) = (struct line_hunk){
        .old_lines = range_of(hunk->old_start, hunk->old_lines),
        .new_lines = range_of(hunk->new_start, hunk->new_lines),
        .enclosing = enclosing_of(hunk),
    };
    return 0;
}

int source_diff_lines(struct source *source,
                      const char *old_id,
                      const char *new_id,
                      struct diff_lines *out,
                      struct error *err)
{
    AUTO_DIFF git_diff *diff = NULL;
    AUTO_DIFF_LINES struct diff_lines lines = { 0 };
    if (tree_diff_make(&diff, source, old_id, new_id, err) < 0)
        return -1;
    int result = git_diff_foreach(diff, take_file, NULL, take_hunk, NULL, &lines);
    if (result < 0)
        return say_missing_or_failed(err, source, result,
                                     "cannot compare the lines of %.10s and %.10s",
                                     old_id, new_id);
    *out = lines;
    lines = (struct diff_lines){ 0 };
    return 0;
}

const struct file_lines *diff_lines_find_old(const struct diff_lines *lines,
                                             const char *path)
{
    for (size_t i = 0; i < lines->count; i++)
        if (lines->items[i].old_path && str_equal(lines->items[i].old_path, path))
            return &lines->items[i];
    return NULL;
}

const struct file_lines *diff_lines_find_new(const struct diff_lines *lines,
                                             const char *path)
{
    for (size_t i = 0; i < lines->count; i++)
        if (lines->items[i].new_path && str_equal(lines->items[i].new_path, path))
            return &lines->items[i];
    return NULL;
}

static bool is_within(const struct line_range *range, uint32_t line)
{
    return line >= range->begin && line - range->begin < range->count;
}

/* The first line of the old side that is behind the hunk. */
static uint32_t end_of(const struct line_range *range)
{
    return range->begin + (range->count ? range->count : 1);
}

uint32_t file_lines_to_new(const struct file_lines *file, uint32_t old_line)
{
    int64_t line = old_line;
    for (size_t i = 0; file && i < file->hunks.count; i++) {
        const struct line_hunk *hunk = &file->hunks.items[i];
        if (is_within(&hunk->old_lines, old_line))
            return 0;
        if (end_of(&hunk->old_lines) <= old_line)
            line += (int64_t)hunk->new_lines.count - (int64_t)hunk->old_lines.count;
    }
    return line > 0 && line <= UINT32_MAX ? (uint32_t)line : 0;
}

bool file_lines_is_added(const struct file_lines *file, uint32_t new_line)
{
    for (size_t i = 0; file && i < file->hunks.count; i++)
        if (is_within(&file->hunks.items[i].new_lines, new_line))
            return true;
    return false;
}

bool file_lines_is_removed(const struct file_lines *file, uint32_t old_line)
{
    for (size_t i = 0; file && i < file->hunks.count; i++)
        if (is_within(&file->hunks.items[i].old_lines, old_line))
            return true;
    return false;
}
