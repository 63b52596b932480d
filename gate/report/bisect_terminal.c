#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/report/bisect_report.h"
#include "gate/report/phrase.h"
#include "gate/report/report.h"
#include "gate/report/terminal_page.h"
#include "gate/verdict/bisect_result.h"

enum {
    SUBJECT = 44,
    MOST_SUSPECTS = 20
};

static void add_suspect(struct str *out,
                        const struct bisect_suspect *suspect,
                        bool is_alone,
                        size_t width)
{
    AUTO_STR struct str line = STR_INIT;
    AUTO_STR struct str subject = STR_INIT;
    text_add_clean(&subject, suspect->subject, SUBJECT);
    str_addf(&line, "  %.10s  %s", suspect->commit, subject.data);
    if (!is_alone)
        str_addf(&line, "  (%.0f %%)", 100 * suspect->probability);
    if (!is_alone && *suspect->reason) {
        AUTO_STR struct str reason = STR_INIT;
        text_add_clean(&reason, suspect->reason, SUBJECT);
        str_addf(&line, "  %s", reason.data);
    }
    text_cut(&line, width);
    str_addf(out, "%s\n", line.data);
}

static void
add_suspects(struct str *out, const struct bisect_result *result, size_t width)
{
    const struct bisect_suspects *suspects = &result->suspects;
    for (size_t i = 0; i < suspects->count && i < MOST_SUSPECTS; i++)
        add_suspect(out, &suspects->items[i], suspects->count == 1, width);
    if (suspects->count > MOST_SUSPECTS)
        str_addf(out, "  and %zu more\n", suspects->count - MOST_SUSPECTS);
    if (suspects->count)
        str_add(out, "\n");
}

/* Red where something made the row worse, yellow where that is not known. */
static enum verdict verdict_of(enum bisect_state state)
{
    switch (state) {
    case BISECT_FOUND:
    case BISECT_RANGE:
    case BISECT_SCATTERED:
        return VERDICT_REGRESSED;
    case BISECT_UNDER_WAY:
    case BISECT_UNCLEAR:
    case BISECT_UNTOLD:
        return VERDICT_INCONCLUSIVE;
    case BISECT_BETTER:
        return VERDICT_IMPROVED;
    case BISECT_SAME:
    case BISECT_STATE_COUNT:
        return VERDICT_OK;
    }
    abort();
}

void bisect_report_screen(const struct bisect_result *result,
                          const struct report_screen *wanted,
                          const char *explained,
                          struct str *out)
{
    AUTO_STR struct str answer = STR_INIT;
    AUTO_STR struct str detail = STR_INIT;
    AUTO_STR struct str cost = STR_INIT;
    size_t width = terminal_fit_width(wanted->width);
    bisect_add_answer(&answer, result);
    terminal_add_answer(wanted, verdict_of(result->state), answer.data, "", out);
    str_add(out, "\n");
    add_suspects(out, result, width);
    bisect_add_detail(&detail, result);
    if (detail.length)
        text_add_wrapped(out, detail.data, 0, width);
    if (result->explained)
        str_addf(out, "\n%s\n\n", explained ? explained : result->explained);
    bisect_add_cost(&cost, result);
    text_add_wrapped(out, cost.data, 0, width);
}

void bisect_report_line(const struct bisect_result *result,
                        bool use_color,
                        struct str *out)
{
    AUTO_STR struct str answer = STR_INIT;
    bisect_add_answer(&answer, result);
    terminal_add_answer_line(use_color, verdict_of(result->state), answer.data, "", out);
}
