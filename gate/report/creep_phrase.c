#include "gate/report/creep_phrase.h"

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/report/phrase.h"

const char *creep_anchor(const struct creep *creep)
{
    return creep->anchor.asked ? creep->anchor.asked : "";
}

const char *creep_outcome(enum verdict verdict)
{
    return verdict == VERDICT_REGRESSED ? "crept" : phrase_verdict(verdict);
}

bool creep_has_trouble(const struct creep *creep)
{
    return creep && creep->trouble && *creep->trouble;
}

size_t creep_count(const struct creep *creep, enum verdict verdict)
{
    size_t count = 0;
    for (size_t i = 0; creep && i < creep->rows.count; i++) {
        const struct row *row = &creep->rows.items[i];
        count += row->is_judged && row->verdict == verdict;
    }
    return count;
}

void creep_add_distance(struct str *out, const struct creep *creep)
{
    if (creep->commit_count)
        phrase_add_count(out, creep->commit_count, "commit");
}

void creep_add_summary(struct str *out, const struct creep *creep)
{
    size_t crept = creep_count(creep, VERDICT_REGRESSED);
    if (creep_has_trouble(creep)) {
        str_addf(out, "nothing could be compared: %s", creep->trouble);
        return;
    }
    if (!creep->rows.count) {
        str_add(out, creep->note && *creep->note ? creep->note : "nothing was measured");
        return;
    }
    AUTO_FREE char *coverage = rows_coverage(&creep->rows);
    str_addf(out, "%s. ", coverage);
    if (crept)
        phrase_add_count(out, crept, "row");
    str_add(out, crept == 1  ? " crept beyond its creep margin."
                 : crept > 1 ? " crept beyond their creep margins."
                             : "None was seen to have crept beyond its creep margin.");
    if (creep->note && *creep->note)
        str_addf(out, " Mind: %s.", creep->note);
}

void creep_add_step(struct str *out, const struct creep_step *step)
{
    AUTO_FREE char *commit = xstrndup(step->commit ? step->commit : "", SHOWN_COMMIT);
    phrase_add_change(out, step->change);
    str_add_char(out, ' ');
    phrase_add_interval(out, step->change_low, step->change_high);
    str_addf(out, " %s %s", commit, step->subject ? step->subject : "");
    if (step->session && *step->session)
        str_addf(out, " (session %s)", step->session);
}
