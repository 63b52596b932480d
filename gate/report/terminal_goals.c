#include "gate/report/terminal_goals.h"

#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/report/escape.h"
#include "gate/report/goal_phrase.h"
#include "gate/report/phrase.h"
#include "gate/report/waiver_phrase.h"

enum {
    GOALS_AT_MOST = 20,
    WAIVERS_AT_MOST = 20,
    OUTCOME_WIDTH = 12,
    LEAST_NAME = 16,
    NOTE_INDENT = 21
};

static const char *outcome_of(const struct goal_result *goal)
{
    bool is_old_miss = goal->outcome == GOAL_MISSED && goal->was_missed_on_base;
    return is_old_miss ? "still missed" : goal_outcome_name(goal->outcome);
}

static void add_note(const char *text, size_t width, struct str *out)
{
    AUTO_STR struct str note = STR_INIT;
    if (!text || !*text)
        return;
    text_add_clean(&note, text, SHOWN_SENTENCE);
    text_add_wrapped(out, note.data, NOTE_INDENT, width);
}

static void print_goal(const struct goal_result *goal,
                       struct terminal_color color,
                       size_t width,
                       struct str *out)
{
    bool is_colored = goal_is_missed_anew(goal);
    AUTO_STR struct str label = STR_INIT;
    AUTO_STR struct str numbers = STR_INIT;
    AUTO_STR struct str name = STR_INIT;
    text_add_left(&label, outcome_of(goal), OUTCOME_WIDTH);
    str_add(&numbers, ": ");
    phrase_add_goal_value(&numbers, goal);
    str_addf(&numbers, ", %s ", phrase_limit(goal->metric));
    phrase_add_value(&numbers, goal->metric, goal->limit);
    text_add_clean(&name, goal->bench_id, SHOWN_NAME);
    str_add(&name, " ");
    text_add_clean(&name, goal->label, SHOWN_NAME);
    /* Numbers are kept whole: where they leave no room for a name, they come below it. */
    size_t room = width - OUTCOME_WIDTH - 9;
    size_t taken = text_width(numbers.data);
    bool is_narrow = taken + LEAST_NAME > room;
    text_cut(&name, is_narrow ? room : room - taken);

    str_addf(out, "  goal %s%s%s  %s%s\n", is_colored ? color.begin : "", label.data,
             is_colored ? color.end : "", name.data, is_narrow ? "" : numbers.data);
    if (is_narrow)
        add_note(numbers.data + 2, width, out);
    add_note(goal->reason, width, out);
    AUTO_STR struct str trend = STR_INIT;
    goal_add_trend(&trend, goal);
    add_note(trend.data, width, out);
}

/* Met ones that have a trend, as far as there is room; all are counted. */
static void add_met(const struct result *result,
                    struct terminal_color color,
                    size_t width,
                    size_t shown,
                    struct str *out)
{
    const struct goal_result *tightest = NULL;
    size_t met = 0;
    for (size_t i = 0; i < result->goals.count; i++) {
        const struct goal_result *goal = &result->goals.items[i];
        if (goal->outcome != GOAL_MET)
            continue;
        met++;
        if (!tightest || goal_room_share(goal) < goal_room_share(tightest))
            tightest = goal;
        if (goal->trend && shown++ < GOALS_AT_MOST)
            print_goal(goal, color, width, out);
    }
    if (!met)
        return;
    AUTO_STR struct str line = STR_INIT;
    str_addf(&line, "%zu of %zu goals met; ", met, result->goals.count);
    goal_add_tightest(&line, tightest);
    AUTO_STR struct str clean = STR_INIT;
    text_add_clean(&clean, line.data, SHOWN_SENTENCE);
    text_add_wrapped(out, clean.data, 2, width);
}

void terminal_add_goals(const struct result *result,
                        struct terminal_color color,
                        size_t width,
                        struct str *out)
{
    size_t shown = 0;
    for (size_t i = 0; i < result->goals.count; i++) {
        if (result->goals.items[i].outcome != GOAL_MET && shown++ < GOALS_AT_MOST)
            print_goal(&result->goals.items[i], color, width, out);
    }
    if (shown > GOALS_AT_MOST)
        str_addf(out, "  … and %zu goals more\n", shown - GOALS_AT_MOST);
    add_met(result, color, width, shown, out);
}

static void
print_waiver(const struct waiver_result *waiver, size_t width, struct str *out)
{
    AUTO_STR struct str text = STR_INIT;
    AUTO_STR struct str line = STR_INIT;
    waiver_add_name(&text, waiver);
    str_addf(&text, " up to %s until %s (%s: %s): ", waiver->up_to, waiver->until,
             waiver->owner, waiver->reason);
    waiver_add_outcome(&text, waiver);
    str_add(&line, "waiver: ");
    text_add_clean(&line, text.data, SHOWN_SENTENCE);
    text_add_wrapped(out, line.data, 2, width);
}

void terminal_add_waivers(const struct result *result, size_t width, struct str *out)
{
    size_t shown = 0;
    for (size_t i = 0; i < result->waivers.count; i++) {
        const struct waiver_result *waiver = &result->waivers.items[i];
        if (waiver->outcome != WAIVER_HOLDS && shown++ < WAIVERS_AT_MOST)
            print_waiver(waiver, width, out);
    }
    if (shown > WAIVERS_AT_MOST)
        str_addf(out, "  waiver: … and %zu more\n", shown - WAIVERS_AT_MOST);
}
