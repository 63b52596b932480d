#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/report/html_parts.h"
#include "gate/report/phrase.h"
#include "gate/report/sharding_phrase.h"
#include "gate/report/waiver_phrase.h"

void html_add_warnings(struct str *out, const struct result *result)
{
    if (!result->warnings.count)
        return;
    html_open_section(out, "warnings", "Warnings");
    html_add_list(out, &result->warnings);
    html_close_section(out);
}

void html_add_config_changes(struct str *out, const struct result *result)
{
    if (!result->config_changes.count)
        return;
    html_open_section(out, "rules", "Changed rules");
    str_add(out,
            "<p class=\"legend\">The base\u2019s configuration judged; the head\u2019s "
            "would judge otherwise:</p>\n");
    html_add_list(out, &result->config_changes);
    html_close_section(out);
}

static const char *class_of(const struct waiver_result *waiver)
{
    switch (waiver->outcome) {
    case WAIVER_IDLE:
    case WAIVER_UNNEEDED:
        return "v-none";
    case WAIVER_HOLDS:
        return "v-waived";
    case WAIVER_OPEN:
        return "v-inconclusive";
    case WAIVER_ENDED:
    case WAIVER_EXCEEDED:
        return "v-regressed";
    case WAIVER_OUTCOME_COUNT:
        break;
    }
    return "v-none";
}

static void add_waiver(struct str *out, const struct waiver_result *waiver)
{
    AUTO_STR struct str name = STR_INIT;
    AUTO_STR struct str outcome = STR_INIT;
    waiver_add_name(&name, waiver);
    waiver_add_outcome(&outcome, waiver);
    str_addf(out, "<tr class=\"%s\"><th scope=\"row\">", class_of(waiver));
    html_add_code(out, name.data);
    str_addf(out, "</th><td><span class=\"tag %s\">%s</span></td>", class_of(waiver),
             outcome.data);
    html_add_number_cell(out, waiver->up_to);
    str_add(out, "<td class=\"unbroken\">");
    html_add_text(out, waiver->until);
    str_add(out, "</td>");
    html_add_cell(out, waiver->owner);
    html_add_cell(out, waiver->reason);
    str_add(out, "</tr>\n");
}

/* What needs somebody's hand first. */
void html_add_waivers(struct str *out, const struct result *result)
{
    static const char *const heads[] = { "For",   "Answer", ">Up to", "Until",
                                         "Owner", "Reason", NULL };
    size_t shown = 0;
    if (!result->waivers.count)
        return;
    html_open_section(out, "waivers", "Waivers");
    html_open_table(out, "Regressions that were accepted", heads);
    for (int outcome = WAIVER_OUTCOME_COUNT - 1; outcome >= 0; outcome--) {
        for (size_t i = 0; i < result->waivers.count && shown < HTML_LISTED; i++) {
            if ((int)result->waivers.items[i].outcome != outcome)
                continue;
            add_waiver(out, &result->waivers.items[i]);
            shown++;
        }
    }
    html_close_table(out);
    html_add_left_out(out, result->waivers.count - shown, "waiver");
    html_close_section(out);
}

void html_add_decision(struct str *out, const struct result *result)
{
    AUTO_FREE char *coverage = result_coverage(result);
    AUTO_STR struct str together = STR_INIT;
    AUTO_STR struct str discards = STR_INIT;
    phrase_add_together(&together, result);
    phrase_add_discards(&discards, result);
    html_open_section(out, "decision", "How this was decided");
    str_addf(out, "<p>%s. ", coverage);
    phrase_add_error_rates(out, result);
    if (together.length)
        str_addf(out, " %s.", together.data);
    if (discards.length)
        str_addf(out, " %s.", discards.data);
    str_add(out, "</p>\n");
    html_close_section(out);
}

static void add_fact(struct str *out, const char *name, const char *text)
{
    if (!text || !*text)
        return;
    str_addf(out, "<dt>%s</dt><dd>", name);
    html_add_text(out, text);
    str_add(out, "</dd>\n");
}

static void add_run(struct str *out, const struct result *result)
{
    AUTO_STR struct str elapsed = STR_INIT;
    phrase_add_elapsed(&elapsed, result);
    str_add(out, "<dt>Measured</dt><dd>by pawl ");
    html_add_text(out, result->pawl_version);
    str_add(out, ", started ");
    html_add_text(out, result->started_at);
    str_addf(out, ", %s</dd>\n", elapsed.data);
}

void html_add_environment(struct str *out, const struct result *result)
{
    AUTO_STR struct str machine = STR_INIT;
    AUTO_STR struct str meanwhile = STR_INIT;
    AUTO_STR struct str shards = STR_INIT;
    sharding_add_parts(&shards, result->sharding);
    phrase_add_surroundings(&meanwhile, result);
    phrase_add_machine(&machine, &result->machine);
    html_open_section(out, "environment", "Environment");
    str_add(out, "<dl class=\"facts\">\n");
    add_fact(out, "Processor", result->machine.cpu_model);
    add_fact(out, "Machine", machine.data);
    add_fact(out, "Counted", result->accounting);
    add_fact(out, "Compiler", result->toolchain);
    add_fact(out, "Pinning", result->pinning);
    add_fact(out, "Priority", result->priority);
    add_fact(out, "Meanwhile", meanwhile.data);
    add_fact(out, "Shards", shards.data);
    add_run(out, result);
    str_add(out, "</dl>\n");
    if (result->reproduce && *result->reproduce) {
        str_add(out, "<h3>Measure it again</h3>\n<pre tabindex=\"0\"><code>");
        html_add_text(out, result->reproduce);
        str_addf(out,
                 "</code></pre>\n<p class=\"aside\">Seed %llu: the same order of runs is "
                 "drawn again.</p>\n",
                 (unsigned long long)result->seed);
    }
    html_close_section(out);
}

void html_add_changed_paths(struct str *out, const struct result *result)
{
    const struct strvec *paths = &result->changed_paths;
    if (!paths->count)
        return;
    str_add(out, "<section aria-label=\"Changed files\"><details><summary>");
    phrase_add_count(out, paths->count, "changed file");
    str_add(out, "</summary>\n");
    html_add_list_of(out, paths, "file", html_add_code);
    str_add(out, "</details></section>\n");
}
