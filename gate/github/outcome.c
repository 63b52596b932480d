#include "gate/github/outcome.h"

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/github/output.h"
#include "gate/report/escape.h"
#include "gate/report/headline.h"

size_t github_regressions(const struct result *result)
{
    struct tally tally = tally_of(result);
    return tally.rows[VERDICT_REGRESSED] + tally.growths_worse + tally.goals_missed +
           tally.crept;
}

const char *github_verdict(const struct result *result)
{
    if (result->exit == GATE_NOT_MEASURED || result->verdict == VERDICT_NONE ||
        result->verdict == VERDICT_FAILED || result->verdict == VERDICT_MISSING)
        return "error";
    if (result->exit == GATE_REGRESSED || github_regressions(result))
        return "regression";
    return result->verdict == VERDICT_INCONCLUSIVE ? "inconclusive" : "pass";
}

void github_add_outputs(struct str *out,
                        const struct github_outcome *outcome,
                        const char *delimiter)
{
    AUTO_FREE char *regressions = str_format("%zu", outcome->regressions);
    const struct {
        const char *name;
        const char *value;
    } outputs[] = {
        { "verdict", outcome->verdict },         { "regressions", regressions },
        { "report-path", outcome->report_path }, { "page-path", outcome->page_path },
        { "json-path", outcome->json_path },     { "base-sha", outcome->base_sha },
        { "head-sha", outcome->head_sha },
    };
    for (size_t i = 0; i < sizeof outputs / sizeof *outputs; i++)
        github_add_output(out, outputs[i].name, outputs[i].value, delimiter);
}

size_t github_summary_room(size_t taken)
{
    size_t left = taken < GITHUB_SUMMARY_MOST ? GITHUB_SUMMARY_MOST - taken : 0;
    return left < GITHUB_SUMMARY_BYTES ? left : GITHUB_SUMMARY_BYTES;
}

void github_add_failure(struct str *out, const char *message)
{
    str_add(out, "**Could not check this.** ");
    markdown_add_prose(out, message);
    str_add(out, "\n");
}
