#include "gate/explain/line_diff.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/source/diff_lines.h"
#include "runners/callgrind/index.h"

void line_diffs_clear(struct line_diffs *lines)
{
    array_clear(lines);
}

double line_self_difference(const struct line_diff *line)
{
    return costs_difference(line->sides[SIDE_BASE].self, line->sides[SIDE_HEAD].self);
}

double line_difference(const struct line_diff *line)
{
    return line_self_difference(line) +
           costs_difference(line->sides[SIDE_BASE].called, line->sides[SIDE_HEAD].called);
}

/* While lines are put together. */
struct joining {
    struct line_diffs *lines;
    const struct profile_diff *diff;
    const struct diff_lines *changed;
    struct index by_place; /* of lines that head has */
};

static void joining_clear(struct joining *joining)
{
    index_clear(&joining->by_place);
}

static uint32_t host_of(const struct joining *joining, enum side side, uint32_t function)
{
    uint32_t item = joining->diff->of[side][function];
    const struct function_diff *of = &joining->diff->functions.items[item];
    return of->into == COSTS_NONE ? item : of->into;
}

/* The entry of a line by its place in head; the entry is made where there is none. */
static struct line_diff *entry_at(struct joining *joining, const struct line_diff *wanted)
{
    uint32_t line = wanted->sides[SIDE_HEAD].line;
    uint32_t hash = index_mix(index_hash_bytes(wanted->file, strlen(wanted->file)), line);
    hash = index_mix(hash, wanted->item);
    size_t cursor = index_start(&joining->by_place, hash);
    uint32_t found = 0;
    while ((found = index_next(&joining->by_place, hash, &cursor)) != INDEX_NONE) {
        struct line_diff *known = &joining->lines->items[found];
        if (known->item == wanted->item && known->sides[SIDE_HEAD].line == line &&
            str_equal(known->file, wanted->file))
            return known;
    }
    index_add(&joining->by_place, hash, (uint32_t)joining->lines->count);
    struct line_diff *added = array_push(joining->lines);
    *added = *wanted;
    return added;
}

static void add_costs(struct line_costs *to, const struct costs_line *line)
{
    to->line = line->line;
    to->self += line->self;
    to->called += line->called;
}

static void add_head(struct joining *joining, const struct costs_line *line)
{
    const struct file_lines *file = diff_lines_find_new(joining->changed, line->file);
    const struct line_diff wanted = {
        .item = host_of(joining, SIDE_HEAD, line->function),
        .file = line->file,
        .is_in_tree = line->is_in_tree,
        .is_changed = line->is_in_tree && file_lines_is_added(file, line->line),
        .sides = { [SIDE_HEAD] = { .line = line->line } },
    };
    add_costs(&entry_at(joining, &wanted)->sides[SIDE_HEAD], line);
}

/* Beside head's line where it is still there; by itself where it was taken out. */
static void add_base(struct joining *joining, const struct costs_line *line)
{
    const struct file_lines *file =
        line->is_in_tree ? diff_lines_find_old(joining->changed, line->file) : NULL;
    uint32_t now = file && !file->new_path ? 0 : file_lines_to_new(file, line->line);
    const struct line_diff wanted = {
        .item = host_of(joining, SIDE_BASE, line->function),
        .file = file && file->new_path ? file->new_path : line->file,
        .is_in_tree = line->is_in_tree,
        .is_changed = !now,
        .sides = { [SIDE_HEAD] = { .line = now } },
    };
    if (now) {
        add_costs(&entry_at(joining, &wanted)->sides[SIDE_BASE], line);
        return;
    }
    struct line_diff *removed = array_push(joining->lines);
    *removed = wanted;
    removed->file = line->file;
    add_costs(&removed->sides[SIDE_BASE], line);
}

static uint32_t line_of(const struct line_diff *line)
{
    return line->sides[SIDE_HEAD].line ? line->sides[SIDE_HEAD].line
                                       : line->sides[SIDE_BASE].line;
}

static int compare_lines(const void *a, const void *b)
{
    const struct line_diff *x = a;
    const struct line_diff *y = b;
    double of_x = line_difference(x);
    double of_y = line_difference(y);
    if (x->item != y->item)
        return x->item < y->item ? -1 : 1;
    if (of_x > of_y || of_x < of_y)
        return of_x > of_y ? -1 : 1;
    int by_file = strcmp(x->file, y->file);
    if (by_file)
        return by_file;
    return line_of(x) < line_of(y) ? -1 : line_of(x) > line_of(y);
}

void line_diffs_make(struct line_diffs *lines,
                     const struct profile_diff *diff,
                     const struct diff_lines *changed)
{
    const struct costs *base = diff->sides[SIDE_BASE];
    const struct costs *head = diff->sides[SIDE_HEAD];
    AUTO(joining_clear)
    struct joining joining = { .lines = lines, .diff = diff, .changed = changed };
    for (size_t i = 0; i < head->lines.count; i++)
        add_head(&joining, &head->lines.items[i]);
    for (size_t i = 0; i < base->lines.count; i++)
        add_base(&joining, &base->lines.items[i]);
    if (lines->count)
        qsort(lines->items, lines->count, sizeof *lines->items, compare_lines);
}

static bool
is_better(const struct line_diff *line, const struct line_diff *than, double direction)
{
    if (line_difference(line) * direction <= 0)
        return false;
    if (!than || line->is_in_tree != than->is_in_tree)
        return !than || line->is_in_tree;
    return line_difference(line) * direction > line_difference(than) * direction;
}

const struct line_diff *line_diffs_hottest(const struct line_diffs *lines,
                                           const struct profile_diff *diff,
                                           uint32_t item)
{
    const struct line_diff *hottest = NULL;
    double direction = profile_difference(diff) < 0 ? -1 : 1;
    for (size_t i = 0; i < lines->count; i++)
        if (lines->items[i].item == item &&
            is_better(&lines->items[i], hottest, direction))
            hottest = &lines->items[i];
    return hottest;
}
