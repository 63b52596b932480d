#include <jansson.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/json.h"
#include "gate/base/json_layout.h"
#include "gate/base/str.h"
#include "gate/cli/baseline.h"
#include "gate/cli/command.h"
#include "gate/cli/exit_code.h"

#define ROWS 6

struct list_options {
    struct baseline_options place;
    uint64_t limit; /* 0: all */
    bool is_json;
};

static json_t *describe(const struct session *session)
{
    return json_pack("{ss, ss, ss, ss, ss, ss, sI, sI, so}", "name", session->name,
                     "machine_class", session->machine_class.name, "recorded_at",
                     session->recorded_at, "command", session->command, "commit",
                     session->head.commit, "subject", session->head.subject,
                     "committed_s", (json_int_t)session->head.committed_s, "rows",
                     (json_int_t)session->head.rows.count, "base",
                     session->base ? json_string(session->base->commit) : json_null());
}

static void add_json(const struct sessions *sessions, struct str *out)
{
    json_t *list = json_array();
    for (size_t i = 0; i < sessions->count; i++)
        json_array_append_new(list, describe(&sessions->items[i]));
    AUTO_JSON json_t *json =
        json_pack("{ss, so}", "schema", "pawl-session-list/1", "sessions", list);
    json_layout(json, out);
}

/* The newest so many. */
static void cut(struct sessions *sessions, uint64_t limit)
{
    struct sessions kept = { 0 };
    if (limit == 0 || sessions->count <= limit)
        return;
    for (size_t i = sessions->count - (size_t)limit; i < sessions->count; i++) {
        *array_push(&kept) = sessions->items[i];
        sessions->items[i] = (struct session){ 0 };
    }
    sessions_clear(sessions);
    *sessions = kept;
}

static int list(const struct list_options *options, struct error *err)
{
    AUTO_SESSIONS struct sessions sessions = { 0 };
    AUTO_STR struct str text = STR_INIT;
    size_t damaged = 0;
    AUTO_FREE char *where = baseline_where(&options->place, err);
    if (!where)
        return -1;
    AUTO_STORE struct store *store = baseline_open(&options->place, where, err);
    if (!store || baseline_load(&options->place, store, &sessions, &damaged, err) < 0)
        return -1;
    cut(&sessions, options->limit);
    if (options->is_json)
        add_json(&sessions, &text);
    else if (sessions.count > 0)
        baseline_add_table(&sessions, &text);
    else
        str_addf(&text, "no sessions in %s\n", store_title(store));
    return print_out(&text, err) < 0 ? -1 : EXIT_PASS;
}

int baseline_list(int argc, char **argv, struct error *err)
{
    struct list_options options = { .place = BASELINE_OPTIONS_INIT };
    struct operands operands;
    const struct option_row table[ROWS] = {
        BASELINE_PLACE_ROWS(&options.place),
        BASELINE_FILTER_ROWS(&options.place),
        { OPTION_NUMBER, 'n', "limit", &options.limit, "N", "the newest N alone" },
        { OPTION_FLAG, 0, "json", &options.is_json, NULL, "print JSON" },
    };
    const struct baseline_help help = { "list [OPTIONS]",
                                        "Lists the recorded sessions, newest last.\n",
                                        table, ROWS };
    if (options_read(table, ROWS, argc, argv, &operands, err) < 0)
        return -1;
    if (operands.wants_help)
        return baseline_print_help(&help, err);
    if (operands.count > 0)
        return error_set(err, ERROR_USAGE,
                         "'pawl baseline list' takes options alone, not '%s'; "
                         "pawl baseline show shows one session",
                         operands.items[0]);
    return list(&options, err);
}
