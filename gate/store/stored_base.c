#include "gate/store/stored_base.h"

#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/date.h"
#include "gate/base/str.h"
#include "gate/experiment/pair.h"
#include "gate/stats/prediction.h"

void stored_base_clear(struct stored_base *base)
{
    array_clear(&base->sides);
    array_clear(&base->steps);
    strvec_clear(&base->commits);
}

void stored_picks_clear(struct stored_picks *picks)
{
    array_clear(picks);
}

#define NOWHERE SIZE_MAX

static size_t distance_of(const struct strvec *commits, const char *commit)
{
    for (size_t i = 0; commit && i < commits->count; i++) {
        if (str_equal(commits->items[i], commit))
            return i;
    }
    return NOWHERE;
}

/* A session's time was checked when it was read; a clock that went back makes it 0. */
static int64_t age_of(const struct session *session, int64_t now_s)
{
    int64_t recorded_s = now_s;
    if (date_parse_time(session->recorded_at, &recorded_s) < 0 || recorded_s > now_s)
        return 0;
    return now_s - recorded_s;
}

static void add_side(struct stored_base *base,
                     const struct session *session,
                     const struct session_side *side,
                     size_t distance,
                     int64_t now_s)
{
    *array_push(&base->sides) =
        (struct stored_side){ session, side, distance, age_of(session, now_s) };
}

/* One value a session: its two sides were measured on one day. */
static void
add_session(struct stored_base *base, const struct session *session, int64_t now_s)
{
    size_t head = distance_of(&base->commits, session->head.commit);
    size_t before =
        session->base ? distance_of(&base->commits, session->base->commit) : NOWHERE;
    if (head != NOWHERE && before != NOWHERE && before > head)
        *array_push(&base->steps) = (struct stored_step){ &session->head, head };
    if (head == NOWHERE && before == NOWHERE)
        return;
    if (head <= before)
        add_side(base, session, &session->head, head, now_s);
    else
        add_side(base, session, session->base, before, now_s);
}

static int compare_sides(const void *left, const void *right)
{
    const struct stored_side *a = left;
    const struct stored_side *b = right;
    if (a->distance != b->distance)
        return a->distance < b->distance ? -1 : 1;
    if (a->age_s != b->age_s)
        return a->age_s < b->age_s ? -1 : 1;
    return a->session < b->session ? -1 : a->session > b->session;
}

void stored_base_of(const struct sessions *sessions,
                    const struct strvec *commits,
                    int64_t now_s,
                    struct stored_base *out)
{
    strvec_push_all(&out->commits, commits);
    for (size_t i = 0; i < sessions->count; i++)
        add_session(out, &sessions->items[i], now_s);
    if (out->sides.count)
        qsort(out->sides.items, out->sides.count, sizeof *out->sides.items,
              compare_sides);
}

/* Shown by pairs, and large enough to matter where medians are averaged. */
static bool is_change(const struct session_row *row, const struct margin *margin)
{
    double level = pair_level(row->metric, row->median);
    double share = fmax(margin->share, margin->floor / level);
    return (row->change_low > 0 || row->change_high < 0) &&
           fabs(row->change) >= share / 2;
}

/* How far back from base the row is the same, as far as is known. */
static size_t reach_of(const struct stored_base *base,
                       const char *bench_id,
                       enum metric metric,
                       const struct margin *margin)
{
    size_t reach = NOWHERE;
    for (size_t i = 0; i < base->steps.count; i++) {
        const struct stored_step *step = &base->steps.items[i];
        const struct session_row *row = session_side_find(step->head, bench_id, metric);
        if (row && step->distance < reach && is_change(row, margin))
            reach = step->distance;
    }
    return reach;
}

static bool is_stale(const struct stored_side *side, const struct stale_limits *limits)
{
    return side->distance > limits->commits || side->age_s > limits->age_s;
}

/* What a side has of the row that is asked about; NULL: nothing that counts. */
struct held {
    const struct session_row *row;
};

static void add_picks(const struct stored_base *base,
                      const struct stale_limits *limits,
                      const struct held *rows,
                      bool are_stale,
                      size_t most,
                      struct stored_picks *out)
{
    for (size_t i = 0; i < base->sides.count && out->count < most; i++) {
        const struct stored_side *side = &base->sides.items[i];
        if (rows[i].row && is_stale(side, limits) == are_stale)
            *array_push(out) = (struct stored_pick){ side, rows[i].row, are_stale };
    }
}

static int compare_picks(const void *left, const void *right)
{
    const struct stored_pick *a = left;
    const struct stored_pick *b = right;
    return compare_sides(a->from, b->from);
}

void stored_base_pick(const struct stored_base *base,
                      const struct stale_limits *limits,
                      const char *bench_id,
                      enum metric metric,
                      const struct margin *margin,
                      struct stored_picks *out)
{
    size_t reach = reach_of(base, bench_id, metric, margin);
    AUTO_FREE struct held *rows = xcalloc(base->sides.count + 1, sizeof *rows);
    for (size_t i = 0; i < base->sides.count; i++) {
        const struct stored_side *side = &base->sides.items[i];
        if (side->distance <= reach)
            rows[i].row = session_side_find(side->side, bench_id, metric);
    }
    add_picks(base, limits, rows, false, STORED_PICKS_MOST, out);
    if (out->count < PREDICTION_LEAST)
        add_picks(base, limits, rows, true, PREDICTION_LEAST, out);
    if (out->count)
        qsort(out->items, out->count, sizeof *out->items, compare_picks);
    out->since = reach == NOWHERE ? NULL : base->commits.items[reach];
}
