#include <math.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/base/units.h"
#include "gate/cli/baseline.h"
#include "gate/cli/command.h"
#include "gate/cli/exit_code.h"
#include "gate/cli/table.h"
#include "gate/store/session_json.h"

#define ROWS            3
#define SHOWN_SUBJECT   80
#define SHOWN_REASON    300
#define SHORTEST_PREFIX 4

struct show_options {
    struct baseline_options place;
    bool is_json;
};

static bool is_session_called(const struct session_entry *entry, const char *name)
{
    const char *last = strrchr(entry->name, '/') + 1;
    return strlen(name) >= SHORTEST_PREFIX &&
           (str_starts_with(entry->name, name) || str_starts_with(last, name) ||
            str_starts_with(entry->hash, name));
}

static int
say_several(const char *name, const struct session_entries *entries, struct error *err)
{
    AUTO_STR struct str names = STR_INIT;
    size_t count = 0;
    for (size_t i = 0; i < entries->count; i++) {
        if (is_session_called(&entries->items[i], name) && count++ < 3)
            str_addf(&names, "%s%s", names.length > 0 ? ", " : "",
                     entries->items[i].name);
    }
    return error_set(err, ERROR_USAGE, "'%s' is the name of %zu sessions: %s%s", name,
                     count, names.data, count > 3 ? ", ..." : "");
}

/* By the beginning of its name, with or without its folders, or of its hash. */
static int find_named(const struct session_entries *entries,
                      const char *name,
                      const struct session_entry **out,
                      struct error *err)
{
    *out = NULL;
    for (size_t i = 0; i < entries->count; i++) {
        if (!is_session_called(&entries->items[i], name))
            continue;
        if (*out)
            return say_several(name, entries, err);
        *out = &entries->items[i];
    }
    return 0;
}

/* Else it is a commit, in any way that git knows it: with one session. */
static int find_of_commit(const struct show_options *options,
                          const struct session_entries *entries,
                          const char *name,
                          const struct session_entry **out,
                          struct error *err)
{
    struct error unknown = { 0 };
    AUTO_FREE char *commit = baseline_commit(&options->place, name, &unknown);
    AUTO_FREE char *digits = xstrndup(commit ? commit : "", SESSION_COMMIT_DIGITS);
    if (*digits && find_named(entries, digits, out, err) < 0)
        return -1;
    if (*out)
        return 0;
    return error_set(err, ERROR_USAGE,
                     "no session '%s', and none of a commit of that name; pawl baseline "
                     "list lists them",
                     name);
}

static void add_value(struct table *table, enum metric metric, double value)
{
    AUTO_STR struct str text = STR_INIT;
    if (isfinite(value))
        metric_add_value(&text, metric, value);
    else
        str_add(&text, "?");
    strvec_push(&table->cells, text.data);
}

static void add_spread(struct table *table, double spread)
{
    if (isfinite(spread))
        strvec_pushf(&table->cells, "%.2f %%", spread * 100);
    else
        strvec_push(&table->cells, "?");
}

/* "" where nothing was compared. */
static void add_change(struct table *table, const struct session_row *row)
{
    AUTO_STR struct str text = STR_INIT;
    if (isfinite(row->change))
        units_add_change_pct(&text, row->change);
    strvec_push(&table->cells, text.data);
}

static void add_rows(const struct session_side *side, struct str *out)
{
    static const char *const headings[] = { "",       "median", "low 95 %", "high 95 %",
                                            "spread", "runs",   "change" };
    AUTO_TABLE struct table table = { .alignments = "lrrrrrr" };
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
        strvec_push(&table.cells, headings[i]);
    for (size_t i = 0; i < side->rows.count; i++) {
        const struct session_row *row = &side->rows.items[i];
        strvec_pushf(&table.cells, "%s %s%s", row->bench_id, metric_name(row->metric),
                     row->is_judged ? " *" : "");
        add_value(&table, row->metric, row->median);
        add_value(&table, row->metric, row->low);
        add_value(&table, row->metric, row->high);
        add_spread(&table, row->spread);
        strvec_pushf(&table.cells, "%zu", row->run_count);
        add_change(&table, row);
    }
    table_print(&table, out);
}

static void add_side(const char *name, const struct session_side *side, struct str *out)
{
    str_addf(out, "\n%s %.10s ", name, side->commit);
    text_add_clean(out, side->subject, SHOWN_SUBJECT);
    str_add(out, "\n\n");
    add_rows(side, out);
    for (size_t i = 0; i < side->gaps.count; i++) {
        session_gap_describe(side, &side->gaps.items[i], SHOWN_REASON, out);
        str_add_char(out, '\n');
    }
}

static void add_facts(const struct session *session, struct str *out)
{
    str_addf(out, "session %s\nrecorded %s by pawl %s %s\nmachine class %s\n",
             session->name, session->recorded_at, session->pawl_version, session->command,
             session->machine_class.name);
    for (size_t i = 0; i < session->machine_class.fields.count; i++) {
        const struct class_field *field = &session->machine_class.fields.items[i];
        str_addf(out, "  %s: ", field->name);
        text_add_clean(out, *field->value ? field->value : "unknown", SHOWN_SUBJECT);
        str_add_char(out, '\n');
    }
}

static int print(const struct show_options *options,
                 const struct session *session,
                 struct error *err)
{
    AUTO_STR struct str text = STR_INIT;
    if (options->is_json) {
        session_json_text(session, &text);
    } else {
        add_facts(session, &text);
        if (session->base)
            add_side("base", session->base, &text);
        add_side(session->base ? "head" : "commit", &session->head, &text);
        str_add(&text, "\n* has a margin\n");
    }
    return print_out(&text, err) < 0 ? -1 : EXIT_PASS;
}

static int show(const struct show_options *options, const char *name, struct error *err)
{
    const struct store_filter all = { 0 };
    const struct session_entry *found = NULL;
    AUTO_SESSION_ENTRIES struct session_entries entries = { 0 };
    AUTO_STRVEC struct strvec ignored = { 0 };
    AUTO_SESSION struct session session = { 0 };
    AUTO_FREE char *where = baseline_where(&options->place, err);
    if (!where)
        return -1;
    AUTO_STORE struct store *store = baseline_open(&options->place, where, err);
    if (!store || store_list(store, &all, &entries, &ignored, err) < 0 ||
        find_named(&entries, name, &found, err) < 0 ||
        (!found && find_of_commit(options, &entries, name, &found, err) < 0) ||
        store_read(store, found, &session, err) < 0)
        return -1;
    return print(options, &session, err);
}

int baseline_show(int argc, char **argv, struct error *err)
{
    struct show_options options = { .place = BASELINE_OPTIONS_INIT };
    struct operands operands;
    const struct option_row table[ROWS] = {
        BASELINE_PLACE_ROWS(&options.place),
        { OPTION_FLAG, 0, "json", &options.is_json, NULL, "print the session's file" },
    };
    const struct baseline_help help = {
        "show [OPTIONS] SESSION",
        "Shows one session: by the beginning of its name or hash, or by its commit.\n",
        table, ROWS
    };
    if (options_read(table, ROWS, argc, argv, &operands, err) < 0)
        return -1;
    if (operands.wants_help)
        return baseline_print_help(&help, err);
    if (operands.count != 1)
        return error_set(err, ERROR_USAGE,
                         "'pawl baseline show' takes one session, not %zu",
                         operands.count);
    return show(&options, operands.items[0], err);
}
