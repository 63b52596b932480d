#include "gate/explain/story.h"

#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/base/units.h"
#include "gate/explain/culprit.h"
#include "gate/explain/function_note.h"
#include "gate/explain/story_costs.h"

/* Of the comparison, what stands in a result; and in one sentence. */
#define MOST_FUNCTIONS 20
#define MOST_LINES     20
#define MOST_NAMED     3
#define LEAST_NAMED    0.1

/* What others make up for is told by its size, for "218 % of the saved instructions" is a
 * riddle; what is hardly more than the whole difference is all of it. */
#define ALL 1.005

/* Of a harness, which may do more, or take longer for the same. */
#define IN_EQUAL_PARTS                                                                \
    "each function has about the same part of the time as before: all of it is done " \
    "more or less often for an operation, or takes another time"

/* Calls that differ by less are said to be as many as before. */
#define SAME_CALLS 0.01

static const struct line_diff *hottest(const struct profile_pair *pair, uint32_t item)
{
    return line_diffs_hottest(&pair->lines, &pair->diff, item);
}

static uint32_t line_number(const struct line_diff *line)
{
    uint32_t of_head = line->sides[SIDE_HEAD].line;
    return of_head && line->sides[SIDE_HEAD].self + line->sides[SIDE_HEAD].called
               ? of_head
               : line->sides[SIDE_BASE].line;
}

/* "'find_case' (src/lookup.c:41)" */
static void add_name(struct str *text, const struct profile_pair *pair, uint32_t index)
{
    const struct function_diff *item = &pair->diff.functions.items[index];
    const struct line_diff *line = hottest(pair, index);
    const char *file = line && line->is_in_tree ? line->file : item->file;
    bool is_elsewhere = path_is_absolute(file);
    str_addf(text, "'%s' (%s", item->name, is_elsewhere ? path_base(file) : file);
    if (line && line->is_in_tree)
        str_addf(text, ":%u", line_number(line));
    str_add(text, ")");
}

static void add_share(struct str *text, double share)
{
    if (share > ALL && share <= CULPRIT_MORE_THAN_ALL)
        str_add(text, "all");
    else
        str_addf(text, "%.0f %%", share * 100);
}

static bool is_more_than_all(double share)
{
    return share > CULPRIT_MORE_THAN_ALL;
}

static bool is_growth(const struct profile_pair *pair)
{
    return profile_difference(&pair->diff) > 0;
}

static const char *added(const struct profile_pair *pair)
{
    return is_growth(pair) ? "added" : "saved";
}

static bool is_called_alike(const struct function_diff *item)
{
    double base = (double)item->sides[SIDE_BASE].calls;
    double head = (double)item->sides[SIDE_HEAD].calls;
    return fabs(head - base) <= SAME_CALLS * base;
}

/* ", called 5 times where it was 3", ", called 5 times, as before"; nothing where calls
 * are not known. */
static void add_calls(struct str *text,
                      const struct profile_pair *pair,
                      const char *link,
                      const struct function_diff *item)
{
    if (!profile_pair_has_calls(pair))
        return;
    str_addf(text, "%scalled ", link);
    units_add_count(text, (double)item->sides[SIDE_HEAD].calls);
    str_add(text, item->sides[SIDE_HEAD].calls == 1 ? " time" : " times");
    if (is_called_alike(item)) {
        str_add(text, ", as before");
        return;
    }
    str_add(text, " where it was ");
    units_add_count(text, (double)item->sides[SIDE_BASE].calls);
}

/* " saves 5.45 M instructions" */
static void add_amount(struct str *text,
                       const struct profile_pair *pair,
                       double share,
                       bool is_of_several)
{
    str_addf(text, " %s%s ", is_growth(pair) ? "add" : "save", is_of_several ? "" : "s");
    story_add_amount(text, pair, share * fabs(profile_difference(&pair->diff)));
}

/* " saves 5.45 M instructions, more than the whole run does (2.50 M)" */
static void add_more_than_all(struct str *text,
                              const struct profile_pair *pair,
                              const struct culprit *culprit)
{
    add_amount(text, pair, culprit->share, culprit->with_callees);
    if (story_is_by_instructions(pair))
        str_add(text, " by its part of the instructions");
    str_addf(text, ", more than the whole %s does (", story_whole(pair));
    story_add_size(text, pair, fabs(profile_difference(&pair->diff)));
    str_add(text, ")");
}

/* "'plain_unescaped' (plain.c) costs 2.73 M more" after the link: the function that makes
 * up for most of what others add or save. */
static void
add_other_way(struct str *text, const struct profile_pair *pair, const char *link)
{
    for (uint32_t i = 0; i < pair->diff.shown_count && !story_is_by_instructions(pair);
         i++) {
        const struct function_diff *item = &pair->diff.functions.items[i];
        if (!(item->self_share <= -LEAST_NAMED))
            continue;
        str_add(text, link);
        add_name(text, pair, i);
        str_add(text, is_growth(pair) ? " saves " : " costs ");
        story_add_size(text, pair, fabs(function_self_difference(item)));
        str_add(text, is_growth(pair) ? "" : " more");
        return;
    }
}

/* Its own part, where that is more than all: what it calls makes up for it. */
static void
add_own_part(struct str *text, const struct profile_pair *pair, uint32_t culprit)
{
    double share = pair->diff.functions.items[culprit].self_share;
    if (!is_more_than_all(share))
        return;
    str_add(text, "; the function itself");
    add_amount(text, pair, share, false);
    add_other_way(text, pair, ", and ");
}

/* The one function that costs most by itself, where the culprit mostly passes costs on.
 */
static void
add_deepest(struct str *text, const struct profile_pair *pair, uint32_t culprit)
{
    const struct function_diff *first = &pair->diff.functions.items[0];
    if (culprit == 0 || !(first->self_share >= LEAST_NAMED))
        return;
    str_add(text, "; ");
    if (!is_more_than_all(first->self_share)) {
        add_share(text, first->self_share);
        str_add(text, " in ");
    }
    add_name(text, pair, 0);
    str_add(text, " alone");
    if (is_more_than_all(first->self_share))
        add_amount(text, pair, first->self_share, false);
    add_calls(text, pair, ", ", first);
}

static void tell_edited(const struct profile_pair *pair,
                        const struct culprit *culprit,
                        struct str *text)
{
    const struct function_diff *item = &pair->diff.functions.items[culprit->item];
    bool is_told_by_size = is_more_than_all(culprit->share);
    if (!is_told_by_size) {
        add_share(text, culprit->share);
        str_addf(text, " of the %s %s %s in ", added(pair), story_unit(pair),
                 story_verb(pair));
    }
    add_name(text, pair, culprit->item);
    str_add(text, ", which this change edits");
    if (culprit->with_callees)
        str_add(text, is_told_by_size ? ", and what it calls" : ", and in what it calls");
    else if (is_told_by_size)
        str_add(text, ",");
    if (is_told_by_size)
        add_more_than_all(text, pair, culprit);
    if (is_told_by_size && !culprit->with_callees)
        add_other_way(text, pair, ", for ");
    if (!is_called_alike(item))
        add_calls(text, pair, "; it is ", item);
    if (culprit->with_callees) {
        add_own_part(text, pair, culprit->item);
        add_deepest(text, pair, culprit->item);
    }
}

/* The edited functions that matter, where none explains enough alone. */
static void tell_several(const struct profile_pair *pair, struct str *text)
{
    size_t named = 0;
    for (uint32_t i = 0; i < pair->diff.shown_count && named < MOST_NAMED; i++) {
        double share = pair->diff.functions.items[i].self_share;
        if (!pair->is_edited[i] || !(share >= LEAST_NAMED))
            continue;
        str_add(text, named++ ? ", " : "");
        add_share(text, share);
        if (named == 1)
            str_addf(text, " of the %s %s %s", added(pair), story_unit(pair),
                     story_verb(pair));
        str_add(text, " in ");
        add_name(text, pair, i);
    }
    str_add(text, named ? ", which this change edits" : "");
}

static void tell_unedited(const struct profile_pair *pair,
                          const struct culprit *culprit,
                          struct str *text)
{
    const struct function_diff *item = &pair->diff.functions.items[culprit->item];
    str_addf(text, "none of the %s %s %s in %s: ", added(pair), story_unit(pair),
             story_verb(pair),
             pair->has_lines ? "lines that this change edits"
                             : "functions that are known to be edited");
    if (!is_more_than_all(culprit->share)) {
        add_share(text, culprit->share);
        str_addf(text, " %s in ", story_verb(pair));
    }
    add_name(text, pair, culprit->item);
    str_add(text, culprit->with_callees ? " and what it calls" : "");
    if (is_more_than_all(culprit->share))
        add_more_than_all(text, pair, culprit);
    add_calls(text, pair, ", ", item);
    if (!profile_pair_has_calls(pair))
        str_add(text, ": its callers changed, or the data, or the code by the compiler");
    else
        str_add(text, is_called_alike(item)
                          ? " (other data, or other code by the compiler)"
                          : " (its callers changed, or the data)");
}

/* Many small differences, none of them in what was edited. */
static void tell_spread(const struct profile_pair *pair, struct str *text)
{
    str_addf(text,
             "no function explains most of the %s %s, and little of %s is in what this "
             "change edits; the most %s ",
             added(pair), story_unit(pair), story_pronoun(pair), story_verb(pair));
    add_share(text, pair->diff.functions.items[0].self_share);
    str_add(text, " in ");
    add_name(text, pair, 0);
}

static void tell_where(const struct profile_pair *pair, struct explanation *explanation)
{
    AUTO_STR struct str text = STR_INIT;
    struct culprit culprit = culprit_find(pair);
    if (culprit.item != COSTS_NONE && culprit.is_edited)
        tell_edited(pair, &culprit, &text);
    else
        tell_several(pair, &text);
    if (!text.length && culprit.item != COSTS_NONE)
        tell_unedited(pair, &culprit, &text);
    if (!text.length && pair->diff.shown_count)
        tell_spread(pair, &text);
    if (text.length)
        strvec_push(&explanation->why, text.data);
}

static void take_function(const struct profile_pair *pair,
                          uint32_t index,
                          struct explanation *explanation)
{
    const struct function_diff *item = &pair->diff.functions.items[index];
    const struct function_costs *base = &item->sides[SIDE_BASE];
    const struct function_costs *head = &item->sides[SIDE_HEAD];
    const struct line_diff *line = hottest(pair, index);
    *array_push(&explanation->functions) = (struct explained_function){
        .name = xstrdup(item->name),
        .file = xstrdup(line && line->is_in_tree ? line->file : item->file),
        .line = line && line->is_in_tree ? line_number(line) : 0,
        .is_edited = pair->is_edited[index],
        .note = function_note(&pair->diff, index),
        .base_calls = (int64_t)base->calls,
        .head_calls = (int64_t)head->calls,
        .base_self = (int64_t)base->self,
        .head_self = (int64_t)head->self,
        .base_inclusive = (int64_t)base->inclusive,
        .head_inclusive = (int64_t)head->inclusive,
        .self_share = item->self_share,
        .inclusive_share = item->inclusive_share,
    };
}

static void take_line(const struct profile_pair *pair,
                      const struct line_diff *line,
                      struct explanation *explanation)
{
    const struct line_costs *base = &line->sides[SIDE_BASE];
    const struct line_costs *head = &line->sides[SIDE_HEAD];
    *array_push(&explanation->lines) = (struct explained_line){
        .function = xstrdup(pair->diff.functions.items[line->item].name),
        .file = xstrdup(line->file),
        .base_line = base->line,
        .head_line = head->line,
        .is_changed = line->is_changed,
        .base_self = (int64_t)base->self,
        .head_self = (int64_t)head->self,
        .base_called = (int64_t)base->called,
        .head_called = (int64_t)head->called,
    };
}

struct ordered_line {
    const struct line_diff *line;
};

static int compare_by_self(const void *a, const void *b)
{
    const struct line_diff *x = ((const struct ordered_line *)a)->line;
    const struct line_diff *y = ((const struct ordered_line *)b)->line;
    double of_x = fabs(line_self_difference(x));
    double of_y = fabs(line_self_difference(y));
    if (of_x < of_y || of_x > of_y)
        return of_x > of_y ? -1 : 1;
    return x < y ? -1 : x > y;
}

/* Those of the tree that add most by themselves. */
static void take_lines(const struct profile_pair *pair, struct explanation *explanation)
{
    size_t count = 0;
    AUTO_FREE struct ordered_line *order = xcalloc(pair->lines.count + 1, sizeof *order);
    for (size_t i = 0; i < pair->lines.count; i++) {
        const struct line_diff *line = &pair->lines.items[i];
        if (line->is_in_tree && fabs(line_self_difference(line)) > 0)
            order[count++].line = line;
    }
    qsort(order, count, sizeof *order, compare_by_self);
    for (size_t i = 0; i < count && i < MOST_LINES; i++)
        take_line(pair, order[i].line, explanation);
}

static void tell_too_few(const struct profile_pair *pair, struct explanation *explanation)
{
    AUTO_STR struct str text = STR_INIT;
    str_add(&text, "sampled, and ");
    units_add_count(&text, story_counted(pair, SIDE_BASE));
    str_add(&text, " samples of base and ");
    units_add_count(&text, story_counted(pair, SIDE_HEAD));
    str_add(&text, " of head are too few to tell where their difference is");
    strvec_push(&explanation->why, text.data);
}

void story_tell(const struct profile_pair *pair,
                double least,
                struct explanation *explanation)
{
    double base = (double)pair->diff.totals[SIDE_BASE];
    explanation->is_sampled = pair->is_sampled;
    explanation->is_per_operation = pair->is_per_operation;
    if (pair->is_sampled && fabs(profile_difference(&pair->diff)) <= story_noise(pair)) {
        tell_too_few(pair, explanation);
        return;
    }
    if (profile_pair_has_calls(pair)) {
        explanation->base_instructions = (int64_t)pair->diff.totals[SIDE_BASE];
        explanation->head_instructions = (int64_t)pair->diff.totals[SIDE_HEAD];
    }
    if (fabs(profile_difference(&pair->diff)) < fmax(least, STORY_SAME) * base)
        return;
    tell_where(pair, explanation);
    if (!culprit_find(pair).is_edited && story_is_alike(pair))
        strvec_push(&explanation->why, IN_EQUAL_PARTS);
    for (uint32_t i = 0; i < pair->diff.shown_count && i < MOST_FUNCTIONS; i++)
        if (fabs(function_self_difference(&pair->diff.functions.items[i])) > 0)
            take_function(pair, i, explanation);
    take_lines(pair, explanation);
}
