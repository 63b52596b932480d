#include "gate/report/history_phrase.h"

#include <math.h>
#include <string.h>
#include <time.h>

#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/report/escape.h"
#include "gate/report/phrase.h"

void history_add_name(struct str *out, const struct history_row *row)
{
    text_add_clean(out, row->bench_id, SHOWN_NAME);
    str_addf(out, " %s", metric_name(row->metric));
}

void history_add_value(struct str *out, const struct history_row *row, double value)
{
    const struct row like = { .metric = row->metric, .unit = row->unit };
    AUTO_STR struct str text = STR_INIT;
    phrase_add_row_value(&text, &like, value);
    text_add_clean(out, text.data, SHOWN_VALUE);
}

void history_add_commit(struct str *out, const struct history_commit *commit)
{
    text_add_clean(out, commit->id, SHOWN_COMMIT);
    if (str_ends_with(out->data, "…"))
        str_truncate(out, out->length - strlen("…"));
}

void history_add_date(struct str *out, const struct history_commit *commit)
{
    struct tm day;
    time_t then = (time_t)commit->committed_s;
    if (gmtime_r(&then, &day))
        str_addf(out, "%04d-%02d-%02d", day.tm_year + 1900, day.tm_mon + 1, day.tm_mday);
}

void history_add_change(struct str *out, const struct history_change *change)
{
    phrase_add_change(out, change->change);
    str_add_char(out, ' ');
    phrase_add_interval(out, change->change_low, change->change_high);
    str_addf(out, ", p %.2g", change->p);
}

const struct history_commit *history_commit_at(const struct history *history,
                                               const struct history_row *row,
                                               size_t point)
{
    return &history->commits.items[row->points.items[point].commit];
}

bool history_is_worse(const struct history_row *row, double change)
{
    return metric_info(row->metric)->larger_is_better ? change < 0 : change > 0;
}

static void add_dated(struct str *out, const struct history_commit *commit)
{
    history_add_commit(out, commit);
    str_add(out, " (");
    history_add_date(out, commit);
    str_add(out, ")");
}

void history_add_extent(struct str *out,
                        const struct history *history,
                        const struct history_row *row)
{
    size_t sessions = 0;
    for (size_t i = 0; i < row->points.count; i++)
        sessions += row->points.items[i].session_count;
    str_add_counted(out, sessions, "session");
    str_add(out, " of ");
    str_add_counted(out, row->points.count, "commit");
    str_add(out, ", ");
    add_dated(out, history_commit_at(history, row, 0));
    if (row->points.count < 2)
        return;
    str_add(out, " to ");
    add_dated(out, history_commit_at(history, row, row->points.count - 1));
}

void history_add_summary(struct str *out, const struct history_row *row)
{
    str_add(out, "now ");
    history_add_value(out, row, row->points.items[row->points.count - 1].level);
    if (row->changes.count) {
        str_add(out, ", ");
        phrase_add_change(out, history_total_change(row));
        str_add(out, " since the first");
    }
    if (row->points.count < 2)
        return;
    str_add(out, "; sessions differ by ");
    phrase_add_share(out, row->spread);
    str_add(out, " (robust standard deviation)");
}

void history_add_creep(struct str *out,
                       const struct history *history,
                       const struct history_row *row)
{
    const struct history_creep *creep = row->creep;
    if (!creep)
        return;
    const struct history_commit *commit = history_commit_at(history, row, creep->point);
    phrase_add_change(out, creep->change);
    str_add_char(out, ' ');
    phrase_add_interval(out, creep->change_low, creep->change_high);
    str_add(out, " since the anchor '");
    text_add_clean(out, history->anchor, SHOWN_NAME);
    str_add(out, "' (");
    history_add_commit(out, commit);
    str_add(out, "): from ");
    history_add_value(out, row, creep->before);
    str_add(out, " to ");
    history_add_value(out, row, creep->after);
    str_add(out, ", the median of the last ");
    str_add_counted(out, creep->latest, "commit");
}

void history_add_left_out(struct str *out, const struct history *history)
{
    if (history->elsewhere) {
        str_add_counted(out, history->elsewhere, "measurement");
        str_add(out, " of commits outside of this history left out");
    }
    if (history->earlier) {
        str_add(out, out->length ? "; " : "");
        str_add_counted(out, history->earlier, "measurement");
        str_add(out, " from before --since left out");
    }
}
