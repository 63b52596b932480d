/* Goals and stored sessions: whether base missed them too, and how they moved; the latter
 * stands beside the verdict, so that it fails no check. */
#include <math.h>
#include <time.h>

#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/cli/record.h"
#include "gate/cli/stored.h"
#include "gate/history/goal_trend.h"
#include "gate/store/store.h"

/* A trend is of the latest few, and a store may hold years. */
#define MOST_READ 200

static bool is_asked_for(const struct check *check)
{
    for (size_t i = 0; i < check->result.goals.count; i++) {
        if (goal_has_trend(&check->result.goals.items[i]))
            return true;
    }
    return false;
}

/* The latest of the class: names begin with the month. */
static int read_latest(struct check *check,
                       struct store *store,
                       struct sessions *out,
                       struct error *err)
{
    AUTO_MACHINE_CLASS struct machine_class here = { 0 };
    AUTO_SESSION_ENTRIES struct session_entries entries = { 0 };
    stored_take_class(check, SIDE_BASE, &here);
    const struct store_filter filter = { .class_name = here.name };
    if (store_list(store, &filter, &entries, &check->warnings, err) < 0)
        return -1;
    size_t skipped = entries.count > MOST_READ ? entries.count - MOST_READ : 0;
    for (size_t i = skipped; i < entries.count; i++) {
        struct session session = { 0 };
        struct error damage = { 0 };
        if (store_read(store, &entries.items[i], &session, &damage) < 0)
            strvec_pushf(&check->warnings, "%s: not read", damage.message);
        else
            *array_push(out) = session;
    }
    return 0;
}

void stored_add_goal_trends(struct check *check)
{
    AUTO_SESSIONS struct sessions sessions = { 0 };
    AUTO_STRVEC struct strvec history = { 0 };
    AUTO_STORED_BASE struct stored_base base = { 0 };
    struct error err = { 0 };
    enum side side = check_first_side(&check->gate);
    if (!is_asked_for(check))
        return;
    AUTO_STORE struct store *store = check_find_store(check, SIDE_BASE, &err);
    if (!store)
        return;
    if (read_latest(check, store, &sessions, &err) < 0 ||
        (sessions.count && stored_list_history(check, side, &history, &err) < 0)) {
        strvec_pushf(&check->warnings, "how goals moved can't be told: %s", err.message);
        return;
    }
    stored_base_of(&sessions, &history, (int64_t)time(NULL), &base);
    goal_trends_add(&base, &check->result);
}

/* The nearest and newest figure of base; NAN where none is stored. */
static double stored_figure(const struct stored_base *base,
                            const struct goal_result *goal)
{
    for (size_t i = 0; i < base->sides.count; i++) {
        const struct session_row *row =
            session_side_find(base->sides.items[i].side, goal->bench_id, goal->metric);
        if (row && isfinite(row->median))
            return row->median;
    }
    return (double)NAN;
}

void stored_hold_goals(const struct stored_base *base, struct result *result)
{
    for (size_t i = 0; i < result->goals.count; i++) {
        struct goal_result *goal = &result->goals.items[i];
        double figure = stored_figure(base, goal);
        bool is_beyond = metric_info(goal->metric)->larger_is_better
                             ? figure < goal->limit
                             : figure > goal->limit;
        goal->was_missed_on_base = goal->outcome == GOAL_MISSED && is_beyond;
    }
}
