#include "gate/report/terminal_goals.h"

#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/report/escape.h"
#include "gate/report/phrase.h"
#include "gate/report/waiver_phrase.h"

enum {
    GOALS_AT_MOST = 20,
    WAIVERS_AT_MOST = 20,
    OUTCOME_WIDTH = 12,
    NOTE_INDENT = 21
};

static const char *outcome_of(const struct goal_result *goal)
{
    bool is_old_miss = goal->outcome == GOAL_MISSED && goal->was_missed_on_base;
    return is_old_miss ? "still missed" : goal_outcome_name(goal->outcome);
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
    text_cut(&name, width - OUTCOME_WIDTH - 9 - text_width(numbers.data));

    str_addf(out, "  goal %s%s%s  %s%s\n", is_colored ? color.begin : "", label.data,
             is_colored ? color.end : "", name.data, numbers.data);
    if (goal->reason && *goal->reason) {
        AUTO_STR struct str note = STR_INIT;
        text_add_clean(&note, goal->reason, SHOWN_SENTENCE);
        text_add_wrapped(out, note.data, NOTE_INDENT, width);
    }
}

void terminal_add_goals(const struct result *result,
                        struct terminal_color color,
                        size_t width,
                        struct str *out)
{
    size_t met = 0;
    size_t shown = 0;
    for (size_t i = 0; i < result->goals.count; i++) {
        if (result->goals.items[i].outcome == GOAL_MET)
            met++;
        else if (shown++ < GOALS_AT_MOST)
            print_goal(&result->goals.items[i], color, width, out);
    }
    if (shown > GOALS_AT_MOST)
        str_addf(out, "  … and %zu goals more\n", shown - GOALS_AT_MOST);
    if (met)
        str_addf(out, "  %zu of %zu goals met\n", met, result->goals.count);
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
