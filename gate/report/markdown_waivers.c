#include "gate/base/str.h"
#include "gate/report/escape.h"
#include "gate/report/markdown_page.h"
#include "gate/report/waiver_phrase.h"

static void add_cell(struct str *line, const char *text)
{
    str_add(line, " | ");
    markdown_add_prose(line, text ? text : "");
}

static void add_waiver(struct str *line, const struct waiver_result *waiver)
{
    AUTO_STR struct str name = STR_INIT;
    AUTO_STR struct str outcome = STR_INIT;
    waiver_add_name(&name, waiver);
    waiver_add_outcome(&outcome, waiver);
    str_addf(line, "| %s | ", outcome.data);
    markdown_add_code_cell(line, name.data);
    add_cell(line, waiver->up_to);
    add_cell(line, waiver->until);
    add_cell(line, waiver->owner);
    add_cell(line, waiver->reason);
    str_add(line, " |\n");
}

/* What needs somebody's hand first. */
void markdown_add_waivers(struct str *out, const struct result *result, size_t byte_limit)
{
    size_t end = out->length + byte_limit;
    size_t shown = 0;
    if (!result->waivers.count)
        return;
    str_add(out, "### Waivers\n\n| answer | for | up to | until | owner | reason |\n"
                 "|:--|:--|--:|:--|:--|:--|\n");
    for (int outcome = WAIVER_OUTCOME_COUNT - 1; outcome >= 0; outcome--) {
        for (size_t i = 0; i < result->waivers.count; i++) {
            AUTO_STR struct str line = STR_INIT;
            if ((int)result->waivers.items[i].outcome != outcome)
                continue;
            add_waiver(&line, &result->waivers.items[i]);
            if (out->length + line.length > end)
                continue;
            str_add(out, line.data);
            shown++;
        }
    }
    if (shown < result->waivers.count)
        str_addf(out, "\n… and %zu more, in the JSON result.\n",
                 result->waivers.count - shown);
    str_add(out, "\n");
}
