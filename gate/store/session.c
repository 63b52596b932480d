#include "gate/store/session.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/base/text.h"

static void clear_row(struct session_row *row)
{
    free(row->bench_id);
    free(row->unit);
}

static void clear_gap(struct session_gap *gap)
{
    free(gap->bench_id);
    free(gap->reason);
}

static void clear_side(struct session_side *side)
{
    for (size_t i = 0; i < side->rows.count; i++)
        clear_row(&side->rows.items[i]);
    for (size_t i = 0; i < side->gaps.count; i++)
        clear_gap(&side->gaps.items[i]);
    array_clear(&side->rows);
    array_clear(&side->gaps);
    free(side->commit);
    free(side->tree);
    free(side->subject);
}

void session_clear(struct session *session)
{
    free(session->name);
    free(session->pawl_version);
    free(session->command);
    free(session->recorded_at);
    machine_clear(&session->machine);
    machine_class_clear(&session->machine_class);
    free(session->toolchain);
    free(session->config_hash);
    clear_side(&session->head);
    if (session->base)
        clear_side(session->base);
    free(session->base);
    *session = (struct session){ 0 };
}

void sessions_clear(struct sessions *sessions)
{
    for (size_t i = 0; i < sessions->count; i++)
        session_clear(&sessions->items[i]);
    array_clear(sessions);
}

static int compare_rows(const void *a, const void *b)
{
    const struct session_row *first = a;
    const struct session_row *second = b;
    int order = strcmp(first->bench_id, second->bench_id);
    return order ? order : (int)first->metric - (int)second->metric;
}

static int compare_gaps(const void *a, const void *b)
{
    const struct session_gap *first = a;
    const struct session_gap *second = b;
    return strcmp(first->bench_id, second->bench_id);
}

void session_side_sort(struct session_side *side)
{
    if (side->rows.count > 1)
        qsort(side->rows.items, side->rows.count, sizeof *side->rows.items, compare_rows);
    if (side->gaps.count > 1)
        qsort(side->gaps.items, side->gaps.count, sizeof *side->gaps.items, compare_gaps);
}

const struct session_row *session_side_find(const struct session_side *side,
                                            const char *bench_id,
                                            enum metric metric)
{
    const struct session_row key = {
        .bench_id = (char *)(uintptr_t)bench_id,
        .metric = metric,
    };
    if (!side->rows.count)
        return NULL;
    return bsearch(&key, side->rows.items, side->rows.count, sizeof *side->rows.items,
                   compare_rows);
}

bool session_side_has_rows(const struct session_side *side, const char *bench_id)
{
    for (size_t i = 0; i < side->rows.count; i++) {
        if (str_equal(side->rows.items[i].bench_id, bench_id))
            return true;
    }
    return false;
}

void session_gap_describe(const struct session_side *side,
                          const struct session_gap *gap,
                          size_t most,
                          struct str *out)
{
    str_addf(out, "%s was not measured%s: ", gap->bench_id,
             session_side_has_rows(side, gap->bench_id) ? " in full" : "");
    text_add_clean(out, gap->reason, most);
}

const struct session_side *session_find_side(const struct session *session,
                                             const char *commit)
{
    if (session->head.commit && str_starts_with(session->head.commit, commit))
        return &session->head;
    if (session->base && str_starts_with(session->base->commit, commit))
        return session->base;
    return NULL;
}

static void keep_bench(struct session_side *side, const char *bench_id)
{
    size_t rows = 0;
    size_t gaps = 0;
    for (size_t i = 0; i < side->rows.count; i++) {
        if (str_equal(side->rows.items[i].bench_id, bench_id))
            side->rows.items[rows++] = side->rows.items[i];
        else
            clear_row(&side->rows.items[i]);
    }
    for (size_t i = 0; i < side->gaps.count; i++) {
        if (str_equal(side->gaps.items[i].bench_id, bench_id))
            side->gaps.items[gaps++] = side->gaps.items[i];
        else
            clear_gap(&side->gaps.items[i]);
    }
    side->rows.count = rows;
    side->gaps.count = gaps;
}

void session_keep_bench(struct session *session, const char *bench_id)
{
    keep_bench(&session->head, bench_id);
    if (session->base)
        keep_bench(session->base, bench_id);
}
