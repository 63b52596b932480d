#include "gate/report/terminal_explain.h"

#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/report/escape.h"
#include "gate/report/explanation_phrase.h"
#include "gate/verdict/result.h"

enum {
    INDENT = 2,
    TABLE_INDENT = 4,
    MOST_COLUMNS = 6,
    FUNCTIONS_BELOW = 5, /* a bench in the report of a gate */
    WHY_LIMIT = 1200
};

/* Cells of one line. */
struct cells {
    struct str items[MOST_COLUMNS];
};
struct table {
    struct cells *items;
    size_t count;
    size_t capacity;
};

static void table_clear(struct table *table)
{
    for (size_t i = 0; i < table->count; i++)
        for (size_t column = 0; column < MOST_COLUMNS; column++)
            str_clear(&table->items[i].items[column]);
    array_clear(table);
}

static struct cells *add_line(struct table *table)
{
    struct cells *line = array_push(table);
    for (size_t column = 0; column < MOST_COLUMNS; column++)
        line->items[column] = STR_INIT;
    return line;
}

static void add_titles(struct table *table, const char *const *titles)
{
    struct cells *line = add_line(table);
    for (size_t column = 0; column < MOST_COLUMNS && titles[column]; column++)
        str_add(&line->items[column], titles[column]);
}

/* The last columns are text, and may be cut; the others are numbers. */
static void
print_table(const struct table *table, size_t numbers, size_t width, struct str *out)
{
    size_t widths[MOST_COLUMNS] = { 0 };
    for (size_t i = 0; i < table->count; i++)
        for (size_t column = 0; column < MOST_COLUMNS; column++) {
            size_t needed = text_width(table->items[i].items[column].data);
            widths[column] = needed > widths[column] ? needed : widths[column];
        }
    for (size_t i = 0; i < table->count; i++) {
        AUTO_STR struct str line = STR_INIT;
        str_addf(&line, "%*s", TABLE_INDENT, "");
        for (size_t column = 0; column < MOST_COLUMNS; column++) {
            const char *cell = table->items[i].items[column].data;
            if (column < numbers)
                text_add_right(&line, cell, widths[column]);
            else
                text_add_left(&line, cell, widths[column]);
            str_add(&line, "  ");
        }
        while (line.length && line.data[line.length - 1] == ' ')
            str_truncate(&line, line.length - 1);
        text_cut(&line, width);
        str_addf(out, "%s\n", line.data);
    }
}

static void add_functions(const struct explanation *explanation,
                          size_t most,
                          size_t width,
                          struct str *out)
{
    static const char *const titles[] = { "share",      "calls",    "self",
                                          "with calls", "function", NULL };
    AUTO(table_clear) struct table table = { 0 };
    if (!explanation->functions.count)
        return;
    add_titles(&table, titles);
    for (size_t i = 0; i < explanation->functions.count && i < most; i++) {
        const struct explained_function *function = &explanation->functions.items[i];
        struct cells *line = add_line(&table);
        AUTO_STR struct str name = STR_INIT;
        explanation_add_share(&line->items[0], function->self_share);
        if (!explanation_has_calls(explanation))
            str_add(&line->items[1], "-");
        else
            explanation_add_both(&line->items[1], function->base_calls,
                                 function->head_calls);
        explanation_add_costs(&line->items[2], explanation, function->base_self,
                              function->head_self);
        explanation_add_costs(&line->items[3], explanation, function->base_inclusive,
                              function->head_inclusive);
        str_addf(&name, "%s ", function->name ? function->name : "");
        explanation_add_place(&name, function, true);
        str_add(&name, function->is_edited ? ", edited" : "");
        if (function->note && *function->note)
            str_addf(&name, "; %s", function->note);
        text_add_clean(&line->items[4], name.data, SHOWN_NAME);
    }
    print_table(&table, 4, width, out);
}

static void
add_syscalls(const struct explanation *explanation, size_t width, struct str *out)
{
    static const char *const titles[] = { "time", "calls", "system call", NULL };
    AUTO(table_clear) struct table table = { 0 };
    if (!explanation->syscalls.count)
        return;
    add_titles(&table, titles);
    for (size_t i = 0; i < explanation->syscalls.count && i < EXPLAINED_SYSCALLS; i++) {
        const struct explained_syscall *syscall = &explanation->syscalls.items[i];
        struct cells *line = add_line(&table);
        explanation_add_times(&line->items[0], syscall->base_s, syscall->head_s);
        explanation_add_both(&line->items[1], syscall->base_calls, syscall->head_calls);
        text_add_clean(&line->items[2], syscall->name, SHOWN_NAME);
    }
    print_table(&table, 2, width, out);
}

static void
add_files(const struct explanation *explanation, size_t width, struct str *out)
{
    static const char *const titles[] = { "time",   "opened", "reads",
                                          "writes", "file",   NULL };
    AUTO(table_clear) struct table table = { 0 };
    if (!explanation->files.count)
        return;
    add_titles(&table, titles);
    for (size_t i = 0; i < explanation->files.count && i < EXPLAINED_FILES; i++) {
        const struct explained_file *file = &explanation->files.items[i];
        const struct explained_file_use *base = &file->sides[SIDE_BASE];
        const struct explained_file_use *head = &file->sides[SIDE_HEAD];
        struct cells *line = add_line(&table);
        explanation_add_times(&line->items[0], base->seconds, head->seconds);
        explanation_add_both(&line->items[1], base->opens, head->opens);
        explanation_add_both(&line->items[2], base->reads, head->reads);
        explanation_add_both(&line->items[3], base->writes, head->writes);
        text_add_clean(&line->items[4], file->name, SHOWN_NAME);
    }
    print_table(&table, 4, width, out);
}

static void add_number(struct str *cell, uint32_t line)
{
    if (line)
        str_addf(cell, "%u", line);
    else
        str_add(cell, "-");
}

static void
add_lines(const struct explanation *explanation, size_t width, struct str *out)
{
    static const char *const titles[] = { "self", "with calls", "base",
                                          "head", "line",       NULL };
    AUTO(table_clear) struct table table = { 0 };
    if (!explanation->lines.count)
        return;
    add_titles(&table, titles);
    for (size_t i = 0; i < explanation->lines.count; i++) {
        const struct explained_line *of = &explanation->lines.items[i];
        struct cells *line = add_line(&table);
        AUTO_STR struct str place = STR_INIT;
        explanation_add_costs(&line->items[0], explanation, of->base_self, of->head_self);
        explanation_add_costs(&line->items[1], explanation,
                              of->base_self + of->base_called,
                              of->head_self + of->head_called);
        add_number(&line->items[2], of->base_line);
        add_number(&line->items[3], of->head_line);
        str_addf(&place, "%s in %s%s", of->file ? of->file : "",
                 of->function ? of->function : "", of->is_changed ? ", changed" : "");
        text_add_clean(&line->items[4], place.data, SHOWN_NAME);
    }
    str_add(out, "\n");
    print_table(&table, 4, width, out);
}

static void
add_figures(const struct explanation *explanation, size_t width, struct str *out)
{
    static const char *const titles[] = { "base", "head", "", NULL };
    AUTO(table_clear) struct table table = { 0 };
    if (!explanation->figures.count)
        return;
    add_titles(&table, titles);
    for (size_t i = 0; i < explanation->figures.count; i++) {
        const struct explained_figure *figure = &explanation->figures.items[i];
        struct cells *line = add_line(&table);
        metric_add_value(&line->items[0], figure->metric, figure->base);
        metric_add_value(&line->items[1], figure->metric, figure->head);
        str_add(&line->items[2], metric_name(figure->metric));
    }
    print_table(&table, 2, width, out);
}

static void add_sentences(const struct result *result,
                          const struct explanation *explanation,
                          size_t width,
                          struct str *out)
{
    AUTO_STR struct str text = STR_INIT;
    AUTO_STR struct str line = STR_INIT;
    str_add(&text, "why ");
    explanation_add_name(&text, result, explanation);
    str_add_char(&text, ':');
    for (size_t i = 0; i < explanation->why.count; i++) {
        str_add_char(&text, ' ');
        explanation_add_sentence(&text, explanation->why.items[i]);
    }
    text_add_clean(&line, text.data, WHY_LIMIT);
    text_add_wrapped(out, line.data, INDENT, width);
}

static void
add_smells(const struct explanation *explanation, size_t width, struct str *out)
{
    for (size_t i = 0; i < explanation->smells.count && i < EXPLAINED_SMELLS; i++) {
        AUTO_STR struct str text = STR_INIT;
        AUTO_STR struct str line = STR_INIT;
        str_add(&text, "smells: ");
        explanation_add_smell(&text, &explanation->smells.items[i]);
        text_add_clean(&line, text.data, WHY_LIMIT);
        text_add_wrapped(out, line.data, INDENT, width);
    }
}

void terminal_add_explanation(const struct result *result,
                              const struct explanation *explanation,
                              size_t width,
                              struct str *out)
{
    add_sentences(result, explanation, width, out);
    add_smells(explanation, width, out);
    add_functions(explanation, explanation->functions.count, width, out);
    add_lines(explanation, width, out);
    add_figures(explanation, width, out);
    add_syscalls(explanation, width, out);
    add_files(explanation, width, out);
}

void terminal_add_explanations(const struct result *result, size_t width, struct str *out)
{
    const struct explanations *explanations = result->explanations;
    if (!explanations)
        return;
    str_add(out, "\n");
    for (size_t i = 0; i < explanations->benches.count; i++) {
        const struct explanation *explanation = &explanations->benches.items[i];
        if (!explanation->why.count)
            continue;
        add_sentences(result, explanation, width, out);
        add_smells(explanation, width, out);
        add_functions(explanation, FUNCTIONS_BELOW, width, out);
        add_syscalls(explanation, width, out);
        add_files(explanation, width, out);
    }
    for (size_t i = 0; i < explanations->left_out.count; i++) {
        AUTO_STR struct str line = STR_INIT;
        text_add_clean(&line, explanations->left_out.items[i], SHOWN_SENTENCE);
        text_add_wrapped(out, line.data, INDENT, width);
    }
}
