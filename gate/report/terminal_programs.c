#include "gate/report/terminal_programs.h"

#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/report/escape.h"
#include "gate/report/program_phrase.h"

enum {
    PROGRAMS_AT_MOST = 10
};

static void
add_program(struct str *out, const struct program_result *program, size_t width)
{
    AUTO_STR struct str line = STR_INIT;
    str_add(&line, "program ");
    text_add_clean(&line, program->name, SHOWN_NAME);
    str_add(&line, ": bytes of text ");
    program_add_part(&line, program, PROGRAM_TEXT);
    text_add_wrapped(out, line.data, 2, width);
}

void terminal_add_programs(const struct program_results *programs,
                           size_t width,
                           struct str *out)
{
    size_t count = 0;
    for (size_t i = 0; i < programs->count; i++) {
        if (!program_code_moved(&programs->items[i]))
            continue;
        if (++count <= PROGRAMS_AT_MOST)
            add_program(out, &programs->items[i], width);
    }
    if (count > PROGRAMS_AT_MOST)
        str_addf(out, "  … and %zu more programs\n", count - PROGRAMS_AT_MOST);
}
