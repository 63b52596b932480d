/* --baseline: head against stored sessions, where base can't be built or for a quick
 * look.
 *
 * Head alone is measured, as `pawl run` does it. What its rows are held against is chosen
 * by gate/store/stored_base.h and judged by gate/verdict/baseline_judge.h; everything
 * that was used is named in the result. */
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/log.h"
#include "gate/base/str.h"
#include "gate/base/units.h"
#include "gate/cli/run.h"
#include "gate/cli/stored.h"
#include "gate/stats/prediction.h"
#include "gate/store/session_result.h"
#include "gate/verdict/baseline_judge.h"

#define DAY_S INT64_C(86400)

static int refuse_others(const struct stored *stored, struct error *err)
{
    AUTO_FREE char *others = strvec_join(&stored->others, "; ");
    return error_set(err, ERROR_USAGE,
                     "the %zu stored session%s of base or before it %s of other machines "
                     "than this (%s): %s; --across-machines compares all the same",
                     stored->other_count, stored->other_count == 1 ? "" : "s",
                     stored->other_count == 1 ? "is" : "are", stored->machine_class.name,
                     others);
}

static void begin(struct check *check, const struct stored *stored)
{
    struct baseline *baseline = check->result.baseline = xcalloc(1, sizeof *baseline);
    baseline->store = xstrdup(stored->title);
    baseline->machine_class = xstrdup(stored->machine_class.name);
    baseline->is_across = check->options.is_across && stored->differences.count;
    strvec_push_all(&baseline->differences, &stored->differences);
}

static const struct benchmark *benchmark_of(const struct check *check, const char *id)
{
    for (size_t i = 0; i < check->gate.list.count; i++) {
        const struct bench *bench = check->gate.list.items[i].bench;
        if (str_equal(bench->id, id))
            return bench->benchmark;
    }
    return NULL;
}

static const struct baseline_session *find_session(const struct baseline *baseline,
                                                   const char *name)
{
    for (size_t i = 0; i < baseline->sessions.count; i++) {
        if (str_equal(baseline->sessions.items[i].name, name))
            return &baseline->sessions.items[i];
    }
    return NULL;
}

static void add_session(struct baseline *baseline, const struct stored_pick *pick)
{
    const struct session *session = pick->from->session;
    if (find_session(baseline, session->name))
        return;
    *array_push(&baseline->sessions) = (struct baseline_session){
        .name = xstrdup(session->name),
        .command = xstrdup(session->command),
        .recorded_at = xstrdup(session->recorded_at),
        .machine_class = xstrdup(session->machine_class.name),
        .commit = xstrdup(pick->from->side->commit),
        .subject = xstrdup(pick->from->side->subject),
        .distance = pick->from->distance,
        .age_s = pick->from->age_s,
        .is_stale = pick->is_stale,
    };
}

static void note_row(struct baseline *baseline,
                     const struct row *row,
                     const struct stored_picks *picks,
                     double between_sd)
{
    struct baseline_row *noted = array_push(&baseline->rows);
    *noted = (struct baseline_row){ .bench_id = xstrdup(row->bench_id),
                                    .metric = row->metric,
                                    .between_sd = between_sd,
                                    .since = xstrdup(picks->since ? picks->since : "") };
    for (size_t i = 0; i < picks->count; i++) {
        strvec_push(&noted->sessions, picks->items[i].from->session->name);
        *array_push(&noted->medians) = picks->items[i].row->median;
        noted->stale_count += picks->items[i].is_stale;
        add_session(baseline, &picks->items[i]);
    }
}

/* Too few, and not because too few were stored. */
static void
tell_cut(const struct stored *stored, const struct stored_picks *picks, struct row *row)
{
    if (!picks->since || picks->count >= PREDICTION_LEAST)
        return;
    char *reason =
        str_format("%s; %zu in all, but those from before %.10s, which changed "
                   "it, were left out",
                   row->reason, stored->base.sides.count, picks->since);
    free(row->reason);
    row->reason = reason;
}

static struct baseline_value value_of(const struct session_row *row)
{
    return (struct baseline_value){ .median = row->median,
                                    .run_count = row->run_count,
                                    .spread = row->spread };
}

static void hold_row(struct check *check,
                     const struct stored *stored,
                     const struct session_side *head,
                     struct row *row)
{
    AUTO_STORED_PICKS struct stored_picks picks = { 0 };
    const struct session_row *own = session_side_find(head, row->bench_id, row->metric);
    const struct benchmark *benchmark = benchmark_of(check, row->bench_id);
    if (!own || !benchmark || row->verdict != VERDICT_NONE)
        return;
    const struct margin *margin = &benchmark->margins[row->metric];
    stored_base_pick(&stored->base, &check->configs[SIDE_HEAD]->stale, row->bench_id,
                     row->metric, margin, &picks);
    AUTO_FREE struct baseline_value *values = xcalloc(picks.count + 1, sizeof *values);
    for (size_t i = 0; i < picks.count; i++)
        values[i] = value_of(picks.items[i].row);
    const struct baseline_value measured = value_of(own);
    double sd = baseline_fill(margin, values, picks.count, &measured, row);
    if (!row->is_judged)
        return;
    tell_cut(stored, &picks, row);
    note_row(check->result.baseline, row, &picks, sd);
}

static int compare_sessions(const void *left, const void *right)
{
    const struct baseline_session *a = left;
    const struct baseline_session *b = right;
    if (a->distance != b->distance)
        return a->distance < b->distance ? -1 : 1;
    return a->age_s < b->age_s ? -1 : a->age_s > b->age_s;
}

static void warn_of_stale(struct check *check)
{
    const struct baseline_sessions *sessions = &check->result.baseline->sessions;
    const struct stale_limits *limits = &check->configs[SIDE_HEAD]->stale;
    AUTO_STRVEC struct strvec names = { 0 };
    for (size_t i = 0; i < sessions->count; i++) {
        if (sessions->items[i].is_stale)
            strvec_push(&names, sessions->items[i].name);
    }
    if (!names.count)
        return;
    AUTO_FREE char *joined = strvec_join(&names, ", ");
    strvec_pushf(&check->warnings,
                 "stale: %zu of the %zu stored sessions are more than %zu commits before "
                 "base or older than %.4g days, and were used for want of others: %s",
                 names.count, sessions->count, limits->commits,
                 (double)limits->age_s / (double)DAY_S, joined);
}

/* Days differ by more than one hour does from the next. */
static void warn_of_one_day(struct check *check)
{
    const struct baseline_sessions *sessions = &check->result.baseline->sessions;
    int64_t youngest_s = INT64_MAX;
    int64_t oldest_s = 0;
    for (size_t i = 0; i < sessions->count; i++) {
        int64_t age_s = sessions->items[i].age_s;
        youngest_s = age_s < youngest_s ? age_s : youngest_s;
        oldest_s = age_s > oldest_s ? age_s : oldest_s;
    }
    if (sessions->count < PREDICTION_LEAST || oldest_s - youngest_s >= DAY_S)
        return;
    AUTO_STR struct str span = STR_INIT;
    units_add_duration(&span, (double)(oldest_s - youngest_s));
    strvec_pushf(&check->warnings,
                 "all stored sessions were recorded within %s: they know little of how "
                 "days differ, so that more than the stated share of calls may be false",
                 span.data);
}

static bool asks_for_growth(const struct check *check)
{
    const struct benches *benches = &check->benches[SIDE_HEAD];
    for (size_t i = 0; i < benches->count; i++) {
        if (benches->items[i].benchmark->growth.text)
            return true;
    }
    return false;
}

static void warn(struct check *check, const struct stored *stored)
{
    struct result *result = &check->result;
    warn_of_stale(check);
    warn_of_one_day(check);
    if (result->baseline->is_across) {
        AUTO_FREE char *differences = strvec_join(&result->baseline->differences, "; ");
        strvec_pushf(&check->warnings, "compared across machines: %s", differences);
    }
    if (stored->base.sides.count < PREDICTION_LEAST)
        strvec_pushf(&check->warnings,
                     "fewer than %d sessions of base or before it are stored: 'pawl run "
                     "--record %.10s' keeps one of base, each time that it is called",
                     PREDICTION_LEAST, check->revisions[SIDE_BASE].commit);
    if (stored->others.count) {
        AUTO_FREE char *others = strvec_join(&stored->others, "; ");
        strvec_pushf(&check->warnings,
                     "%zu stored sessions of other machines were left out: %s",
                     stored->other_count, others);
    }
    if (asks_for_growth(check))
        strvec_push(&check->warnings, "growth is not judged where base is not measured");
}

static void hold(struct check *check, const struct stored *stored)
{
    const struct config *config = check->configs[SIDE_HEAD];
    struct result *result = &check->result;
    AUTO_SESSION struct session session = { 0 };
    session_side_take(result, SIDE_HEAD, false, &session.head);
    for (size_t i = 0; i < result->rows.count; i++)
        hold_row(check, stored, &session.head, &result->rows.items[i]);
    stored_hold_goals(&stored->base, result);
    struct baseline_sessions *sessions = &result->baseline->sessions;
    if (sessions->count)
        qsort(sessions->items, sessions->count, sizeof *sessions->items,
              compare_sessions);
    baseline_settle(config->false_alarm, config->miss, result);
    warn(check, stored);
}

int check_against_stored(struct check *check, struct error *err)
{
    AUTO_STORED struct stored stored = { 0 };
    if (check_build_sides(check, err) < 0 || stored_load(check, &stored, err) < 0)
        return -1;
    if (!stored.own_count && stored.other_count && !check->options.is_across)
        return refuse_others(&stored, err);
    log_step("%zu stored sessions of base or before it, in %s", stored.base.sides.count,
             stored.title);
    begin(check, &stored);
    if (check_same_work(check, &check->gate, err) < 0 || check_waive(check, err) < 0 ||
        run_measure(check, err) < 0)
        return -1;
    const struct experiment_options options = check_experiment_options(check);
    check->result.budget_ns = options.budget_ns;
    check->result.max_pairs = options.max_pairs;
    hold(check, &stored);
    return 0;
}
