#include "gate/store/session_check.h"

#include <ctype.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/date.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/store/session.h"

enum {
    ID_DIGITS = 40,
    ID_BYTES_MOST = 400,    /* of a bench */
    TEXT_BYTES_MOST = 4000, /* of anything for people */
    NUMBER_SIZE = 40,
};

/* The year 9999's end; what git itself can hold is more. */
#define LATEST_S INT64_C(253402300799)

/* A place in the document: "/head/rows/3", and a key below it. */
static int wrong(struct error *err,
                 const char *place,
                 const char *key,
                 const char *wanted,
                 const char *value)
{
    AUTO_STR struct str shown = STR_INIT;
    text_add_clean(&shown, value, 60);
    return error_set(err, ERROR_USAGE, "'%s/%s' must be %s, not '%s'", place, key, wanted,
                     shown.data);
}

static int wrong_number(struct error *err,
                        const char *place,
                        const char *key,
                        const char *wanted,
                        double value)
{
    char shown[NUMBER_SIZE];
    snprintf(shown, sizeof shown, "%.9g", value);
    return wrong(err, place, key, wanted, isnan(value) ? "null" : shown);
}

/* Names that are printed, compared and never used as a path: one line of text. */
static int check_line(
    const char *place, const char *key, const char *text, size_t most, struct error *err)
{
    AUTO_STR struct str clean = STR_INIT;
    text_add_clean(&clean, text, TEXT_BYTES_MOST);
    if (strlen(text) > most)
        return error_set(err, ERROR_USAGE, "'%s/%s' must have at most %zu bytes, not %zu",
                         place, key, most, strlen(text));
    for (const char *c = text; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7f)
            return wrong(err, place, key, "one line without control characters", text);
    return 0;
}

static int
check_name(const char *place, const char *key, const char *text, struct error *err)
{
    if (!*text)
        return error_set(err, ERROR_USAGE, "'%s/%s' must not be empty", place, key);
    return check_line(place, key, text, ID_BYTES_MOST, err);
}

static int check_id(const char *place, const char *key, const char *id, struct error *err)
{
    if (strlen(id) != ID_DIGITS || id[strspn(id, "0123456789abcdef")])
        return wrong(err, place, key, "an id of 40 hex digits", id);
    return 0;
}

/* Bounds that were not told are infinite. */
static void open_bounds(double *low, double *high)
{
    if (isnan(*low))
        *low = -(double)INFINITY;
    if (isnan(*high))
        *high = (double)INFINITY;
}

static int check_change(const char *place, struct session_row *row, struct error *err)
{
    if (isnan(row->change)) {
        if (!isnan(row->change_low) || !isnan(row->change_high))
            return error_set(err, ERROR_USAGE,
                             "'%s' has bounds of a change, but no 'change'", place);
        return 0;
    }
    open_bounds(&row->change_low, &row->change_high);
    if (row->change_low > row->change)
        return wrong_number(err, place, "change_low", "at most 'change'",
                            row->change_low);
    if (row->change_high < row->change)
        return wrong_number(err, place, "change_high", "at least 'change'",
                            row->change_high);
    return 0;
}

static int check_row(const char *place, struct session_row *row, struct error *err)
{
    if (check_name(place, "bench", row->bench_id, err) < 0)
        return -1;
    if (row->unit && check_name(place, "unit", row->unit, err) < 0)
        return -1;
    if (!row->run_count)
        return error_set(err, ERROR_USAGE, "'%s/run_count' must be at least 1, not 0",
                         place);
    if (!isfinite(row->median))
        return wrong_number(err, place, "median", "a number", row->median);
    open_bounds(&row->low, &row->high);
    if (row->low > row->median)
        return wrong_number(err, place, "low", "at most 'median'", row->low);
    if (row->high < row->median)
        return wrong_number(err, place, "high", "at least 'median'", row->high);
    if (row->spread < 0)
        return wrong_number(err, place, "spread", "at least 0", row->spread);
    return check_change(place, row, err);
}

/* Sorted, so that one session has one text; and each once. */
static int check_order(const char *place,
                       const struct session_row *before,
                       const struct session_row *row,
                       struct error *err)
{
    int order = strcmp(before->bench_id, row->bench_id);
    if (order < 0 || (order == 0 && before->metric < row->metric))
        return 0;
    bool is_twice = order == 0 && before->metric == row->metric;
    return error_set(err, ERROR_USAGE, "'%s' (%s %s) %s", place, row->bench_id,
                     metric_name(row->metric),
                     is_twice ? "stands there twice"
                              : "must stand before the row above it: rows are sorted by "
                                "bench and metric");
}

static int check_rows(const char *side, struct session_rows *rows, struct error *err)
{
    for (size_t i = 0; i < rows->count; i++) {
        AUTO_FREE char *place = str_format("%s/rows/%zu", side, i);
        if (check_row(place, &rows->items[i], err) < 0)
            return -1;
        if (i && check_order(place, &rows->items[i - 1], &rows->items[i], err) < 0)
            return -1;
    }
    return 0;
}

static int
check_gaps(const char *side, const struct session_gaps *gaps, struct error *err)
{
    for (size_t i = 0; i < gaps->count; i++) {
        const struct session_gap *gap = &gaps->items[i];
        AUTO_FREE char *place = str_format("%s/gaps/%zu", side, i);
        if (check_name(place, "bench", gap->bench_id, err) < 0 ||
            check_line(place, "reason", gap->reason, TEXT_BYTES_MOST, err) < 0)
            return -1;
        if (i && strcmp(gaps->items[i - 1].bench_id, gap->bench_id) >= 0)
            return error_set(err, ERROR_USAGE,
                             "'%s' (%s) must stand before the one above it, and once",
                             place, gap->bench_id);
    }
    return 0;
}

static int check_side(const char *place, struct session_side *side, struct error *err)
{
    if (check_id(place, "commit", side->commit, err) < 0 ||
        check_id(place, "tree", side->tree, err) < 0 ||
        check_line(place, "subject", side->subject, TEXT_BYTES_MOST, err) < 0)
        return -1;
    if (side->committed_s < 0 || side->committed_s > LATEST_S)
        return error_set(err, ERROR_USAGE,
                         "'%s/committed_s' must be between 0 and %" PRId64
                         ", not %" PRId64,
                         place, LATEST_S, side->committed_s);
    if (side->is_dirty)
        return error_set(
            err, ERROR_USAGE,
            "'%s/is_dirty' must be false: a work tree is not the history of a "
            "commit",
            place);
    if (check_rows(place, &side->rows, err) < 0)
        return -1;
    return check_gaps(place, &side->gaps, err);
}

/* Its name leads to a directory; that it follows from the fields keeps others out. */
static int check_class(const struct machine_class *machine_class, struct error *err)
{
    const struct class_fields *fields = &machine_class->fields;
    for (size_t i = 0; i < fields->count; i++) {
        AUTO_FREE char *place = str_format("/machine_class/fields/%zu", i);
        if (check_name(place, "name", fields->items[i].name, err) < 0 ||
            check_line(place, "value", fields->items[i].value, ID_BYTES_MOST, err) < 0)
            return -1;
        if (i && strcmp(fields->items[i - 1].name, fields->items[i].name) >= 0)
            return error_set(err, ERROR_USAGE,
                             "'%s' (%s) must stand before the one above it, and once",
                             place, fields->items[i].name);
    }
    AUTO_FREE char *name = machine_class_make_name(fields);
    if (str_equal(name, machine_class->name))
        return 0;
    AUTO_FREE char *wanted = str_format("'%s', as its fields have it", name);
    return wrong(err, "/machine_class", "name", wanted, machine_class->name);
}

int session_check(struct session *session, struct error *err)
{
    int64_t recorded_s = 0;
    if (!str_equal(session->command, "run") && !str_equal(session->command, "check"))
        return wrong(err, "", "command", "'run' or 'check'", session->command);
    if (date_parse_time(session->recorded_at, &recorded_s) < 0)
        return wrong(err, "", "recorded_at", DATE_TIME_EXAMPLE, session->recorded_at);
    if (check_line("", "pawl_version", session->pawl_version, ID_BYTES_MOST, err) < 0 ||
        check_line("", "toolchain", session->toolchain, TEXT_BYTES_MOST, err) < 0 ||
        check_id("", "config_hash", session->config_hash, err) < 0 ||
        check_class(&session->machine_class, err) < 0 ||
        check_side("/head", &session->head, err) < 0)
        return -1;
    return session->base ? check_side("/base", session->base, err) : 0;
}
