#include "gate/explain/margin.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/base/units.h"
#include "gate/explain/profile_pair.h"
#include "gate/source/diff_lines.h"

enum {
    AROUND = 2, /* lines without costs that are shown before and behind others */
    COST_WIDTH = 15,
    SHOWN_LINE = 160
};

/* A line as it will be shown: one of head, or one of base that was taken out. */
struct shown {
    uint32_t number;
    char mark;
    const char *text;
    size_t length;
    uint64_t base;
    uint64_t head;
    bool has_costs;
    bool is_near; /* to one with costs */
};
struct shown_lines {
    struct shown *items;
    size_t count;
    size_t capacity;
};

static void shown_clear(struct shown_lines *shown)
{
    array_clear(shown);
}

static void
add_line(struct shown_lines *shown, const char **rest, uint32_t number, char mark)
{
    size_t length = strcspn(*rest, "\n");
    *array_push(shown) =
        (struct shown){ .number = number, .mark = mark, .text = *rest, .length = length };
    *rest += length + ((*rest)[length] == '\n');
}

static const char *skip_lines(const char *text, uint32_t count)
{
    for (; count && *text; count--)
        text += strcspn(text, "\n") + (text[strcspn(text, "\n")] == '\n');
    return text;
}

/* Base's lines that were taken out in front of the line of head. */
static void
add_removed(const struct margin_file *file, uint32_t before, struct shown_lines *shown)
{
    for (size_t i = 0; file->changed && i < file->changed->hunks.count; i++) {
        const struct line_hunk *hunk = &file->changed->hunks.items[i];
        uint32_t at = hunk->new_lines.begin + !hunk->new_lines.count;
        if (at != before || !hunk->old_lines.count)
            continue;
        const char *rest = skip_lines(file->base_text, hunk->old_lines.begin - 1);
        for (uint32_t k = 0; k < hunk->old_lines.count && *rest; k++)
            add_line(shown, &rest, hunk->old_lines.begin + k, '-');
    }
}

static void list_lines(const struct margin_file *file, struct shown_lines *shown)
{
    const char *rest = file->head_text;
    uint32_t number = 1;
    for (; *rest; number++) {
        add_removed(file, number, shown);
        add_line(shown, &rest, number,
                 file_lines_is_added(file->changed, number) ? '+' : ' ');
    }
    add_removed(file, number, shown);
}

/* Where the costs of a line belong: base's costs of a line that is still there stand
 * beside head's. */
static void add_costs(struct shown_lines *shown, const struct line_diff *line)
{
    bool is_of_head = line->sides[SIDE_HEAD].line != 0;
    uint32_t number = line->sides[is_of_head ? SIDE_HEAD : SIDE_BASE].line;
    for (size_t i = 0; i < shown->count; i++) {
        struct shown *at = &shown->items[i];
        if (at->number != number || (at->mark == '-') == is_of_head)
            continue;
        at->base += line->sides[SIDE_BASE].self + line->sides[SIDE_BASE].called;
        at->head += line->sides[SIDE_HEAD].self + line->sides[SIDE_HEAD].called;
        at->has_costs = true;
        return;
    }
}

static bool is_of_file(const struct margin_file *file, const struct line_diff *line)
{
    const struct file_lines *changed = file->changed;
    return str_equal(line->file, file->path) ||
           (changed && changed->old_path && !line->sides[SIDE_HEAD].line &&
            str_equal(line->file, changed->old_path));
}

static void mark_near(struct shown_lines *shown)
{
    for (size_t i = 0; i < shown->count; i++) {
        size_t first = i > AROUND ? i - AROUND : 0;
        for (size_t k = first;
             shown->items[i].has_costs && k <= i + AROUND && k < shown->count; k++)
            shown->items[k].is_near = true;
    }
}

static void add_cost(struct str *out, uint64_t cost)
{
    AUTO_STR struct str text = STR_INIT;
    if (cost)
        units_add_count(&text, (double)cost);
    text_add_right(out, text.data, COST_WIDTH);
}

static void print_line(const struct shown *line, struct str *out)
{
    AUTO_FREE char *text = xstrndup(line->text, line->length);
    AUTO_STR struct str printed = STR_INIT;
    add_cost(&printed, line->base);
    add_cost(&printed, line->head);
    str_addf(&printed, " %c %5u  ", line->mark, line->number);
    for (const char *c = text; *c == '\t' || *c == ' '; c++) /* cleaning keeps one */
        str_add(&printed, *c == '\t' ? "    " : " ");
    text_add_clean(&printed, text + strspn(text, "\t "), SHOWN_LINE);
    while (printed.length && printed.data[printed.length - 1] == ' ')
        str_truncate(&printed, printed.length - 1);
    str_addf(out, "%s\n", printed.data);
}

void margin_add(const struct profile_pair *pair,
                uint32_t item,
                const struct margin_file *file,
                struct str *out)
{
    AUTO(shown_clear) struct shown_lines shown = { 0 };
    list_lines(file, &shown);
    for (size_t i = 0; i < pair->lines.count; i++)
        if (pair->lines.items[i].item == item && is_of_file(file, &pair->lines.items[i]))
            add_costs(&shown, &pair->lines.items[i]);
    mark_near(&shown);
    bool is_gap = false;
    bool is_begun = false;
    for (size_t i = 0; i < shown.count; i++) {
        if (!shown.items[i].is_near) {
            is_gap = is_begun;
            continue;
        }
        if (is_gap)
            str_addf(out, "%*s\n", 2 * COST_WIDTH + 3, "...");
        print_line(&shown.items[i], out);
        is_gap = false;
        is_begun = true;
    }
}
