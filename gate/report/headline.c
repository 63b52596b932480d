#include "gate/report/headline.h"

#include <math.h>

#include "gate/report/creep_phrase.h"
#include "gate/report/phrase.h"
#include "gate/report/sharding_phrase.h"

static void add_of(struct str *out, size_t part, size_t whole, const char *noun)
{
    str_addf(out, "%zu of ", part);
    phrase_add_count(out, whole, noun);
}

/* What goes between one thing that got worse and the next of so many that are left. */
static const char *joint(size_t *left)
{
    (*left)--;
    return *left > 1 ? ", " : *left ? " and " : ".";
}

static size_t count_kinds_of_worse(const struct tally *tally)
{
    return (size_t)(tally->rows[VERDICT_REGRESSED] > 0) + (tally->growths_worse > 0) +
           (tally->goals_missed > 0) + (tally->crept > 0);
}

static void
add_regressed(struct str *out, const struct result *result, const struct tally *tally)
{
    size_t left = count_kinds_of_worse(tally);
    if (tally->rows[VERDICT_REGRESSED]) {
        add_of(out, tally->rows[VERDICT_REGRESSED], tally->judged, "row");
        str_addf(out, " got %s%s", tally->worse, joint(&left));
    }
    if (tally->growths_worse) {
        add_of(out, tally->growths_worse, result->growths.count, "growth curve");
        str_addf(out, " got too steep%s", joint(&left));
    }
    if (tally->crept) {
        add_of(out, tally->crept, tally->creep_judged, "row");
        str_addf(out, " crept since the anchor%s", joint(&left));
    }
    if (tally->goals_missed) {
        add_of(out, tally->goals_missed, result->goals.count, "goal");
        str_addf(out, " %s missed%s", tally->goals_missed == 1 ? "was" : "were",
                 joint(&left));
    }
}

static void add_exponent(struct str *out, double exponent)
{
    if (isfinite(exponent) && fabs(exponent) < 100)
        str_addf(out, "%.2f", exponent);
    else
        str_add(out, "?");
}

static void
add_worst(struct str *out, const struct result *result, const struct tally *tally)
{
    const char *joint = "";
    if (!tally->rows[VERDICT_REGRESSED] && !tally->growths_worse && !tally->crept)
        return;
    str_add(out, "Worst: ");
    if (tally->rows[VERDICT_REGRESSED]) {
        phrase_add_change(out, tally->worst_change);
        joint = ", and ";
    }
    if (tally->crept) {
        str_add(out, joint);
        phrase_add_change(out, tally->worst_creep);
        str_add(out, " since the anchor");
        joint = ", and ";
    }
    if (tally->growths_worse) {
        str_addf(out, "%sthe exponent ", joint);
        add_exponent(out, tally->worst_exponent);
        str_add(out, ", which was ");
        add_exponent(out, tally->worst_exponent_was);
    }
    if (result->baseline) {
        str_add(out, ".");
        return;
    }
    str_add(out, "; the chance that this is a false alarm is at most ");
    phrase_add_share(out, result->false_alarm);
    if (tally->crept && count_kinds_of_worse(tally) > 1)
        str_add(out, " (and as much again for the anchor)");
    str_add(out, result->confirm ? ". Fresh builds of both sides showed it again." : ".");
}

/* What could not be measured comes first: without it there is no answer. */
static void say_not_measured(struct headline *headline,
                             const struct result *result,
                             struct tally *tally)
{
    size_t failed = tally->benches[VERDICT_FAILED];
    size_t missing = tally->benches[VERDICT_MISSING];
    if (failed + missing) {
        str_add(&headline->answer, "Could not measure ");
        add_of(&headline->answer, failed + missing, result->benches.count, "benchmark");
        if (failed)
            str_addf(&headline->answer, ": %zu failed", failed);
        if (missing)
            str_addf(&headline->answer, "%s%zu missing in head", failed ? ", " : ": ",
                     missing);
        str_add(&headline->answer, ".");
    } else if (creep_has_trouble(result->creep)) {
        str_add(&headline->answer, "Could not compare head with the anchor.");
    } else {
        str_add(&headline->answer, "Could not measure everything.");
    }
    if (count_kinds_of_worse(tally)) {
        str_add(&headline->detail, "Of the rest, ");
        add_regressed(&headline->detail, result, tally);
    }
}

static void
say_undecided(struct headline *headline, const struct result *result, struct tally *tally)
{
    bool is_pass = result->exit == GATE_PASS;
    str_add(&headline->answer, is_pass ? "Yes, but " : "Not yet: ");
    if (!tally->rows[VERDICT_INCONCLUSIVE] && tally->creep_undecided) {
        add_of(&headline->answer, tally->creep_undecided, tally->creep_judged, "row");
        str_add(&headline->answer, " could not be decided against the anchor.");
        return;
    }
    add_of(&headline->answer, tally->rows[VERDICT_INCONCLUSIVE], tally->judged, "row");
    str_add(&headline->answer, " could not be decided.");
    if (!tally->unconfirmed) {
        str_addf(&headline->detail, "None was shown to have got %s.", tally->worse);
        return;
    }
    phrase_add_count(&headline->detail, tally->unconfirmed, "row");
    str_addf(&headline->detail,
             " had got %s at first, but fresh builds of both sides did not confirm it.",
             tally->worse);
}

/* As built it changed: where that fails the gate, it is a no of its own kind. */
static void
say_sensitive(struct headline *headline, const struct result *result, struct tally *tally)
{
    size_t sensitive = tally->rows[VERDICT_LAYOUT_SENSITIVE];
    str_add(&headline->answer, result->exit == GATE_PASS ? "Yes, but " : "No: ");
    add_of(&headline->answer, sensitive, tally->judged, "row");
    str_addf(&headline->answer, " %s layout-sensitive.", sensitive == 1 ? "is" : "are");
    str_add(&headline->detail, sensitive == 1 ? "What it shows as built does not hold "
                                              : "What they show as built does not hold ");
    str_add(&headline->detail, "wherever else the same code may lie.");
}

/* "1 row, 1 growth curve and 1 goal", of what is worse and was accepted. */
static void add_waived(struct str *out, const struct tally *tally)
{
    const size_t counts[] = { tally->rows[VERDICT_WAIVED], tally->growths_waived,
                              tally->goals_waived };
    static const char *const nouns[] = { "row", "growth curve", "goal" };
    const char *separator = "";
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        if (!counts[i])
            continue;
        str_add(out, separator);
        phrase_add_count(out, counts[i], nouns[i]);
        separator = " and ";
    }
}

static size_t count_waived(const struct tally *tally)
{
    return tally->rows[VERDICT_WAIVED] + tally->growths_waived + tally->goals_waived;
}

static void say_waived(struct headline *headline, struct tally *tally)
{
    size_t count = count_waived(tally);
    str_add(&headline->answer, "Yes, but ");
    add_waived(&headline->answer, tally);
    str_addf(&headline->answer, " got worse and %s waived.", count == 1 ? "is" : "are");
    str_add(&headline->detail, count == 1
                                   ? "It was accepted; by whom, why and until when "
                                     "is said below."
                                   : "They were accepted; by whom, why and until "
                                     "when is said below.");
}

/* In words of its own: a result may come from anywhere. */
static void say_irrelevant(struct headline *headline, const struct result *result)
{
    str_add(&headline->answer, "Yes: no relevant change");
    size_t count = result->changed_paths.count;
    if (count > 1)
        str_addf(&headline->detail,
                 "(none of the %zu changed files is one that the benchmarks depend on)",
                 count);
    else
        str_add(&headline->detail,
                count ? "(the changed file is none that the benchmarks depend on)"
                      : "(no file changed)");
    str_add(&headline->detail, ", so nothing was built or measured.");
}

static void
say_yes(struct headline *headline, const struct result *result, struct tally *tally)
{
    size_t timed = tally->judged - tally->rows[VERDICT_IDENTICAL];
    if (result->relevance) {
        say_irrelevant(headline, result);
        return;
    }
    if (!timed && tally->benches[VERDICT_IDENTICAL]) {
        str_add(&headline->answer, "Yes: base and head run the same program");
        str_addf(&headline->detail, "(the same bytes in %zu of ",
                 tally->benches[VERDICT_IDENTICAL]);
        phrase_add_count(&headline->detail, result->benches.count, "benchmark");
        str_add(&headline->detail, "), so nothing had to be timed.");
        return;
    }
    if (!timed) {
        str_add(&headline->answer, "Yes, but nothing was judged:");
        str_add(&headline->detail, "no benchmark exists on both sides.");
        return;
    }
    str_addf(&headline->answer, "Yes: nothing got %s by more than its margin",
             tally->worse);
    str_add(&headline->detail, "(");
    phrase_add_count(&headline->detail, tally->judged, "row");
    str_add(&headline->detail, " judged, each with at most ");
    phrase_add_share(&headline->detail, result->miss);
    str_add(&headline->detail, " risk of a miss).");
    if (tally->rows[VERDICT_IMPROVED]) {
        str_add(&headline->detail, " ");
        phrase_add_count(&headline->detail, tally->rows[VERDICT_IMPROVED], "row");
        str_add(&headline->detail, " improved.");
    }
}

/* What is not looked at any more is said before all that is well. */
static void
say_removed(struct headline *headline, const struct result *result, struct tally *tally)
{
    size_t removed = tally->benches[VERDICT_REMOVED];
    struct headline rest = HEADLINE_INIT;
    say_yes(&rest, result, tally);
    str_add(&headline->answer, "Yes, but ");
    phrase_add_count(&headline->answer, removed, "benchmark");
    str_addf(&headline->answer, " %s removed.", removed == 1 ? "is" : "are");
    str_addf(&headline->detail, "Head's pawl.json says so. The rest: %s %s",
             rest.answer.data + (str_starts_with(rest.answer.data, "Yes: ") ? 5 : 0),
             rest.detail.data);
    headline_clear(&rest);
}

/* Whatever the rows show, they show it of the measurement. */
static void say_not_trusted(struct headline *headline, const struct result *result)
{
    size_t judged = 0;
    for (size_t i = 0; i < result->control->rows.count; i++)
        judged += result->control->rows.items[i].is_judged;
    str_add(&headline->answer, "Not to be trusted: the control (base against a copy of "
                               "itself) went wrong in ");
    add_of(&headline->answer, result_discrediting(result), judged, "row");
    str_add(&headline->answer, ".");
    str_add(&headline->detail, "What this measurement shows may be its own doing and not "
                               "the change's.");
}

/* Rows that are not decided come first, unless it is not they that fail the gate. */
static bool is_about_layouts(const struct result *result, const struct tally *tally)
{
    bool are_all_decided =
        !tally->rows[VERDICT_INCONCLUSIVE] && result->exit != GATE_INCONCLUSIVE;
    return tally->rows[VERDICT_LAYOUT_SENSITIVE] &&
           (are_all_decided || result->exit == GATE_REGRESSED);
}

void headline_of(const struct result *result, struct headline *headline)
{
    struct tally tally = tally_of(result);
    if (sharding_add_answer(&headline->answer, result)) {
        str_add(&headline->detail, "The other shards have them all.");
    } else if (result_discrediting(result)) {
        say_not_trusted(headline, result);
    } else if (result->exit == GATE_NOT_MEASURED || tally.benches[VERDICT_FAILED] ||
               tally.benches[VERDICT_MISSING] || tally.rows[VERDICT_FAILED] ||
               tally.rows[VERDICT_MISSING]) {
        say_not_measured(headline, result, &tally);
    } else if (count_kinds_of_worse(&tally)) {
        str_add(&headline->answer, "No: ");
        add_regressed(&headline->answer, result, &tally);
        add_worst(&headline->detail, result, &tally);
    } else if (is_about_layouts(result, &tally)) {
        say_sensitive(headline, result, &tally);
    } else if (tally.rows[VERDICT_INCONCLUSIVE] || tally.creep_undecided ||
               result->exit == GATE_INCONCLUSIVE) {
        say_undecided(headline, result, &tally);
    } else if (count_waived(&tally)) {
        say_waived(headline, &tally);
    } else if (tally.benches[VERDICT_REMOVED]) {
        say_removed(headline, result, &tally);
    } else {
        say_yes(headline, result, &tally);
        if (tally.creep_judged)
            str_add(&headline->detail, " Nothing crept since the anchor.");
    }
    if (result->baseline)
        str_addf(&headline->detail,
                 "%sBase was not measured: head was held against stored sessions%s.",
                 headline->detail.length ? " " : "",
                 result->baseline->is_across ? ", of other machines too" : "");
}

void headline_clear(struct headline *headline)
{
    str_clear(&headline->answer);
    str_clear(&headline->detail);
}
