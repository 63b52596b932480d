#include "gate/explain/edits.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/source/diff_lines.h"

/* A line of one file that was executed, and by whom. */
struct executed {
    uint32_t line;
    uint32_t item;
};
struct executed_lines {
    struct executed *items;
    size_t count;
    size_t capacity;
};

static void executed_clear(struct executed_lines *executed)
{
    array_clear(executed);
}

static int compare_executed(const void *a, const void *b)
{
    const struct executed *x = a;
    const struct executed *y = b;
    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    return x->item < y->item ? -1 : x->item > y->item;
}

static void list_executed(const struct profile_diff *diff,
                          enum side side,
                          const char *file,
                          struct executed_lines *executed)
{
    const struct costs *costs = diff->sides[side];
    for (size_t i = 0; i < costs->lines.count; i++) {
        const struct costs_line *line = &costs->lines.items[i];
        if (line->is_in_tree && str_equal(line->file, file))
            *array_push(executed) =
                (struct executed){ line->line, diff->of[side][line->function] };
    }
    if (executed->count)
        qsort(executed->items, executed->count, sizeof *executed->items,
              compare_executed);
}

/* Marks who executed both the nearest line before the range and the nearest behind it. */
static void mark_around(const struct executed_lines *executed,
                        const struct line_range *range,
                        bool *is_edited)
{
    uint32_t begin = range->count ? range->begin : range->begin + 1;
    size_t behind = 0;
    while (behind < executed->count && executed->items[behind].line < begin)
        behind++;
    size_t before = behind;
    while (behind < executed->count &&
           executed->items[behind].line < begin + range->count)
        behind++;
    if (!before || behind == executed->count)
        return;
    uint32_t line_before = executed->items[before - 1].line;
    uint32_t line_behind = executed->items[behind].line;
    for (size_t i = before; i-- > 0 && executed->items[i].line == line_before;)
        for (size_t k = behind;
             k < executed->count && executed->items[k].line == line_behind; k++)
            if (executed->items[i].item == executed->items[k].item)
                is_edited[executed->items[i].item] = true;
}

static void mark_file(const struct profile_diff *diff,
                      enum side side,
                      const struct file_lines *file,
                      bool *is_edited)
{
    const char *path = side == SIDE_BASE ? file->old_path : file->new_path;
    AUTO(executed_clear) struct executed_lines executed = { 0 };
    if (!path)
        return;
    list_executed(diff, side, path, &executed);
    for (size_t i = 0; i < file->hunks.count; i++) {
        const struct line_hunk *hunk = &file->hunks.items[i];
        mark_around(&executed, side == SIDE_BASE ? &hunk->old_lines : &hunk->new_lines,
                    is_edited);
    }
}

static bool is_word_char(char c)
{
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
}

/* "int find(int n)" names "find", and not "fin" or "int" with a '(' behind. */
static bool names(const char *enclosing, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = enclosing; (at = strstr(at, name)); at++) {
        bool begins = at == enclosing || !is_word_char(at[-1]);
        if (begins && at[length] == '(')
            return true;
    }
    return false;
}

static bool is_named(const struct diff_lines *changed, const char *name)
{
    for (size_t i = 0; i < changed->count; i++)
        for (size_t k = 0; k < changed->items[i].hunks.count; k++)
            if (names(changed->items[i].hunks.items[k].enclosing, name))
                return true;
    return false;
}

static bool has_lines(const struct profile_diff *diff, const struct function_diff *item)
{
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        uint32_t function = item->sides[side].function;
        if (function != COSTS_NONE &&
            diff->sides[side]->functions.items[function].has_lines)
            return true;
    }
    return false;
}

/* What was inlined is counted with its host: so is what was done to it. */
static void pass_on(const struct profile_diff *diff, bool *is_edited)
{
    for (size_t i = 0; i < diff->functions.count; i++) {
        uint32_t into = diff->functions.items[i].into;
        if (into != COSTS_NONE && is_edited[i])
            is_edited[into] = true;
    }
}

bool *edits_find(const struct profile_diff *diff,
                 const struct line_diffs *lines,
                 const struct diff_lines *changed)
{
    bool *is_edited = xcalloc(diff->functions.count + 1, sizeof *is_edited);
    for (size_t i = 0; i < lines->count; i++)
        if (lines->items[i].is_changed && lines->items[i].is_in_tree)
            is_edited[lines->items[i].item] = true;
    for (size_t i = 0; i < changed->count; i++) {
        mark_file(diff, SIDE_BASE, &changed->items[i], is_edited);
        mark_file(diff, SIDE_HEAD, &changed->items[i], is_edited);
    }
    for (size_t i = 0; i < diff->functions.count; i++) {
        const struct function_diff *item = &diff->functions.items[i];
        if (!has_lines(diff, item) && is_named(changed, item->name))
            is_edited[i] = true;
    }
    pass_on(diff, is_edited);
    return is_edited;
}
