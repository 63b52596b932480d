#include "gate/base/str.h"
#include "gate/report/escape.h"
#include "gate/report/explanation_phrase.h"
#include "gate/report/markdown_page.h"

#define FUNCTIONS_HEAD                                                                    \
    "| function | calls | self | with what it calls | share of the difference | note |\n" \
    "|:--|--:|--:|--:|--:|:--|\n"
#define FILES_HEAD    "| file | opened | reads | writes | time |\n|:--|--:|--:|--:|--:|\n"
#define SYSCALLS_HEAD "| system call | calls | time |\n|:--|--:|--:|\n"

static void add_both(struct str *line, int64_t base, int64_t head)
{
    str_add(line, " | ");
    explanation_add_both(line, base, head);
}

static void add_name(struct str *line, const struct explained_function *function)
{
    AUTO_STR struct str place = STR_INIT;
    explanation_add_place(&place, function, false);
    str_add(line, "| ");
    markdown_add_code_cell(line, function->name);
    if (!place.length)
        return;
    str_add(line, " ");
    markdown_add_code_cell(line, place.data);
}

static void add_function(struct page *page,
                         const struct explanation *explanation,
                         const struct explained_function *function)
{
    AUTO_STR struct str line = STR_INIT;
    add_name(&line, function);
    if (!explanation_has_calls(explanation))
        str_add(&line, " | –");
    else
        add_both(&line, function->base_calls, function->head_calls);
    str_add(&line, " | ");
    explanation_add_costs(&line, explanation, function->base_self, function->head_self);
    str_add(&line, " | ");
    explanation_add_costs(&line, explanation, function->base_inclusive,
                          function->head_inclusive);
    str_add(&line, " | ");
    explanation_add_share(&line, function->self_share);
    str_add(&line, " | ");
    str_add(&line, function->is_edited ? "edited" : "");
    if (function->note && *function->note) {
        str_add(&line, function->is_edited ? "; " : "");
        markdown_add_prose(&line, function->note);
    }
    str_add(&line, " |\n");
    (void)page_add(page, &line);
}

static void add_functions(struct page *page, const struct explanation *explanation)
{
    if (!explanation->functions.count)
        return;
    str_add(page->out, FUNCTIONS_HEAD);
    for (size_t i = 0; i < explanation->functions.count && i < EXPLAINED_FUNCTIONS; i++)
        add_function(page, explanation, &explanation->functions.items[i]);
    str_addf(page->out, "\n%s, ", explanation_unit(explanation));
    markdown_add_prose(page->out, explanation->source);
    str_add_char(page->out, '.');
    if (explanation_has_flame(explanation) && !page->is_kept) {
        str_add(page->out, " Flame graph: ");
        markdown_add_code(page->out, explanation->flame);
        str_add(page->out, ", in the folder of the result.");
    }
    str_add(page->out, "\n\n");
}

static void add_syscalls(struct page *page, const struct explanation *explanation)
{
    if (!explanation->syscalls.count)
        return;
    str_add(page->out, SYSCALLS_HEAD);
    for (size_t i = 0; i < explanation->syscalls.count && i < EXPLAINED_SYSCALLS; i++) {
        const struct explained_syscall *syscall = &explanation->syscalls.items[i];
        AUTO_STR struct str line = STR_INIT;
        str_add(&line, "| ");
        markdown_add_code_cell(&line, syscall->name);
        add_both(&line, syscall->base_calls, syscall->head_calls);
        str_add(&line, " | ");
        explanation_add_times(&line, syscall->base_s, syscall->head_s);
        str_add(&line, " |\n");
        (void)page_add(page, &line);
    }
    str_add(page->out, "\nOne run a side under strace, all threads and processes.\n\n");
}

static void add_files(struct page *page, const struct explanation *explanation)
{
    if (!explanation->files.count)
        return;
    str_add(page->out, FILES_HEAD);
    for (size_t i = 0; i < explanation->files.count && i < EXPLAINED_FILES; i++) {
        const struct explained_file *file = &explanation->files.items[i];
        const struct explained_file_use *base = &file->sides[SIDE_BASE];
        const struct explained_file_use *head = &file->sides[SIDE_HEAD];
        AUTO_STR struct str line = STR_INIT;
        str_add(&line, "| ");
        markdown_add_code_cell(&line, file->name);
        add_both(&line, base->opens, head->opens);
        add_both(&line, base->reads, head->reads);
        add_both(&line, base->writes, head->writes);
        str_add(&line, " | ");
        explanation_add_times(&line, base->seconds, head->seconds);
        str_add(&line, " |\n");
        (void)page_add(page, &line);
    }
    str_add(page->out, "\nFiles whose calls differ, one run a side under strace.\n\n");
}

static void add_smells(struct page *page, const struct explanation *explanation)
{
    for (size_t i = 0; i < explanation->smells.count && i < EXPLAINED_SMELLS; i++) {
        AUTO_STR struct str text = STR_INIT;
        AUTO_STR struct str line = STR_INIT;
        str_add(&text, "smells: ");
        explanation_add_smell(&text, &explanation->smells.items[i]);
        markdown_add_item(&line, text.data);
        (void)page_add(page, &line);
    }
    str_add(page->out, explanation->smells.count ? "\n" : "");
}

static bool add_one(struct page *page, const struct explanation *explanation)
{
    AUTO_STR struct str name = STR_INIT;
    AUTO_STR struct str line = STR_INIT;
    explanation_add_name(&name, page->result, explanation);
    str_add(&line, "**");
    markdown_add_code(&line, name.data);
    str_add(&line, "**:");
    for (size_t i = 0; i < explanation->why.count; i++) {
        AUTO_STR struct str sentence = STR_INIT;
        explanation_add_sentence(&sentence, explanation->why.items[i]);
        str_add_char(&line, ' ');
        markdown_add_prose(&line, sentence.data);
    }
    str_add(&line, "\n\n");
    if (!page_add(page, &line))
        return false;
    add_smells(page, explanation);
    add_functions(page, explanation);
    add_syscalls(page, explanation);
    add_files(page, explanation);
    return true;
}

void page_add_explanations(struct page *page)
{
    const struct explanations *explanations = page->result->explanations;
    size_t left_out = 0;
    if (!explanations)
        return;
    str_add(page->out, "### Why\n\n");
    for (size_t i = 0; i < explanations->benches.count; i++) {
        const struct explanation *explanation = &explanations->benches.items[i];
        if (explanation->why.count)
            left_out += !add_one(page, explanation);
    }
    page_add_left_out(page, left_out, "explanation");
    for (size_t i = 0; i < explanations->left_out.count; i++) {
        AUTO_STR struct str line = STR_INIT;
        markdown_add_item(&line, explanations->left_out.items[i]);
        (void)page_add(page, &line);
    }
    str_add(page->out, explanations->left_out.count ? "\n" : "");
}
