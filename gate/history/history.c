#include "gate/history/history.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/source/commit_order.h"
#include "gate/stats/robust.h"

static void clear_row(struct history_row *row)
{
    free(row->bench_id);
    free(row->unit);
    free(row->creep);
    array_clear(&row->points);
    array_clear(&row->changes);
}

void history_clear(struct history *history)
{
    for (size_t i = 0; i < history->commits.count; i++) {
        free(history->commits.items[i].id);
        free(history->commits.items[i].subject);
    }
    for (size_t i = 0; i < history->rows.count; i++)
        clear_row(&history->rows.items[i]);
    array_clear(&history->commits);
    array_clear(&history->rows);
    free(history->class_name);
    free(history->anchor);
    *history = (struct history){ 0 };
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void push_commit(const struct session_side *side, struct strvec *out)
{
    if (side && !side->is_dirty)
        strvec_push(out, side->commit);
}

void history_list_commits(const struct sessions *sessions, struct strvec *out)
{
    AUTO_STRVEC struct strvec all = { 0 };
    for (size_t i = 0; i < sessions->count; i++) {
        push_commit(&sessions->items[i].head, &all);
        push_commit(sessions->items[i].base, &all);
    }
    if (all.count > 1)
        qsort(all.items, all.count, sizeof *all.items, compare_texts);
    for (size_t i = 0; i < all.count; i++) {
        if (i == 0 || !str_equal(all.items[i], all.items[i - 1]))
            strvec_push(out, all.items[i]);
    }
}

/* One side of one session, on its way into the history. */
struct measured {
    const struct session_side *side;
    size_t age;
    size_t session; /* index: in order of time */
};
struct all_measured {
    struct measured *items;
    size_t count;
    size_t capacity;
};

static void all_measured_clear(struct all_measured *all)
{
    array_clear(all);
}

static size_t age_of(const struct history_request *request, const char *commit)
{
    char *const *found =
        request->commits->count
            ? bsearch(&commit, request->commits->items, request->commits->count,
                      sizeof *request->commits->items, compare_texts)
            : NULL;
    return found ? request->ages[found - request->commits->items] : COMMIT_NOT_THERE;
}

static void add_side(const struct history_request *request,
                     const struct session_side *side,
                     size_t session,
                     struct all_measured *all,
                     struct history *history)
{
    if (!side || side->is_dirty)
        return;
    size_t age = age_of(request, side->commit);
    if (age == COMMIT_NOT_THERE)
        history->elsewhere++;
    else if (age > request->oldest || side->committed_s < request->since_s)
        history->earlier++;
    else
        *array_push(all) = (struct measured){ side, age, session };
}

/* Oldest commit first; sessions of one commit in order of time. */
static int compare_measured(const void *a, const void *b)
{
    const struct measured *one = a;
    const struct measured *two = b;
    if (one->age != two->age)
        return one->age > two->age ? -1 : 1;
    return (one->session > two->session) - (one->session < two->session);
}

static void add_commit(struct history *history, const struct measured *measured)
{
    size_t count = history->commits.count;
    if (count && history->commits.items[count - 1].age == measured->age)
        return;
    *array_push(&history->commits) =
        (struct history_commit){ .id = xstrdup(measured->side->commit),
                                 .subject = xstrdup(measured->side->subject),
                                 .committed_s = measured->side->committed_s,
                                 .age = measured->age };
}

/* One row of one side, on its way into a history_row. */
struct seen {
    const struct session_row *row;
    size_t commit;
    size_t session;
};
struct all_seen {
    struct seen *items;
    size_t count;
    size_t capacity;
};

static void all_seen_clear(struct all_seen *all)
{
    array_clear(all);
}

/* By row, then commit, then time. */
static int compare_seen(const void *a, const void *b)
{
    const struct seen *one = a;
    const struct seen *two = b;
    int order = strcmp(one->row->bench_id, two->row->bench_id);
    if (order)
        return order;
    if (one->row->metric != two->row->metric)
        return one->row->metric < two->row->metric ? -1 : 1;
    if (one->commit != two->commit)
        return one->commit < two->commit ? -1 : 1;
    return (one->session > two->session) - (one->session < two->session);
}

static bool is_same_row(const struct seen *one, const struct seen *two)
{
    return one->row->metric == two->row->metric &&
           str_equal(one->row->bench_id, two->row->bench_id);
}

static struct history_point point_of(const struct seen *seen, size_t count)
{
    struct history_point point = { .commit = seen->commit, .session_count = count };
    if (count == 1) {
        point.value = seen->row->median;
        point.low = seen->row->low;
        point.high = seen->row->high;
        return point;
    }
    AUTO_FREE double *values = xcalloc(count, sizeof *values);
    point.low = point.high = seen->row->median;
    for (size_t i = 0; i < count; i++) {
        values[i] = seen[i].row->median;
        point.low = fmin(point.low, values[i]);
        point.high = fmax(point.high, values[i]);
    }
    point.value = robust_median(values, count);
    return point;
}

/* The latest session to have the row says whether it is judged, and its unit. */
static void describe_row(const struct seen *seen, size_t count, struct history_row *row)
{
    const struct seen *latest = seen;
    for (size_t i = 1; i < count; i++) {
        if (seen[i].session >= latest->session)
            latest = &seen[i];
    }
    row->bench_id = xstrdup(seen->row->bench_id);
    row->metric = seen->row->metric;
    row->unit = xstrdup(latest->row->unit);
    row->is_judged = latest->row->is_judged;
}

static void add_row(struct history *history, const struct seen *seen, size_t count)
{
    struct history_row *row = array_push(&history->rows);
    describe_row(seen, count, row);
    for (size_t first = 0; first < count;) {
        size_t end = first + 1;
        while (end < count && seen[end].commit == seen[first].commit)
            end++;
        *array_push(&row->points) = point_of(&seen[first], end - first);
        first = end;
    }
}

static void add_rows(struct history *history, struct all_seen *all)
{
    if (all->count > 1)
        qsort(all->items, all->count, sizeof *all->items, compare_seen);
    for (size_t first = 0; first < all->count;) {
        size_t end = first + 1;
        while (end < all->count && is_same_row(&all->items[first], &all->items[end]))
            end++;
        add_row(history, &all->items[first], end - first);
        first = end;
    }
}

static void see_rows(const struct measured *measured, size_t commit, struct all_seen *all)
{
    for (size_t i = 0; i < measured->side->rows.count; i++) {
        const struct session_row *row = &measured->side->rows.items[i];
        if (isfinite(row->median))
            *array_push(all) = (struct seen){ row, commit, measured->session };
    }
}

static size_t count_sessions(const struct all_measured *all, size_t most)
{
    AUTO_FREE bool *is_in = xcalloc(most + 1, sizeof *is_in);
    size_t count = 0;
    for (size_t i = 0; i < all->count; i++) {
        count += !is_in[all->items[i].session];
        is_in[all->items[i].session] = true;
    }
    return count;
}

void history_collect(const struct history_request *request, struct history *out)
{
    AUTO(all_measured_clear) struct all_measured all = { 0 };
    AUTO(all_seen_clear) struct all_seen seen = { 0 };
    *out = (struct history){ .anchor = xstrdup(request->anchor) };
    for (size_t i = 0; i < request->sessions->count; i++) {
        const struct session *session = &request->sessions->items[i];
        add_side(request, &session->head, i, &all, out);
        add_side(request, session->base, i, &all, out);
    }
    if (request->sessions->count)
        out->class_name = xstrdup(request->sessions->items[0].machine_class.name);
    if (all.count > 1)
        qsort(all.items, all.count, sizeof *all.items, compare_measured);
    for (size_t i = 0; i < all.count; i++) {
        add_commit(out, &all.items[i]);
        see_rows(&all.items[i], out->commits.count - 1, &seen);
    }
    out->session_count = count_sessions(&all, request->sessions->count);
    add_rows(out, &seen);
}
