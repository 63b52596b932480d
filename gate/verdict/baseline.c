#include "gate/verdict/baseline.h"

#include <stdlib.h>

#include "gate/base/array.h"
#include "gate/base/str.h"

static void session_clear(struct baseline_session *session)
{
    free(session->name);
    free(session->command);
    free(session->recorded_at);
    free(session->machine_class);
    free(session->commit);
    free(session->subject);
}

static void row_clear(struct baseline_row *row)
{
    free(row->bench_id);
    free(row->since);
    strvec_clear(&row->sessions);
    array_clear(&row->medians);
}

void baseline_free(struct baseline *baseline)
{
    if (!baseline)
        return;
    for (size_t i = 0; i < baseline->sessions.count; i++)
        session_clear(&baseline->sessions.items[i]);
    for (size_t i = 0; i < baseline->rows.count; i++)
        row_clear(&baseline->rows.items[i]);
    array_clear(&baseline->sessions);
    array_clear(&baseline->rows);
    strvec_clear(&baseline->differences);
    free(baseline->store);
    free(baseline->machine_class);
    free(baseline);
}

const struct baseline_row *
baseline_find(const struct baseline *baseline, const char *bench_id, enum metric metric)
{
    for (size_t i = 0; baseline && i < baseline->rows.count; i++) {
        const struct baseline_row *row = &baseline->rows.items[i];
        if (row->metric == metric && str_equal(row->bench_id, bench_id))
            return row;
    }
    return NULL;
}
