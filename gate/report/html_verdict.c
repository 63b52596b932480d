#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/base/units.h"
#include "gate/report/headline.h"
#include "gate/report/html_parts.h"
#include "gate/report/phrase.h"

static const char *const signs[VERDICT_COUNT] = {
    [VERDICT_NONE] = "\u00b7",    [VERDICT_NEW] = "+",
    [VERDICT_REMOVED] = "\u2212", [VERDICT_IDENTICAL] = "=",
    [VERDICT_OK] = "\u2713",      [VERDICT_IMPROVED] = "\u25bc",
    [VERDICT_WAIVED] = "\u223c",  [VERDICT_LAYOUT_SENSITIVE] = "\u25c7",
    [VERDICT_INCONCLUSIVE] = "?", [VERDICT_REGRESSED] = "\u25b2",
    [VERDICT_MISSING] = "\u2205", [VERDICT_FAILED] = "\u2715",
};

const char *html_sign(enum verdict verdict)
{
    return signs[verdict];
}

void html_add_tag(struct str *out, enum verdict verdict)
{
    str_addf(out,
             "<span class=\"tag v-%s\"><span aria-hidden=\"true\">%s</span> %s</span>",
             verdict_name(verdict), html_sign(verdict),
             verdict == VERDICT_NONE ? "not judged" : phrase_verdict(verdict));
}

struct stamp {
    const char *class_name;
    const char *sign;
    const char *word;
};

/* The answer in a word or two. */
static struct stamp stamp_of(const struct result *result)
{
    if (result_discrediting(result))
        return (struct stamp){ "v-failed", "\u2715", "Not to be trusted" };
    switch (result->exit) {
    case GATE_PASS:
        return (struct stamp){ "passed", "\u2713", "Passed" };
    case GATE_REGRESSED:
        return (struct stamp){ "v-regressed", "\u25b2", "Did not pass" };
    case GATE_NOT_MEASURED:
        return (struct stamp){ "v-failed", "\u2715", "Not measured" };
    case GATE_INCONCLUSIVE:
        return (struct stamp){ "v-inconclusive", "?", "Not decided" };
    }
    return (struct stamp){ "v-failed", "\u2715", "Not measured" };
}

static void add_answer(struct str *out, const struct result *result)
{
    AUTO_HEADLINE struct headline headline = HEADLINE_INIT;
    struct stamp stamp = stamp_of(result);
    headline_of(result, &headline);
    str_addf(out,
             "<p class=\"stamp %s\"><span aria-hidden=\"true\">%s</span> %s</p>\n"
             "<h1>%s</h1>\n",
             stamp.class_name, stamp.sign, stamp.word, headline.answer.data);
    if (headline.detail.length)
        str_addf(out, "<p class=\"detail\">%s</p>\n", headline.detail.data);
}

static void
add_revision(struct str *out, const char *side, const struct revision_info *revision)
{
    AUTO_FREE char *commit =
        xstrndup(revision->commit ? revision->commit : "", SHOWN_COMMIT);
    str_addf(out, "<dt>%s</dt><dd>", side);
    html_add_code(out, commit);
    str_add(out, revision->is_dirty ? PHRASE_DIRTY : "");
    if (revision->subject && *revision->subject) {
        str_add(out, " <span class=\"subject\">");
        html_add_text(out, revision->subject);
        str_add(out, "</span>");
    }
}

static void add_revisions(struct str *out, const struct result *result)
{
    str_add(out, "<dl class=\"revisions\">\n");
    add_revision(out, "Base", &result->base);
    if (result->base_rule && *result->base_rule) {
        str_add(out, " <span class=\"aside\">");
        html_add_text(out, result->base_rule);
        str_add(out, "</span>");
    }
    str_add(out, "</dd>\n");
    add_revision(out, "Head", &result->head);
    str_add(out, "</dd>\n<dt>Measured</dt><dd>");
    html_add_text(out, result->started_at);
    str_add(out, ", ");
    phrase_add_elapsed(out, result);
    if (result->machine.cpu_model && *result->machine.cpu_model) {
        str_add(out, " <span class=\"aside\">on ");
        html_add_text(out, result->machine.cpu_model);
        str_add(out, "</span>");
    }
    str_add(out, "</dd>\n</dl>\n");
}

/* Judged rows by verdict; of benchmarks without rows, themselves. */
static size_t count_of(const struct tally *tally, enum verdict verdict)
{
    size_t rows = tally->rows[verdict];
    bool is_of_benches = verdict == VERDICT_FAILED || verdict == VERDICT_MISSING ||
                         verdict == VERDICT_NEW || verdict == VERDICT_REMOVED ||
                         verdict == VERDICT_IDENTICAL;
    return is_of_benches && tally->benches[verdict] > rows ? tally->benches[verdict]
                                                           : rows;
}

static void add_bar(struct str *out, const struct tally *tally, size_t total)
{
    size_t before = 0;
    str_add(out,
            "<svg class=\"share\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" "
            "aria-hidden=\"true\">");
    for (int i = VERDICT_COUNT - 1; i > VERDICT_NONE; i--) {
        size_t count = count_of(tally, (enum verdict)i);
        if (!count)
            continue;
        str_addf(out, "<rect class=\"v-%s\" x=\"%.2f\" width=\"%.2f\" height=\"10\"/>",
                 verdict_name((enum verdict)i), 1000.0 * (double)before / (double)total,
                 1000.0 * (double)count / (double)total);
        before += count;
    }
    str_add(out, "</svg>\n");
}

/* What else fails the gate beside rows; nothing for 0. */
static void add_other(struct str *out, size_t count, const char *what)
{
    if (!count)
        return;
    str_add(out, "<li class=\"v-regressed\"><b>");
    units_add_count(out, (double)count);
    str_addf(out,
             "</b> <span class=\"tag v-regressed\"><span aria-hidden=\"true\">%s</span> "
             "%s</span></li>\n",
             html_sign(VERDICT_REGRESSED), what);
}

static void add_counts(struct str *out, const struct result *result)
{
    struct tally tally = tally_of(result);
    size_t total = 0;
    for (int i = VERDICT_COUNT - 1; i > VERDICT_NONE; i--)
        total += count_of(&tally, (enum verdict)i);
    if (!total)
        return;
    add_bar(out, &tally, total);
    str_add(out, "<ul class=\"counts\" aria-label=\"Rows by verdict\">\n");
    for (int i = VERDICT_COUNT - 1; i > VERDICT_NONE; i--) {
        enum verdict verdict = (enum verdict)i;
        if (!count_of(&tally, verdict))
            continue;
        str_addf(out, "<li class=\"v-%s\"><b>", verdict_name(verdict));
        units_add_count(out, (double)count_of(&tally, verdict));
        str_add(out, "</b> ");
        html_add_tag(out, verdict);
        str_add(out, "</li>\n");
    }
    add_other(out, tally.growths_worse,
              tally.growths_worse == 1 ? "growth curve too steep"
                                       : "growth curves too steep");
    add_other(out, tally.goals_missed,
              tally.goals_missed == 1 ? "goal missed" : "goals missed");
    add_other(out, tally.crept, "crept since the anchor");
    str_add(out, "</ul>\n");
}

void html_add_verdict(struct str *out, const struct result *result)
{
    add_answer(out, result);
    add_counts(out, result);
    add_revisions(out, result);
}
