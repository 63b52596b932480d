#include <math.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/base/units.h"
#include "gate/report/bisect_report.h"
#include "gate/report/escape.h"
#include "gate/report/phrase.h"
#include "gate/verdict/bisect_result.h"

#define MOST_SUSPECTS 30

static void
add_commit(struct str *out, const char *side, const char *commit, const char *subject)
{
    AUTO_FREE char *cut = xstrndup(commit, SHOWN_COMMIT);
    str_addf(out, "- %s ", side);
    markdown_add_code(out, cut);
    if (*subject) {
        str_add(out, " ");
        markdown_add_code(out, subject);
    }
}

static void add_suspects(struct str *out, const struct bisect_result *result)
{
    const struct bisect_suspects *suspects = &result->suspects;
    for (size_t i = 0; i < suspects->count && i < MOST_SUSPECTS; i++) {
        const struct bisect_suspect *suspect = &suspects->items[i];
        add_commit(out, suspects->count > 1 ? "perhaps" : "culprit", suspect->commit,
                   suspect->subject);
        if (suspects->count > 1)
            str_addf(out, ", %.0f %%", 100 * suspect->probability);
        if (*suspect->reason) {
            str_add(out, ", ");
            markdown_add_prose(out, suspect->reason);
        }
        str_add(out, "\n");
    }
    if (suspects->count > MOST_SUSPECTS)
        str_addf(out, "- and %zu more\n", suspects->count - MOST_SUSPECTS);
}

static void add_commits(struct str *out, const struct bisect_result *result)
{
    add_commit(out, "good", result->good.commit, result->good.subject);
    str_add(out, "\n");
    add_commit(out, "bad", result->bad.commit, result->bad.subject);
    str_addf(out, ", %zu commits later%s\n", result->commit_count,
             result->by_first_parents ? " by first parents" : "");
    add_suspects(out, result);
}

static const char *answer_words(const struct bisect_probe *probe)
{
    switch (probe->answer) {
    case PROBE_UNDECIDED:
        return "not decided";
    case PROBE_FAST:
        return probe->kind == BISECT_PROBE ? "as fast as good" : "not beyond it";
    case PROBE_SLOW:
        return probe->kind == BISECT_PROBE ? "as slow as bad" : "beyond it";
    case PROBE_IN_BETWEEN:
        return "in between: several steps";
    case PROBE_SKIPPED:
        return "passed over";
    }
    return "";
}

static void add_numbers(struct str *out, const struct bisect_probe *probe)
{
    if (probe->answer == PROBE_SKIPPED || isnan(probe->change)) {
        str_add(out, " | | |");
        return;
    }
    str_add(out, " ");
    phrase_add_change(out, probe->change);
    str_add(out, " ");
    phrase_add_interval(out, probe->change_low, probe->change_high);
    str_add(out, " | ");
    phrase_add_change(out, probe->threshold);
    str_addf(out, " | %zu |", probe->pair_count);
}

static void add_probe(struct str *out, const struct bisect_probe *probe)
{
    AUTO_FREE char *commit = xstrndup(probe->commit, SHOWN_COMMIT);
    str_add(out, "| ");
    markdown_add_code_cell(out, commit);
    str_add(out, " ");
    markdown_add_code_cell(out, probe->subject);
    str_addf(out, " | %s |", probe->kind == BISECT_CULPRIT ? "its parent" : "good");
    add_numbers(out, probe);
    str_addf(out, " %s", answer_words(probe));
    if (*probe->reason) {
        str_add(out, ": ");
        markdown_add_prose(out, probe->reason);
    }
    str_add(out, " |");
    if (isnan(probe->p_wrong))
        str_add(out, " |");
    else
        str_addf(out, " %.2g %% |", 100 * probe->p_wrong);
    str_add(out, " ");
    units_add_duration(out, (double)probe->elapsed_ns * 1e-9);
    str_add(out, " |\n");
}

static void add_probes(struct str *out, const struct bisect_result *result)
{
    str_add(out,
            "\n### Comparisons\n\n"
            "| commit | against | change (95 %) | threshold | pairs | answer | wrong "
            "at most | time |\n"
            "|:--|:--|--:|--:|--:|:--|--:|--:|\n");
    for (size_t i = 0; i < result->probes.count; i++)
        add_probe(out, &result->probes.items[i]);
    str_add(out, "\n");
    bisect_add_cost(out, result);
    str_add(out, ".\n\nA commit is as fast as good, or as slow as bad, by the side of "
                 "the midpoint between the two on which its pairs lie. *Wrong at most* "
                 "is the rate at which the answer would still be given, were the commit "
                 "right at the threshold; the probability above is made of these "
                 "(Bayes' rule).\n");
}

/* As a block of lines that nothing in them can end: each is cleaned, and indented. */
static void add_lines(struct str *out, const char *text)
{
    while (*text) {
        size_t length = strcspn(text, "\n");
        AUTO_FREE char *line = xstrndup(text, length);
        if (length) {
            str_add(out, "    ");
            text_add_clean(out, line, SHOWN_SENTENCE);
        }
        str_add(out, "\n");
        text += length + (text[length] == '\n');
    }
}

static void add_explained(struct str *out, const struct bisect_result *result)
{
    if (!result->explained)
        return;
    str_add(out, "\n### Where it comes from\n\n");
    add_lines(out, result->explained);
}

static void add_warnings(struct str *out, const struct bisect_result *result)
{
    if (!result->warnings.count)
        return;
    str_add(out, "\n### Doubts\n\n");
    for (size_t i = 0; i < result->warnings.count; i++)
        markdown_add_item(out, result->warnings.items[i]);
}

static void add_end(struct str *out, const struct bisect_result *result)
{
    str_add(out, "\n### Measured on\n\n");
    markdown_add_prose(out, result->machine.cpu_model ? result->machine.cpu_model : "?");
    str_add(out, ", ");
    phrase_add_machine(out, &result->machine);
    str_add(out, "; ");
    markdown_add_prose(out, result->toolchain);
    str_add(out, "; priority: ");
    markdown_add_prose(out, result->priority);
    str_add(out, ".\n\n### To search again\n\n");
    markdown_add_block(out, result->reproduce);
}

void bisect_report_markdown(const struct bisect_result *result, struct str *out)
{
    AUTO_STR struct str answer = STR_INIT;
    AUTO_STR struct str detail = STR_INIT;
    bisect_add_answer(&answer, result);
    bisect_add_detail(&detail, result);
    str_add(out, "**");
    markdown_add_prose(out, answer.data);
    str_add(out, "** ");
    markdown_add_prose(out, detail.data);
    str_add(out, "\n\n");
    add_commits(out, result);
    add_explained(out, result);
    if (result->probes.count)
        add_probes(out, result);
    add_warnings(out, result);
    add_end(out, result);
}
