#include <math.h>

#include <jansson.h>

#include "gate/base/json_layout.h"
#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/report/history_report.h"

#define SCHEMA "pawl-history/1"

static void set_number(json_t *object, const char *key, double value)
{
    json_object_set_new(object, key, isfinite(value) ? json_real(value) : json_null());
}

static void set_size(json_t *object, const char *key, size_t value)
{
    json_object_set_new(object, key, json_integer((json_int_t)value));
}

/* A store may hold what a stranger wrote; only valid UTF-8 can be JSON. */
static void set_text(json_t *object, const char *key, const char *text)
{
    AUTO_STR struct str valid = STR_INIT;
    text_add_valid(&valid, text);
    json_object_set_new(object, key, json_string(valid.data));
}

static json_t *write_commit(const struct history_commit *commit)
{
    json_t *json = json_object();
    set_text(json, "commit", commit->id);
    set_text(json, "subject", commit->subject);
    json_object_set_new(json, "committed_s", json_integer(commit->committed_s));
    set_size(json, "age", commit->age);
    return json;
}

static json_t *write_point(const struct history *history,
                           const struct history_point *point)
{
    json_t *json = json_object();
    set_text(json, "commit", history->commits.items[point->commit].id);
    set_size(json, "sessions", point->session_count);
    set_number(json, "value", point->value);
    set_number(json, "low", point->low);
    set_number(json, "high", point->high);
    return json;
}

static const char *
commit_of(const struct history *history, const struct history_row *row, size_t point)
{
    return history->commits.items[row->points.items[point].commit].id;
}

static json_t *write_change(const struct history *history,
                            const struct history_row *row,
                            const struct history_change *change)
{
    json_t *json = json_object();
    set_text(json, "last_before", commit_of(history, row, change->point - 1));
    set_text(json, "first_after", commit_of(history, row, change->point));
    set_text(json, "earliest", commit_of(history, row, change->first));
    set_text(json, "latest", commit_of(history, row, change->last));
    set_number(json, "p", change->p);
    set_number(json, "before", change->before);
    set_number(json, "after", change->after);
    set_number(json, "change", change->change);
    set_number(json, "change_low", change->change_low);
    set_number(json, "change_high", change->change_high);
    return json;
}

static json_t *write_creep(const struct history *history,
                           const struct history_row *row,
                           const struct history_creep *creep)
{
    json_t *json = json_object();
    set_text(json, "anchor", history->anchor);
    set_text(json, "commit", commit_of(history, row, creep->point));
    set_size(json, "latest_commits", creep->latest);
    set_number(json, "before", creep->before);
    set_number(json, "after", creep->after);
    set_number(json, "change", creep->change);
    set_number(json, "change_low", creep->change_low);
    set_number(json, "change_high", creep->change_high);
    return json;
}

static json_t *write_row(const struct history *history, const struct history_row *row)
{
    json_t *json = json_object();
    json_t *points = json_array();
    json_t *changes = json_array();
    for (size_t i = 0; i < row->points.count; i++)
        json_array_append_new(points, write_point(history, &row->points.items[i]));
    for (size_t i = 0; i < row->changes.count; i++)
        json_array_append_new(changes,
                              write_change(history, row, &row->changes.items[i]));
    set_text(json, "bench", row->bench_id);
    set_text(json, "metric", metric_name(row->metric));
    set_text(json, "unit",
             row->unit ? row->unit : metric_unit_name(metric_info(row->metric)->unit));
    json_object_set_new(json, "is_judged", json_boolean(row->is_judged));
    set_number(json, "spread", row->spread);
    set_number(json, "autocorrelation", row->phi);
    json_object_set_new(json, "points", points);
    json_object_set_new(json, "changes", changes);
    if (row->creep)
        json_object_set_new(json, "creep", write_creep(history, row, row->creep));
    return json;
}

void history_json_text(const struct history_selection *selection, struct str *out)
{
    const struct history *history = selection->history;
    json_t *json = json_object();
    json_t *commits = json_array();
    json_t *rows = json_array();
    for (size_t i = 0; i < history->commits.count; i++)
        json_array_append_new(commits, write_commit(&history->commits.items[i]));
    for (size_t i = 0; i < selection->count; i++)
        json_array_append_new(rows, write_row(history, selection->rows[i]));
    json_object_set_new(json, "schema", json_string(SCHEMA));
    set_text(json, "machine_class", history->class_name);
    set_size(json, "sessions", history->session_count);
    set_size(json, "left_out_elsewhere", history->elsewhere);
    set_size(json, "left_out_earlier", history->earlier);
    json_object_set_new(json, "commits", commits);
    json_object_set_new(json, "rows", rows);
    json_layout(json, out);
    json_decref(json);
}
