#include <math.h>

#include "gate/base/str.h"
#include "gate/report/goal_phrase.h"
#include "gate/report/html_parts.h"
#include "gate/report/phrase.h"

enum {
    WIDTH = 200
};

static const char *class_of(const struct goal_result *goal)
{
    switch (goal->outcome) {
    case GOAL_MET:
        return "v-ok";
    case GOAL_ELSEWHERE:
        return "v-none";
    case GOAL_CANNOT_TELL:
        return "v-inconclusive";
    case GOAL_WAIVED:
        return "v-waived";
    case GOAL_MISSED:
        return goal_is_missed_anew(goal) ? "v-regressed" : "v-inconclusive";
    }
    return "v-none";
}

static const char *sign_of(const struct goal_result *goal)
{
    switch (goal->outcome) {
    case GOAL_MET:
        return html_sign(VERDICT_OK);
    case GOAL_ELSEWHERE:
        return html_sign(VERDICT_NONE);
    case GOAL_CANNOT_TELL:
        return html_sign(VERDICT_INCONCLUSIVE);
    case GOAL_WAIVED:
        return html_sign(VERDICT_WAIVED);
    case GOAL_MISSED:
        return html_sign(VERDICT_REGRESSED);
    }
    return "";
}

/* The figure as a bar from 0 with its interval, and the limit as a line. */
static void add_picture(struct str *out, const struct goal_result *goal)
{
    double most = fmax(fmax(goal->limit, goal->value),
                       isfinite(goal->high) ? goal->high : goal->value);
    if (!isfinite(most) || most <= 0 || !isfinite(goal->value))
        return;
    double scale = (WIDTH - 10) / (most * 1.05);
    double low = isfinite(goal->low) ? fmax(goal->low, 0) * scale : 0;
    double high = isfinite(goal->high) ? goal->high * scale : WIDTH;
    str_addf(
        out,
        "<svg class=\"goal\" viewBox=\"0 0 %d 22\" role=\"img\" aria-label=\"%.0f %% "
        "of the limit\"><path class=\"bar\" d=\"M0 11H%.1f\"/>"
        "<path class=\"span\" d=\"M%.1f 11H%.1f\"/>"
        "<path class=\"limit\" d=\"M%.1f 1V21\"/></svg>",
        WIDTH, goal->limit > 0 ? fmin(9999, 100 * goal->value / goal->limit) : 9999,
        goal->value * scale, low, high, goal->limit * scale);
}

static void add_notes(struct str *out, const struct goal_result *goal)
{
    AUTO_STR struct str note = STR_INIT;
    goal_add_note(&note, goal);
    if (!note.length)
        return;
    str_add(out, "<p class=\"reason\">");
    html_add_text(out, note.data);
    str_add(out, "</p>");
}

static void add_goal(struct str *out, const struct goal_result *goal)
{
    AUTO_STR struct str limit = STR_INIT;
    AUTO_STR struct str value = STR_INIT;
    str_addf(&limit, "%s ", phrase_limit(goal->metric));
    phrase_add_value(&limit, goal->metric, goal->limit);
    phrase_add_goal_value(&value, goal);
    str_addf(out, "<tr class=\"%s\"><th scope=\"row\">", class_of(goal));
    html_add_code(out, goal->bench_id);
    str_add(out, " <span class=\"metric\">");
    html_add_text(out, goal->label);
    str_add(out, "</span>");
    add_notes(out, goal);
    str_addf(out,
             "</th><td><span class=\"tag %s\"><span aria-hidden=\"true\">%s</span> "
             "%s%s</span></td>",
             class_of(goal), sign_of(goal), goal_outcome_name(goal->outcome),
             goal->was_missed_on_base ? ", missed on base too" : "");
    html_add_number_cell(out, limit.data);
    html_add_number_cell(out, value.data);
    str_add(out, "<td class=\"picture\">");
    add_picture(out, goal);
    str_addf(out, "</td><td class=\"number\">%zu</td></tr>\n", goal->run_count);
}

/* Missed ones first: the outcomes are ordered from met to missed. */
void html_add_goals(struct str *out, const struct result *result)
{
    static const char *const heads[] = {
        "Goal", "Answer", ">Limit", ">Head (95 %)", "Against the limit", ">Runs", NULL
    };
    size_t shown = 0;
    if (!result->goals.count)
        return;
    html_open_section(out, "goals", "Goals");
    html_open_table(out, "Absolute limits, held against head alone", heads);
    for (int outcome = GOAL_MISSED; outcome >= GOAL_MET; outcome--) {
        for (size_t i = 0; i < result->goals.count && shown < HTML_LISTED; i++) {
            if ((int)result->goals.items[i].outcome != outcome)
                continue;
            add_goal(out, &result->goals.items[i]);
            shown++;
        }
    }
    html_close_table(out);
    html_add_left_out(out, result->goals.count - shown, "goal");
    html_close_section(out);
}
