#include "gate/base/str.h"
#include "gate/report/html_parts.h"
#include "gate/report/program_phrase.h"

static void add_program(struct str *out, const struct program_result *program)
{
    const char *presence = program_presence(program);
    str_add(out, "<tr><th scope=\"row\">");
    html_add_code(out, program->name);
    str_addf(out, "%s%s</th>", *presence ? ", " : "", presence);
    for (enum program_part part = 0; part < PROGRAM_PART_COUNT; part++) {
        AUTO_STR struct str cell = STR_INIT;
        program_add_part(&cell, program, part);
        html_add_number_cell(out, cell.data);
    }
    str_add(out, "</tr>\n");
}

void html_add_programs(struct str *out, const struct result *result)
{
    static const char *const heads[] = { "Program", ">Text", ">Data",
                                         ">Bss",    ">File", NULL };
    const struct program_results *programs = &result->programs;
    size_t left = program_results_differing(programs);
    size_t shown = 0;
    if (!left)
        return;
    str_add(out, "<section aria-label=\"Sizes of programs\"><details><summary>");
    program_add_count(out, programs);
    str_add(out, "</summary>\n");
    html_open_table(out, "Programs whose size differs", heads);
    for (size_t i = 0; i < programs->count && shown < HTML_LISTED; i++) {
        if (!program_differs(&programs->items[i]))
            continue;
        add_program(out, &programs->items[i]);
        shown++;
    }
    html_close_table(out);
    html_add_left_out(out, left - shown, "program");
    str_add(out, "<p class=\"aside\">" PROGRAM_LEGEND "</p>\n</details></section>\n");
}
