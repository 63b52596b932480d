#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/clock.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/cli/baseline.h"
#include "gate/cli/command.h"
#include "gate/cli/exit_code.h"
#include "gate/source/history.h"

#define ROWS     8
#define NO_AGE   (-1)
#define NO_LIMIT UINT64_MAX

struct prune_options {
    struct baseline_options place;
    uint64_t kept;    /* of a class and commit; NO_LIMIT: not asked for */
    int64_t older_ns; /* NO_AGE: not asked for */
    bool is_unreachable;
    bool is_sure;
};

static bool is_same_kind(const struct session *a, const struct session *b)
{
    return str_equal(a->machine_class.name, b->machine_class.name) &&
           str_equal(a->head.commit, b->head.commit);
}

/* Sessions come in the order of their time: the newer ones of its kind follow. */
static bool has_newer(const struct sessions *sessions, size_t at, uint64_t wanted)
{
    uint64_t newer = 0;
    for (size_t i = at + 1; newer < wanted && i < sessions->count; i++)
        newer += is_same_kind(&sessions->items[at], &sessions->items[i]);
    return newer >= wanted;
}

/* is_there for each session's commit. */
static int find_commits(const struct prune_options *options,
                        const struct sessions *sessions,
                        bool *is_there,
                        struct error *err)
{
    AUTO_FREE const char **commits = xcalloc(sessions->count + 1, sizeof *commits);
    for (size_t i = 0; i < sessions->count; i++)
        commits[i] = sessions->items[i].head.commit;
    return history_find(options->place.directory, commits, sessions->count, is_there,
                        err);
}

/* A session goes where all that was asked for holds of it. */
static int choose(const struct prune_options *options,
                  const struct sessions *sessions,
                  bool *is_chosen,
                  struct error *err)
{
    AUTO_FREE bool *is_there = xcalloc(sessions->count + 1, sizeof *is_there);
    AUTO_FREE char *cutoff =
        options->older_ns == NO_AGE ? NULL : clock_utc_before(options->older_ns);
    if (options->is_unreachable && find_commits(options, sessions, is_there, err) < 0)
        return -1;
    for (size_t i = 0; i < sessions->count; i++) {
        const struct session *session = &sessions->items[i];
        is_chosen[i] =
            (!cutoff || strcmp(session->recorded_at, cutoff) < 0) && !is_there[i] &&
            (options->kept == NO_LIMIT || has_newer(sessions, i, options->kept));
    }
    return 0;
}

/* The chosen ones move to out. */
static void
take_chosen(struct sessions *sessions, const bool *is_chosen, struct sessions *out)
{
    for (size_t i = 0; i < sessions->count; i++) {
        if (!is_chosen[i])
            continue;
        *array_push(out) = sessions->items[i];
        sessions->items[i] = (struct session){ 0 };
    }
}

static int
remove_all(struct store *store, const struct sessions *chosen, struct error *err)
{
    AUTO_STRVEC struct strvec names = { 0 };
    for (size_t i = 0; i < chosen->count; i++)
        strvec_push(&names, chosen->items[i].name);
    return names.count > 0 ? store_remove(store, &names, err) : 0;
}

static int
prune_store(const struct prune_options *options, struct store *store, struct error *err)
{
    AUTO_SESSIONS struct sessions sessions = { 0 };
    AUTO_SESSIONS struct sessions chosen = { 0 };
    AUTO_STR struct str text = STR_INIT;
    size_t damaged = 0;
    if (baseline_load(&options->place, store, &sessions, &damaged, err) < 0)
        return -1;
    AUTO_FREE bool *is_chosen = xcalloc(sessions.count + 1, sizeof *is_chosen);
    if (choose(options, &sessions, is_chosen, err) < 0)
        return -1;
    take_chosen(&sessions, is_chosen, &chosen);
    if (options->is_sure && remove_all(store, &chosen, err) < 0)
        return -1;
    if (chosen.count > 0)
        baseline_add_table(&chosen, &text);
    str_addf(&text, "%s%zu of ", options->is_sure ? "removed " : "would remove ",
             chosen.count);
    str_add_counted(&text, sessions.count, "session");
    str_addf(&text, "%s\n",
             options->is_sure || chosen.count == 0 ? "" : "; --yes removes them");
    return print_out(&text, err) < 0 ? -1 : EXIT_PASS;
}

static int prune(const struct prune_options *options, struct error *err)
{
    if (options->kept == NO_LIMIT && options->older_ns == NO_AGE &&
        !options->is_unreachable)
        return error_set(err, ERROR_USAGE,
                         "'pawl baseline prune' takes --keep, --older-than or "
                         "--unreachable: which sessions are to go");
    AUTO_FREE char *where = baseline_where(&options->place, err);
    if (!where)
        return -1;
    AUTO_STORE struct store *store = baseline_open(&options->place, where, err);
    return store ? prune_store(options, store, err) : -1;
}

int baseline_prune(int argc, char **argv, struct error *err)
{
    struct prune_options options = { .place = BASELINE_OPTIONS_INIT,
                                     .kept = NO_LIMIT,
                                     .older_ns = NO_AGE };
    struct operands operands;
    const struct option_row table[ROWS] = {
        { OPTION_NUMBER, 0, "keep", &options.kept, "N",
          "all but the newest N of each machine class and commit" },
        { OPTION_DURATION, 0, "older-than", &options.older_ns, "AGE",
          "what was recorded longer ago, such as 90d" },
        { OPTION_FLAG, 0, "unreachable", &options.is_unreachable, NULL,
          "of commits that no branch or tag leads to" },
        BASELINE_FILTER_ROWS(&options.place),
        { OPTION_FLAG, 'y', "yes", &options.is_sure, NULL,
          "remove them; else they are only shown" },
        BASELINE_PLACE_ROWS(&options.place),
    };
    const struct baseline_help help = {
        "prune [OPTIONS]",
        "Removes sessions of which all holds that is asked for. Damaged files are left.\n",
        table, ROWS
    };
    if (options_read(table, ROWS, argc, argv, &operands, err) < 0)
        return -1;
    if (operands.wants_help)
        return baseline_print_help(&help, err);
    if (operands.count > 0)
        return error_set(err, ERROR_USAGE,
                         "'pawl baseline prune' takes options alone, not '%s'",
                         operands.items[0]);
    return prune(&options, err);
}
