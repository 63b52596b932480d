#include <math.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/report/bisect_report.h"
#include "gate/report/phrase.h"
#include "gate/verdict/bisect_result.h"

enum {
    WIDTH = 100,
    SUBJECT = 44,
    MOST_SUSPECTS = 20
};

static void
add_suspect(struct str *out, const struct bisect_suspect *suspect, bool is_alone)
{
    AUTO_STR struct str subject = STR_INIT;
    text_add_clean(&subject, suspect->subject, SUBJECT);
    str_addf(out, "  %.10s  %s", suspect->commit, subject.data);
    if (!is_alone)
        str_addf(out, "  (%.0f %%)", 100 * suspect->probability);
    if (!is_alone && *suspect->reason) {
        AUTO_STR struct str reason = STR_INIT;
        text_add_clean(&reason, suspect->reason, SUBJECT);
        str_addf(out, "  %s", reason.data);
    }
    str_add(out, "\n");
}

static void add_suspects(struct str *out, const struct bisect_result *result)
{
    const struct bisect_suspects *suspects = &result->suspects;
    for (size_t i = 0; i < suspects->count && i < MOST_SUSPECTS; i++)
        add_suspect(out, &suspects->items[i], suspects->count == 1);
    if (suspects->count > MOST_SUSPECTS)
        str_addf(out, "  and %zu more\n", suspects->count - MOST_SUSPECTS);
    if (suspects->count)
        str_add(out, "\n");
}

void bisect_report_terminal(const struct bisect_result *result, struct str *out)
{
    AUTO_STR struct str answer = STR_INIT;
    AUTO_STR struct str detail = STR_INIT;
    AUTO_STR struct str cost = STR_INIT;
    bisect_add_answer(&answer, result);
    text_add_wrapped(out, answer.data, 0, WIDTH);
    str_add(out, "\n");
    add_suspects(out, result);
    bisect_add_detail(&detail, result);
    if (detail.length)
        text_add_wrapped(out, detail.data, 0, WIDTH);
    if (result->explained)
        str_addf(out, "\n%s\n\n", result->explained);
    bisect_add_cost(&cost, result);
    str_addf(out, "%s\n", cost.data);
}
