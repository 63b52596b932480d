/* Where the culprit's difference comes from: what `pawl explain` would say of it and its
 * parent, while both are still there, built and measured. */
#include <stdlib.h>

#include "gate/base/log.h"
#include "gate/base/str.h"
#include "gate/cli/bisection.h"
#include "gate/cli/explain_flame.h"
#include "gate/cli/explain_show.h"
#include "gate/cli/screen.h"
#include "gate/report/terminal_page.h"

void bisection_keep_rows(struct bisection *bisection, const struct experiment *experiment)
{
    struct check *check = &bisection->comparison.check;
    result_clear(&check->result);
    check->result.budget_ns = experiment->options.budget_ns;
    check_take_stage(&check->gate, experiment, 0, &check->result);
}

static bool is_culprit_open(const struct bisection *bisection)
{
    const struct bisect *plan = &bisection->plan;
    return plan->state == BISECT_FOUND && plan->has_own &&
           bisection->comparison.is_open && !bisection->comparison.is_identical &&
           bisection->kind == BISECT_CULPRIT && bisection->commit == plan->suspect;
}

/* Without line breaks at its end; the caller's. */
static char *describe(const struct check *check, size_t width, const char *flames)
{
    struct str text = STR_INIT;
    explain_show(check, width, &text);
    str_add(&text, flames);
    while (text.length && text.data[text.length - 1] == '\n')
        str_truncate(&text, text.length - 1);
    return str_detach(&text);
}

int bisection_explain(struct bisection *bisection, struct error *err)
{
    struct check *check = &bisection->comparison.check;
    struct bisect_result *result = &bisection->result;
    AUTO_STR struct str flames = STR_INIT;
    if (!bisection->options.explains || !is_culprit_open(bisection))
        return 0;
    log_step("profiling the culprit and its parent");
    if (check_explain(check, EXPLAIN_EVERY, err) < 0 ||
        (bisection->options.flame_path &&
         explain_write_flames(check, bisection->options.flame_path, &flames, err) < 0))
        return -1;
    bisection->explained_here =
        describe(check, terminal_fit_width(screen_of_stdout().width), flames.data);
    result->explained = describe(check, REPORT_USUAL, flames.data);
    result->explanations = check->result.explanations;
    check->result.explanations = NULL;
    return 0;
}
