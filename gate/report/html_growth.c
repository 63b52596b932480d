#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/report/escape.h"
#include "gate/report/growth_phrase.h"
#include "gate/report/html_parts.h"
#include "gate/report/phrase.h"

enum {
    PLOTTED = 60, /* curves */
    POINTS = 40   /* sizes of one */
};

static void add_exponent(struct str *out,
                         const struct growth_result *growth,
                         const struct growth_exponent *exponent)
{
    AUTO_STR struct str text = STR_INIT;
    if (isnan(exponent->exponent)) {
        str_add(&text, "\u2013");
    } else {
        growth_add_power(&text, growth, exponent->exponent);
        str_add_char(&text, ' ');
        growth_add_interval(&text, exponent);
    }
    html_add_number_cell(out, text.data);
}

static void add_difference(struct str *out, const struct growth_exponent *difference)
{
    AUTO_STR struct str text = STR_INIT;
    if (isnan(difference->exponent)) {
        str_add(&text, "\u2013");
    } else {
        str_addf(&text, "%+.2f ", difference->exponent);
        growth_add_interval(&text, difference);
    }
    html_add_number_cell(out, text.data);
}

static const char *class_of(const struct growth_result *growth)
{
    return growth_is_worse(growth)                 ? "v-regressed"
           : growth->outcome == GROWTH_CANNOT_TELL ? "v-inconclusive"
           : growth->outcome == GROWTH_WAIVED      ? "v-waived"
           : growth->outcome == GROWTH_ABOVE       ? "v-inconclusive"
                                                   : "v-ok";
}

static const char *sign_of(const struct growth_result *growth)
{
    return growth_is_worse(growth)                 ? html_sign(VERDICT_REGRESSED)
           : growth->outcome == GROWTH_CANNOT_TELL ? html_sign(VERDICT_INCONCLUSIVE)
           : growth->outcome == GROWTH_WAIVED      ? html_sign(VERDICT_WAIVED)
           : growth->outcome == GROWTH_ABOVE       ? html_sign(VERDICT_REGRESSED)
                                                   : html_sign(VERDICT_OK);
}

static void add_growth(struct str *out, const struct growth_result *growth)
{
    AUTO_STR struct str name = STR_INIT;
    AUTO_STR struct str ceiling = STR_INIT;
    AUTO_STR struct str sizes = STR_INIT;
    growth_add_name(&name, growth);
    growth_add_ceiling(&ceiling, growth);
    growth_add_sizes(&sizes, growth);
    str_addf(out, "<tr class=\"%s\"><th scope=\"row\">", class_of(growth));
    html_add_code(out, name.data);
    str_add(out, "<p class=\"reason\">");
    html_add_text(out, sizes.data);
    str_add(out, "</p>");
    if (growth->reason && *growth->reason) {
        str_add(out, "<p class=\"reason\">");
        html_add_text(out, growth->reason);
        str_add(out, "</p>");
    }
    str_addf(out, "</th><td><span class=\"tag %s\"><span aria-hidden=\"true\">%s</span> ",
             class_of(growth), sign_of(growth));
    growth_add_outcome(out, growth);
    str_add(out, "</span></td>");
    add_exponent(out, growth, &growth->base);
    add_exponent(out, growth, &growth->head);
    add_difference(out, &growth->difference);
    str_add(out, "<td class=\"unbroken\">");
    html_add_text(out, ceiling.length ? ceiling.data : "as base");
    str_add(out, "</td></tr>\n");
}

void html_add_growth(struct str *out, const struct result *result)
{
    static const char *const heads[] = {
        "Benchmark", "Answer", ">Base", ">Head", ">Difference (95 %)", "At most", NULL
    };
    AUTO_GROWTH_RANKING struct growth_ranking ranking = { 0 };
    growth_ranking_of(result, &ranking);
    if (!ranking.count)
        return;
    size_t shown = ranking.count < HTML_LISTED ? ranking.count : HTML_LISTED;
    html_open_section(out, "growth", "Growth with size");
    str_add(out, "<p class=\"legend\">How much longer a benchmark takes where its input "
                 "grows: the power of the size, with its 95 % interval.</p>\n"
                 "<div id=\"curves\" class=\"figures\"></div>\n");
    html_open_table(out, "How benchmarks grow with their sizes", heads);
    for (size_t i = 0; i < shown; i++)
        add_growth(out, ranking.items[i].growth);
    html_close_table(out);
    html_add_left_out(out, ranking.count - shown, "growth curve");
    html_close_section(out);
}

/* The value of the parameter in "sort[m=2,n=1000]" for growth "sort[m=2]" over n; NAN
 * where the bench is no size of it. */
static double size_of(const struct growth_result *growth, const char *bench_id)
{
    AUTO_STR struct str rest = STR_INIT;
    const char *open = strchr(bench_id, '[');
    double size = (double)NAN;
    size_t name_length = strlen(growth->parameter);
    if (!open)
        return size;
    str_add_bytes(&rest, bench_id, (size_t)(open - bench_id));
    const char *joint = "[";
    for (const char *part = open + 1; *part && *part != ']';) {
        size_t length = strcspn(part, ",]");
        if (!strncmp(part, growth->parameter, name_length) && part[name_length] == '=') {
            size = strtod(part + name_length + 1, NULL);
        } else {
            str_add(&rest, joint);
            str_add_bytes(&rest, part, length);
            joint = ",";
        }
        part += length + (part[length] == ',');
    }
    str_add(&rest, *joint == ',' ? "]" : "");
    return str_equal(rest.data, growth->name ? growth->name : "") ? size : (double)NAN;
}

static void add_points(struct str *out,
                       const struct result *result,
                       const struct growth_result *growth)
{
    size_t count = 0;
    str_add(out, "[");
    for (size_t i = 0; i < result->rows.count && count < POINTS; i++) {
        const struct row *row = &result->rows.items[i];
        if (row->metric != growth->metric || !row_has_numbers(row) || !row->bench_id ||
            !growth->parameter)
            continue;
        double size = size_of(growth, row->bench_id);
        if (!(size > 0))
            continue;
        str_add(out, count++ ? ",[" : "[");
        html_json_number(out, size, 6);
        str_add(out, ",");
        html_json_number(out, row->base_median, 5);
        str_add(out, ",");
        html_json_number(out, row->head_median, 5);
        str_add(out, "]");
    }
    str_add(out, "]");
}

static void add_curve(struct str *out,
                      const struct result *result,
                      const struct growth_result *growth)
{
    AUTO_STR struct str name = STR_INIT;
    AUTO_STR struct str sentence = STR_INIT;
    AUTO_STR struct str ceiling = STR_INIT;
    AUTO_STR struct str outcome = STR_INIT;
    growth_add_name(&name, growth);
    growth_add_sentence(&sentence, growth);
    growth_add_ceiling(&ceiling, growth);
    growth_add_outcome(&outcome, growth);
    str_add(out, "[");
    html_json_text(out, name.data, SHOWN_NAME);
    str_addf(out, ",%d,\"%s\",", (int)growth->metric, class_of(growth));
    html_json_text(out, outcome.data, SHOWN_NAME);
    str_add(out, ",");
    html_json_text(out, sentence.data, SHOWN_SENTENCE);
    str_add(out, ",");
    html_json_text(out, growth->parameter, SHOWN_NAME);
    str_add(out, ",");
    html_json_text(out, ceiling.data, SHOWN_NAME);
    str_add(out, ",");
    html_json_number(out, growth->ceiling_exponent, 4);
    str_add(out, ",");
    add_points(out, result, growth);
    str_add(out, "]");
}

void html_add_growth_data(struct str *out, const struct result *result)
{
    AUTO_GROWTH_RANKING struct growth_ranking ranking = { 0 };
    growth_ranking_of(result, &ranking);
    str_add(out, "\"growths\":[");
    for (size_t i = 0; i < ranking.count && i < PLOTTED; i++) {
        str_add(out, i ? ",\n" : "\n");
        add_curve(out, result, ranking.items[i].growth);
    }
    str_add(out, "],\n");
}
