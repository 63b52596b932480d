#include "gate/report/baseline_phrase.h"

#include <math.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/base/units.h"
#include "gate/report/phrase.h"

#define DAY_S 86400.0

/* Ages beyond a few days are days: units has nothing above hours. */
static void add_age(struct str *out, double age_s)
{
    if (age_s < 1)
        str_add(out, "0 s");
    else if (age_s < 2 * DAY_S)
        units_add_duration(out, age_s);
    else
        str_addf(out, "%.0f days", age_s / DAY_S);
}

struct ranges {
    size_t farthest;
    int64_t youngest_s;
    int64_t oldest_s;
    size_t stale;
};

static struct ranges ranges_of(const struct baseline_sessions *sessions)
{
    struct ranges ranges = { .youngest_s = INT64_MAX };
    for (size_t i = 0; i < sessions->count; i++) {
        const struct baseline_session *session = &sessions->items[i];
        if (session->distance > ranges.farthest)
            ranges.farthest = session->distance;
        if (session->age_s > ranges.oldest_s)
            ranges.oldest_s = session->age_s;
        if (session->age_s < ranges.youngest_s)
            ranges.youngest_s = session->age_s;
        ranges.stale += session->is_stale;
    }
    return ranges;
}

void baseline_add_summary(struct str *out, const struct baseline *baseline)
{
    const struct baseline_sessions *sessions = &baseline->sessions;
    struct ranges ranges = ranges_of(sessions);
    phrase_add_count(out, sessions->count, "stored session");
    str_addf(out, " of machine class %s%s in %s",
             baseline->machine_class ? baseline->machine_class : "",
             baseline->is_across ? " and of others" : "",
             baseline->store ? baseline->store : "");
    if (!sessions->count)
        return;
    str_add(out, ranges.farthest ? ": of base or up to " : ": of base itself");
    if (ranges.farthest) {
        phrase_add_count(out, ranges.farthest, "commit");
        str_add(out, " before it");
    }
    str_add(out, ", recorded ");
    add_age(out, (double)ranges.youngest_s);
    if (sessions->count > 1) {
        str_add(out, " to ");
        add_age(out, (double)ranges.oldest_s);
    }
    str_add(out, " ago");
    if (ranges.stale)
        str_addf(out, ", %zu of them stale", ranges.stale);
}

void baseline_add_session(struct str *out, const struct baseline_session *session)
{
    if (session->distance) {
        phrase_add_count(out, session->distance, "commit");
        str_add(out, " before base, ");
    } else {
        str_add(out, "base itself, ");
    }
    add_age(out, (double)session->age_s);
    str_addf(out, " ago%s, by pawl %s: %s", session->is_stale ? " (stale)" : "",
             session->command ? session->command : "",
             session->name ? session->name : "");
}

void baseline_add_row(struct str *out, const struct baseline_row *row)
{
    str_addf(out, "%s %s: ", row->bench_id ? row->bench_id : "",
             metric_name(row->metric));
    phrase_add_count(out, row->sessions.count, "session");
    if (row->stale_count)
        str_addf(out, ", %zu of them stale", row->stale_count);
    if (isfinite(row->between_sd)) {
        str_add(out, ", that differ by ");
        phrase_add_share(out, row->between_sd);
    }
    if (row->since && *row->since) {
        AUTO_FREE char *commit = xstrndup(row->since, SHOWN_COMMIT);
        str_addf(out, "; none from before %s, which changed it", commit);
    }
}

void baseline_add_across(struct str *out, const struct baseline *baseline)
{
    if (!baseline || !baseline->is_across || !baseline->differences.count)
        return;
    AUTO_FREE char *differences = strvec_join(&baseline->differences, "; ");
    str_addf(out,
             "compared across machines, whose figures need not be comparable at all: %s",
             differences);
}

void baseline_add_error_rates(struct str *out, const struct result *result)
{
    str_add(
        out,
        "Base was not measured. A row is called worse only where head lies beyond the "
        "margin and the prediction interval of one more session, by the spread "
        "between the stored ones (Student's t with at most 4 degrees of freedom; at "
        "least 5 sessions). Where days differ as a normal distribution has it, the "
        "chance of even one false alarm over all rows is at most ");
    phrase_add_share(out, result->false_alarm);
    str_add(out, " (Holm's correction), and a change as large as the margin is called ok "
                 "in at most ");
    phrase_add_share(out, result->miss);
    str_add(out, "; days that are worse than all stored ones cry more often, up to five "
                 "times on machines that are busy at times. Base and head measured "
                 "together decide better.");
}
