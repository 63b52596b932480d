/* One page that needs nothing else: style, script and data are in it, and its policy lets
 * it ask nothing of any network. All that matters stands in the markup, worst first; the
 * script adds what takes many rows to be looked through. The markup is well-formed as
 * XML, too. */
#include "gate/base/str.h"
#include "gate/report/creep_phrase.h"
#include "gate/report/headline.h"
#include "gate/report/html_assets.h"
#include "gate/report/html_parts.h"
#include "gate/report/report.h"

/* Only the page's own script may run, whatever else came into it. */
static void add_policy(struct str *out)
{
    str_addf(out,
             "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
             "style-src 'unsafe-inline'; script-src 'sha256-%s'; frame-src data:; "
             "base-uri 'none'; form-action 'none'\"/>\n",
             html_script_hash);
}

static void add_head(struct str *out, const struct result *result)
{
    AUTO_HEADLINE struct headline headline = HEADLINE_INIT;
    headline_of(result, &headline);
    str_add(out,
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n");
    add_policy(out);
    str_add(out, "<meta name=\"viewport\" content=\"width=device-width, "
                 "initial-scale=1\"/>\n<meta name=\"color-scheme\" content=\"light "
                 "dark\"/>\n<meta name=\"generator\" content=\"pawl ");
    html_add_text(out, result->pawl_version);
    str_addf(out, "\"/>\n<title>%s</title>\n<style>", headline.answer.data);
    str_add(out, (const char *)html_style);
    str_add(out, "</style>\n</head>\n");
}

struct link {
    const char *id;
    const char *text;
    bool is_there;
};

static void add_links(struct str *out, const struct result *result)
{
    struct tally tally = tally_of(result);
    const struct link links[] = {
        { "troubles", "Not measured",
          tally.benches[VERDICT_FAILED] + tally.benches[VERDICT_MISSING] > 0 },
        { "rows", "Rows", result->rows.count > 0 },
        { "why", "Why", result->explanations != NULL },
        { "growth", "Growth", result->growths.count > 0 },
        { "goals", "Goals", result->goals.count > 0 },
        { "creep", "Since the anchor", result->creep != NULL },
        { "waivers", "Waivers", result->waivers.count > 0 },
        { "warnings", "Warnings", result->warnings.count > 0 },
        { "decision", "How it was decided", true },
        { "environment", "Environment", true },
    };
    str_add(out, "<nav aria-label=\"Parts of this report\"><ul>\n");
    for (size_t i = 0; i < sizeof links / sizeof links[0]; i++)
        if (links[i].is_there)
            str_addf(out, "<li><a href=\"#%s\">%s</a></li>\n", links[i].id,
                     links[i].text);
    str_add(out, "</ul></nav>\n");
}

/* What fails the gate comes before all rows, where it is not they. */
static void add_findings(struct str *out,
                         const struct result *result,
                         const struct ranking *order,
                         const struct report_flames *flames)
{
    struct tally tally = tally_of(result);
    bool rows_lead = tally.rows[VERDICT_REGRESSED] > 0;
    bool growth_leads = !rows_lead && tally.growths_worse;
    bool goals_lead = !rows_lead && tally.goals_missed;
    bool creep_leads = !rows_lead && (tally.crept || creep_has_trouble(result->creep));
    if (growth_leads)
        html_add_growth(out, result);
    if (creep_leads)
        html_add_creep(out, result);
    if (goals_lead)
        html_add_goals(out, result);
    html_add_rows(out, result, order);
    html_add_explanations(out, result, flames);
    if (!growth_leads)
        html_add_growth(out, result);
    if (!goals_lead)
        html_add_goals(out, result);
    if (!creep_leads)
        html_add_creep(out, result);
}

static void add_parts(struct str *out,
                      const struct result *result,
                      const struct ranking *order,
                      const struct report_flames *flames)
{
    bool is_trusted = !result_discrediting(result);
    if (!is_trusted)
        html_add_control(out, result);
    html_add_troubles(out, result);
    add_findings(out, result, order, flames);
    html_add_waivers(out, result);
    html_add_layouts(out, result);
    if (is_trusted)
        html_add_control(out, result);
    html_add_baseline(out, result);
    html_add_config_changes(out, result);
    html_add_warnings(out, result);
    html_add_decision(out, result);
    html_add_environment(out, result);
    html_add_programs(out, result);
    html_add_changed_paths(out, result);
}

void report_html_with(const struct result *result,
                      const struct report_flames *flames,
                      struct str *out)
{
    AUTO_RANKING struct ranking order = { 0 };
    html_order_rows(result, &order);
    add_head(out, result);
    str_add(out, "<body>\n<a class=\"skip\" href=\"#main\">To the report</a>\n<header>\n"
                 "<div class=\"top\"><span class=\"name\">pawl</span> <span "
                 "class=\"aside\">performance report</span><span id=\"theme\"></span>"
                 "</div>\n");
    html_add_verdict(out, result);
    str_add(out, "</header>\n");
    add_links(out, result);
    str_add(out, "<main id=\"main\">\n");
    add_parts(out, result, &order, flames);
    str_add(out, "</main>\n");
    html_add_data(out, result, &order);
    str_add(out, "<script>");
    str_add(out, (const char *)html_script);
    str_add(out, "</script>\n</body>\n</html>\n");
}

void report_html(const struct result *result, struct str *out)
{
    report_html_with(result, NULL, out);
}
