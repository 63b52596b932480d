#include "gate/cli/stored.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/log.h"
#include "gate/base/str.h"
#include "gate/cli/record.h"
#include "gate/source/ancestry.h"
#include "gate/stats/prediction.h"
#include "gate/store/store.h"

/* Sessions are sought so far back; stale_limits says which of them are welcome. */
#define MOST_COMMITS 1000

void stored_clear(struct stored *stored)
{
    stored_base_clear(&stored->base);
    sessions_clear(&stored->sessions);
    machine_class_clear(&stored->machine_class);
    strvec_clear(&stored->differences);
    strvec_clear(&stored->others);
    free(stored->title);
}

void stored_take_class(const struct check *check,
                       enum side side,
                       struct machine_class *out)
{
    struct machine machine = { 0 };
    machine_read("", &machine);
    machine_class_of(&machine, check->toolchain, check_config(check, side)->machine_facts,
                     out);
    machine_clear(&machine);
}

int stored_list_history(struct check *check,
                        enum side side,
                        struct strvec *out,
                        struct error *err)
{
    AUTO_REVISIONS struct revisions parents = { 0 };
    if (source_list_first_parents(check->source, &check->revisions[side], MOST_COMMITS,
                                  &parents, err) < 0)
        return -1;
    for (size_t i = 0; i < parents.count; i++)
        strvec_push(out, parents.items[i].commit);
    return 0;
}

static bool has(const struct strvec *texts, const char *text)
{
    for (size_t i = 0; i < texts->count; i++) {
        if (str_equal(texts->items[i], text))
            return true;
    }
    return false;
}

/* "vm-4c-77aa: kernel_major: 6 here, 5 there, libc: ..." */
static void describe_other(const struct machine_class *here,
                           const struct machine_class *there,
                           struct strvec *out)
{
    AUTO_STRVEC struct strvec differences = { 0 };
    machine_class_differences(here, there, &differences);
    AUTO_FREE char *joined = strvec_join(&differences, ", ");
    AUTO_FREE char *text = str_format("%s: %s", there->name, joined);
    if (!has(out, text))
        strvec_push(out, text);
}

/* Figures of other machines are not let in unless that is asked for. */
static void sort_out(const struct check *check, struct stored *stored)
{
    struct sessions *sessions = &stored->sessions;
    bool is_across = check->options.is_across;
    size_t kept = 0;
    for (size_t i = 0; i < sessions->count; i++) {
        struct session *session = &sessions->items[i];
        bool is_own =
            machine_class_equal(&stored->machine_class, &session->machine_class);
        stored->own_count += is_own;
        stored->other_count += !is_own;
        if (!is_own)
            describe_other(&stored->machine_class, &session->machine_class,
                           is_across ? &stored->differences : &stored->others);
        if (is_own || is_across)
            sessions->items[kept++] = *session;
        else
            session_clear(session);
    }
    sessions->count = kept;
}

int stored_load(struct check *check, struct stored *out, struct error *err)
{
    AUTO_STRVEC struct strvec history = { 0 };
    AUTO_STORE struct store *store = check_find_store(check, SIDE_BASE, err);
    const struct store_filter filter = { .commits = &history };
    if (!store || stored_list_history(check, SIDE_BASE, &history, err) < 0 ||
        store_load(store, &filter, &out->sessions, &check->warnings, err) < 0)
        return -1;
    out->title = xstrdup(store_title(store));
    stored_take_class(check, SIDE_BASE, &out->machine_class);
    sort_out(check, out);
    stored_base_of(&out->sessions, &history, (int64_t)time(NULL), &out->base);
    return 0;
}

static char *hint_of(const struct stored *stored)
{
    size_t count = stored->base.sides.count;
    return str_format("without base, 'pawl check --baseline' holds head against stored "
                      "sessions: of base or before it, on machines like this, there %s "
                      "%zu, and %d are needed",
                      count == 1 ? "is" : "are", count, PREDICTION_LEAST);
}

/* The error's own text comes first, and its end where both are too long. */
int stored_hint(struct check *check, struct error *err)
{
    enum {
        ROOM = 300
    };
    AUTO_STORED struct stored stored = { 0 };
    struct error ignored = { 0 };
    if (err->code != ERROR_BUILD || stored_load(check, &stored, &ignored) < 0)
        return -1;
    AUTO_FREE char *hint = hint_of(&stored);
    AUTO_FREE char *message = xstrdup(err->message);
    size_t most = sizeof err->message - ROOM;
    size_t length = strlen(message);
    error_clear(err);
    return error_set(err, ERROR_BUILD, "%.*s%s\n%s", (int)(length > most ? most : length),
                     message, length > most ? " ..." : "", hint);
}

/* The best of several sessions of one commit: of this machine's class, then the newest,
 * which store_load puts last. */
static const struct session *choose_session(const struct sessions *sessions,
                                            const struct machine_class *own,
                                            const struct strvec *between,
                                            const char *anchor,
                                            const char *commit,
                                            const struct row *row)
{
    const struct session *best = NULL;
    for (size_t i = 0; i < sessions->count; i++) {
        const struct session *session = &sessions->items[i];
        if (!session->base || !str_equal(session->head.commit, commit) ||
            !(has(between, session->base->commit) ||
              str_equal(session->base->commit, anchor)))
            continue;
        const struct session_row *found =
            session_side_find(&session->head, row->bench_id, row->metric);
        if (!found || isnan(found->change))
            continue;
        if (!best || machine_class_equal(own, &session->machine_class) ||
            !machine_class_equal(own, &best->machine_class))
            best = session;
    }
    return best;
}

static void
add_step(struct creep *creep, const struct session *session, const struct row *row)
{
    const struct session_row *found =
        session_side_find(&session->head, row->bench_id, row->metric);
    *array_push(&creep->steps) = (struct creep_step){
        .bench_id = xstrdup(row->bench_id),
        .metric = row->metric,
        .commit = xstrdup(session->head.commit),
        .base = xstrdup(session->base->commit),
        .subject = xstrdup(session->head.subject),
        .session = xstrdup(session->name),
        .change = found->change,
        .change_low = found->change_low,
        .change_high = found->change_high,
    };
}

static void add_steps_of(struct check *check,
                         const struct sessions *sessions,
                         const struct machine_class *own,
                         const struct strvec *between,
                         const struct row *row)
{
    struct creep *creep = check->result.creep;
    for (size_t i = between->count; i-- > 0;) {
        const struct session *session = choose_session(
            sessions, own, between, creep->anchor.commit, between->items[i], row);
        if (session)
            add_step(creep, session, row);
    }
}

static int load_steps(struct check *check,
                      const struct strvec *between,
                      struct sessions *out,
                      struct error *err)
{
    const struct store_filter filter = { .commits = between };
    AUTO_STORE struct store *store = check_find_store(check, SIDE_BASE, err);
    return store ? store_load(store, &filter, out, &check->warnings, err) : -1;
}

/* Steps only tell where to look: without them there is still an answer. */
void stored_add_steps(struct check *check, const struct strvec *between)
{
    AUTO_SESSIONS struct sessions sessions = { 0 };
    AUTO_MACHINE_CLASS struct machine_class own = { 0 };
    struct error err = { 0 };
    const struct creep *creep = check->result.creep;
    if (!result_crept(&check->result) || !between->count)
        return;
    if (load_steps(check, between, &sessions, &err) < 0) {
        strvec_pushf(&check->warnings, "stored steps can't be listed: %s", err.message);
        return;
    }
    stored_take_class(check, SIDE_BASE, &own);
    for (size_t i = 0; i < creep->rows.count; i++) {
        const struct row *row = &creep->rows.items[i];
        if (row->is_judged && row->verdict == VERDICT_REGRESSED)
            add_steps_of(check, &sessions, &own, between, row);
    }
}
