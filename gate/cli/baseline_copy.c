#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/cli/baseline.h"
#include "gate/cli/command.h"
#include "gate/cli/exit_code.h"
#include "gate/store/store_ref.h"

#define ROWS 5

struct copy_options {
    struct baseline_options place;
    const char *from;
    const char *to;
};

static int compare_to_name(const void *name, const void *entry)
{
    return strcmp(name, ((const struct session_entry *)entry)->name);
}

/* A list has its names sorted. */
static bool has(const struct session_entries *entries, const char *name)
{
    return entries->count > 0 && bsearch(name, entries->items, entries->count,
                                         sizeof *entries->items, compare_to_name);
}

/* Leaves what the other place lacks. */
static int keep_missing(struct sessions *sessions, struct store *to, struct error *err)
{
    const struct store_filter all = { 0 };
    AUTO_SESSION_ENTRIES struct session_entries there = { 0 };
    AUTO_STRVEC struct strvec ignored = { 0 };
    size_t kept = 0;
    if (store_list(to, &all, &there, &ignored, err) < 0)
        return -1;
    for (size_t i = 0; i < sessions->count; i++) {
        struct session session = sessions->items[i];
        sessions->items[i] = (struct session){ 0 };
        if (has(&there, session.name))
            session_clear(&session);
        else
            sessions->items[kept++] = session;
    }
    sessions->count = kept;
    return 0;
}

static int copy_between(const struct copy_options *options,
                        struct store *from,
                        struct store *to,
                        struct error *err)
{
    AUTO_SESSIONS struct sessions sessions = { 0 };
    AUTO_STR struct str text = STR_INIT;
    size_t damaged = 0;
    if (baseline_load(&options->place, from, &sessions, &damaged, err) < 0)
        return -1;
    size_t found = sessions.count;
    if (keep_missing(&sessions, to, err) < 0 || store_add_all(to, &sessions, err) < 0)
        return -1;
    str_add(&text, "copied ");
    str_add_counted(&text, sessions.count, "session");
    str_addf(&text, " from %s to %s", store_title(from), store_title(to));
    if (found > sessions.count)
        str_addf(&text, "; %zu were there already", found - sessions.count);
    str_add_char(&text, '\n');
    return print_out(&text, err) < 0 ? -1 : EXIT_PASS;
}

static int copy(const struct copy_options *options, struct error *err)
{
    AUTO_FREE char *configured = NULL;
    if (!options->from && !options->to)
        return error_set(err, ERROR_USAGE,
                         "'pawl baseline copy' takes --from PLACE, --to PLACE or both");
    if (!options->from || !options->to) {
        configured = baseline_where(&options->place, err);
        if (!configured)
            return -1;
    }
    const char *source = options->from ? options->from : configured;
    const char *target = options->to ? options->to : configured;
    AUTO_STORE struct store *from = baseline_open(&options->place, source, err);
    AUTO_STORE struct store *to =
        from ? baseline_open(&options->place, target, err) : NULL;
    return to ? copy_between(options, from, to, err) : -1;
}

int baseline_copy(int argc, char **argv, struct error *err)
{
    struct copy_options options = { .place = BASELINE_OPTIONS_INIT };
    struct operands operands;
    const struct option_row table[ROWS] = {
        { OPTION_TEXT, 'C', "directory", &options.place.directory, "DIR",
          "the repository that DIR lies in" },
        { OPTION_TEXT, 0, "from", &options.from, "PLACE",
          "a directory, \"ref\" or \"ref:NAME\"; default: \"baselines\" of pawl.json" },
        { OPTION_TEXT, 0, "to", &options.to, "PLACE", "the same" },
        BASELINE_FILTER_ROWS(&options.place),
    };
    const struct baseline_help help = {
        "copy [--from PLACE] [--to PLACE] [OPTIONS]",
        "Copies the sessions that the other place lacks; nothing is removed.\n", table,
        ROWS
    };
    if (options_read(table, ROWS, argc, argv, &operands, err) < 0)
        return -1;
    if (operands.wants_help)
        return baseline_print_help(&help, err);
    if (operands.count > 0)
        return error_set(err, ERROR_USAGE,
                         "'pawl baseline copy' takes options alone, not '%s'",
                         operands.items[0]);
    return copy(&options, err);
}
