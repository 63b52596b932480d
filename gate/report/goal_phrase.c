#include "gate/report/goal_phrase.h"

#include <math.h>
#include <string.h>

#include "gate/base/str.h"
#include "gate/report/phrase.h"

enum {
    DAY_LENGTH = 10 /* "2026-08-02" */
};

static void add_distance(struct str *out, const struct goal_result *goal)
{
    double room = goal_room(goal);
    phrase_add_value(out, goal->metric, fabs(room));
    str_add(out, room < 0 ? " to go" : " of room");
}

static void add_first(struct str *out, const struct goal_result *goal)
{
    const struct goal_trend *trend = goal->trend;
    phrase_add_value(out, goal->metric, trend->first);
    str_add(out, " in the first of ");
    phrase_add_count(out, trend->session_count, "session");
    str_addf(out, " (%.*s), ", DAY_LENGTH, trend->since ? trend->since : "");
    phrase_add_value(out, goal->metric, goal->value);
    str_add(out, " now");
}

static bool got_worse(const struct goal_result *goal)
{
    double more = goal->value - goal->trend->first;
    return metric_info(goal->metric)->larger_is_better ? more < 0 : more > 0;
}

void goal_add_trend(struct str *out, const struct goal_result *goal)
{
    const struct goal_trend *trend = goal->trend;
    if (!trend)
        return;
    if (isnan(trend->within)) {
        phrase_add_count(out, trend->session_count, "session");
        str_addf(out, " tell%s no trend, ", trend->session_count == 1 ? "s" : "");
    } else {
        add_first(out, goal);
        if (!goal_trend_is_movement(trend, goal->value)) {
            str_add(out, ": no more apart than sessions differ (");
            phrase_add_value(out, goal->metric, trend->within);
            str_add(out, ")");
        } else if (got_worse(goal)) {
            str_add(out, ": it got worse");
        }
        str_add(out, ", ");
    }
    add_distance(out, goal);
}

void goal_add_note(struct str *out, const struct goal_result *goal)
{
    size_t start = out->length;
    str_add(out, goal->reason ? goal->reason : "");
    if (out->length > start && goal->trend)
        str_add(out, "; ");
    goal_add_trend(out, goal);
}

double goal_room_share(const struct goal_result *goal)
{
    return goal->limit > 0 ? goal_room(goal) / goal->limit : 0;
}

void goal_add_tightest(struct str *out, const struct goal_result *goal)
{
    str_add(out, "the least room: ");
    phrase_add_value(out, goal->metric, goal_room(goal));
    str_add(out, " (");
    phrase_add_share(out, goal_room_share(goal));
    str_addf(out, ") at %s %s", goal->bench_id ? goal->bench_id : "",
             goal->label ? goal->label : "");
}
