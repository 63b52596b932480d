#include <math.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/report/explanation_phrase.h"
#include "gate/report/html_parts.h"
#include "gate/report/report.h"

enum {
    EXPLAINED_LINES = 12
};

static void add_both(struct str *out, int64_t base, int64_t head)
{
    AUTO_STR struct str text = STR_INIT;
    explanation_add_both(&text, base, head);
    html_add_number_cell(out, text.data);
}

static void add_costs(struct str *out,
                      const struct explanation *explanation,
                      int64_t base,
                      int64_t head)
{
    AUTO_STR struct str text = STR_INIT;
    explanation_add_costs(&text, explanation, base, head);
    html_add_number_cell(out, text.data);
}

/* ">Instructions", as the title of a column of numbers; the caller's. */
static char *title_of_costs(const struct explanation *explanation)
{
    return str_format(">%s", explanation_unit(explanation));
}

/* Of the difference, as a bar too: what adds to the right, what saves to the left. */
static void add_share(struct str *out, double share)
{
    double within = isfinite(share) ? fmax(-1, fmin(1, share)) : 0;
    AUTO_STR struct str text = STR_INIT;
    explanation_add_share(&text, share);
    str_add(out, "<td class=\"number\">");
    html_add_text(out, text.data);
    str_addf(out,
             " <svg class=\"portion\" viewBox=\"0 0 60 10\" aria-hidden=\"true\">"
             "<rect class=\"%s\" x=\"%.1f\" width=\"%.1f\" height=\"10\"/></svg></td>",
             within < 0 ? "v-improved" : "v-regressed", within < 0 ? 60 + 60 * within : 0,
             60 * fabs(within));
}

static void add_function(struct str *out,
                         const struct explanation *explanation,
                         const struct explained_function *function)
{
    AUTO_STR struct str place = STR_INIT;
    explanation_add_place(&place, function, false);
    str_add(out, "<tr><th scope=\"row\">");
    html_add_code(out, function->name);
    if (place.length) {
        str_add(out, "<p class=\"reason\">");
        html_add_text(out, place.data);
        str_add(out, function->is_edited ? ", <b>edited</b>" : "");
        str_add(out, "</p>");
    }
    if (function->note && *function->note) {
        str_add(out, "<p class=\"reason\">");
        html_add_text(out, function->note);
        str_add(out, "</p>");
    }
    str_add(out, "</th>");
    add_share(out, function->self_share);
    add_costs(out, explanation, function->base_self, function->head_self);
    add_costs(out, explanation, function->base_inclusive, function->head_inclusive);
    if (explanation_has_calls(explanation))
        add_both(out, function->base_calls, function->head_calls);
    str_add(out, "</tr>\n");
}

static void add_functions(struct str *out, const struct explanation *explanation)
{
    AUTO_FREE char *costs = title_of_costs(explanation);
    const char *const calls = explanation_has_calls(explanation) ? ">Calls" : NULL;
    const char *const heads[] = { "Function", ">Of the difference",
                                  costs,      ">With what it calls",
                                  calls,      NULL };
    if (!explanation->functions.count)
        return;
    html_open_table(out, "Functions that add most, base and head", heads);
    for (size_t i = 0; i < explanation->functions.count && i < EXPLAINED_FUNCTIONS; i++)
        add_function(out, explanation, &explanation->functions.items[i]);
    html_close_table(out);
    str_addf(out, "<p class=\"aside\">%s of base and head, ",
             explanation_unit(explanation));
    html_add_text(out, explanation->source);
    str_add(out, ".</p>\n");
}

static void add_line_number(struct str *out, uint32_t line)
{
    AUTO_STR struct str text = STR_INIT;
    if (line)
        str_addf(&text, "%u", line);
    else
        str_add(&text, "\u2013");
    html_add_number_cell(out, text.data);
}

static bool lines_have_calls(const struct explanation *explanation)
{
    for (size_t i = 0; i < explanation->lines.count && i < EXPLAINED_LINES; i++)
        if (explanation->lines.items[i].base_called ||
            explanation->lines.items[i].head_called)
            return true;
    return false;
}

static void
open_lines(struct str *out, const struct explanation *explanation, bool have_calls)
{
    AUTO_FREE char *costs = title_of_costs(explanation);
    const char *heads[] = { "File",     ">Line on base",
                            ">On head", "Function",
                            costs,      have_calls ? ">Called from there" : NULL,
                            NULL };
    html_open_table(out, "Source lines that add most, base and head", heads);
}

static void add_lines(struct str *out, const struct explanation *explanation)
{
    bool have_calls = lines_have_calls(explanation);
    if (!explanation->lines.count)
        return;
    str_add(out, "<details><summary>Lines that add most</summary>\n");
    open_lines(out, explanation, have_calls);
    for (size_t i = 0; i < explanation->lines.count && i < EXPLAINED_LINES; i++) {
        const struct explained_line *line = &explanation->lines.items[i];
        str_add(out, "<tr>");
        html_add_code_cell(out, line->file);
        add_line_number(out, line->base_line);
        add_line_number(out, line->head_line);
        html_add_code_cell(out, line->function);
        add_costs(out, explanation, line->base_self, line->head_self);
        if (have_calls)
            add_costs(out, explanation, line->base_called, line->head_called);
        str_add(out, "</tr>\n");
    }
    html_close_table(out);
    str_add(out, "</details>\n");
}

static void add_syscalls(struct str *out, const struct explanation *explanation)
{
    static const char *const heads[] = { "System call", ">Calls", ">Time", NULL };
    if (!explanation->syscalls.count)
        return;
    html_open_table(out, "System calls of base and head", heads);
    for (size_t i = 0; i < explanation->syscalls.count && i < EXPLAINED_SYSCALLS; i++) {
        const struct explained_syscall *syscall = &explanation->syscalls.items[i];
        AUTO_STR struct str times = STR_INIT;
        explanation_add_times(&times, syscall->base_s, syscall->head_s);
        str_add(out, "<tr>");
        html_add_code_cell(out, syscall->name);
        add_both(out, syscall->base_calls, syscall->head_calls);
        html_add_number_cell(out, times.data);
        str_add(out, "</tr>\n");
    }
    html_close_table(out);
    str_add(out, "<p class=\"aside\">One run a side under strace, all threads and "
                 "processes.</p>\n");
}

static void add_files(struct str *out, const struct explanation *explanation)
{
    static const char *const heads[] = { "File",    ">Opened", ">Reads",
                                         ">Writes", ">Time",   NULL };
    if (!explanation->files.count)
        return;
    html_open_table(out, "Files that base and head use differently", heads);
    for (size_t i = 0; i < explanation->files.count && i < EXPLAINED_FILES; i++) {
        const struct explained_file *file = &explanation->files.items[i];
        const struct explained_file_use *base = &file->sides[SIDE_BASE];
        const struct explained_file_use *head = &file->sides[SIDE_HEAD];
        AUTO_STR struct str times = STR_INIT;
        explanation_add_times(&times, base->seconds, head->seconds);
        str_add(out, "<tr>");
        html_add_code_cell(out, file->name);
        add_both(out, base->opens, head->opens);
        add_both(out, base->reads, head->reads);
        add_both(out, base->writes, head->writes);
        html_add_number_cell(out, times.data);
        str_add(out, "</tr>\n");
    }
    html_close_table(out);
    str_add(out, "<p class=\"aside\">Files whose calls differ, one run a side under "
                 "strace.</p>\n");
}

static void add_smells(struct str *out, const struct explanation *explanation)
{
    if (!explanation->smells.count)
        return;
    str_add(out, "<h4>Smells</h4>\n<ul>\n");
    for (size_t i = 0; i < explanation->smells.count && i < EXPLAINED_SMELLS; i++) {
        AUTO_STR struct str text = STR_INIT;
        explanation_add_smell(&text, &explanation->smells.items[i]);
        str_add(out, "<li>");
        html_add_text(out, text.data);
        str_add(out, "</li>\n");
    }
    str_add(out, "</ul>\n");
}

static void add_one(struct str *out,
                    const struct result *result,
                    const struct explanation *explanation)
{
    AUTO_STR struct str name = STR_INIT;
    explanation_add_name(&name, result, explanation);
    str_add(out, "<article class=\"why\">\n<h3>");
    html_add_code(out, name.data);
    str_add(out, "</h3>\n<p>");
    for (size_t i = 0; i < explanation->why.count; i++) {
        AUTO_STR struct str sentence = STR_INIT;
        explanation_add_sentence(&sentence, explanation->why.items[i]);
        str_add(out, i ? " " : "");
        html_add_text(out, sentence.data);
    }
    str_add(out, "</p>\n");
    add_smells(out, explanation);
    add_functions(out, explanation);
    add_lines(out, explanation);
    add_syscalls(out, explanation);
    add_files(out, explanation);
}

void html_add_explanations(struct str *out,
                           const struct result *result,
                           const struct report_flames *flames)
{
    const struct explanations *explanations = result->explanations;
    size_t shown = 0;
    if (!explanations)
        return;
    html_open_section(out, "why", "Why");
    for (size_t i = 0; i < explanations->benches.count && i < HTML_LISTED; i++, shown++) {
        const struct explanation *explanation = &explanations->benches.items[i];
        if (!explanation->why.count)
            continue;
        add_one(out, result, explanation);
        html_add_flame(out, flames, explanation);
        str_add(out, "</article>\n");
    }
    html_add_left_out(out, explanations->benches.count - shown, "explanation");
    if (explanations->left_out.count)
        html_add_list(out, &explanations->left_out);
    html_close_section(out);
}
