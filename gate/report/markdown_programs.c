/* How large the programs are, where that differs. */
#include <stdint.h>

#include "gate/base/str.h"
#include "gate/report/escape.h"
#include "gate/report/markdown_page.h"
#include "gate/report/program_phrase.h"

enum {
    LISTED_AT_MOST = 50
};

static void add_program(struct str *line, const struct program_result *program)
{
    const char *presence = program_presence(program);
    str_add(line, "| ");
    markdown_add_code_cell(line, program->name ? program->name : "");
    str_addf(line, "%s%s", *presence ? ", " : "", presence);
    for (enum program_part part = 0; part < PROGRAM_PART_COUNT; part++) {
        AUTO_STR struct str cell = STR_INIT;
        program_add_part(&cell, program, part);
        str_add(line, " | ");
        markdown_add_unbroken(line, cell.data);
    }
    str_add(line, " |\n");
}

void markdown_add_program_table(struct str *out,
                                const struct program_results *programs,
                                size_t byte_limit)
{
    size_t end =
        byte_limit < SIZE_MAX - out->length ? out->length + byte_limit : SIZE_MAX;
    size_t left = program_results_differing(programs);
    size_t shown = 0;
    str_add(out, "| program | text | data | bss | file |\n|:--|--:|--:|--:|--:|\n");
    for (size_t i = 0; i < programs->count && shown < LISTED_AT_MOST; i++) {
        AUTO_STR struct str line = STR_INIT;
        if (!program_differs(&programs->items[i]))
            continue;
        add_program(&line, &programs->items[i]);
        if (out->length + line.length > end)
            break;
        str_add(out, line.data);
        shown++;
        left--;
    }
    if (left)
        str_addf(out, "\n… and %zu more, in the JSON result.\n", left);
    str_add(out, "\n" PROGRAM_LEGEND "\n\n");
}

void markdown_add_programs(struct str *out,
                           const struct result *result,
                           size_t byte_limit)
{
    const struct program_results *programs = &result->programs;
    if (!program_results_differing(programs))
        return;
    str_add(out, "<details><summary>");
    program_add_count(out, programs);
    str_add(out, "</summary>\n\n");
    markdown_add_program_table(out, programs, byte_limit);
    str_add(out, "</details>\n\n");
}
