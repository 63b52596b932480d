#include "gate/report/program_phrase.h"

#include <math.h>
#include <stdlib.h>

#include "gate/base/str.h"
#include "gate/base/units.h"
#include "gate/report/phrase.h"

const char *program_part_name(enum program_part part)
{
    static const char *const names[PROGRAM_PART_COUNT] = { [PROGRAM_TEXT] = "text",
                                                           [PROGRAM_DATA] = "data",
                                                           [PROGRAM_BSS] = "bss",
                                                           [PROGRAM_FILE] = "file" };
    return names[part];
}

bool program_side_has(const struct program_side *side, enum program_part part)
{
    return side->is_there && (part == PROGRAM_FILE || side->has_parts);
}

double program_part_bytes(const struct program_side *side, enum program_part part)
{
    switch (part) {
    case PROGRAM_TEXT:
        return (double)side->text_bytes;
    case PROGRAM_DATA:
        return (double)side->data_bytes;
    case PROGRAM_BSS:
        return (double)side->bss_bytes;
    case PROGRAM_FILE:
        return (double)side->file_bytes;
    case PROGRAM_PART_COUNT:
        break;
    }
    abort();
}

void program_add_part(struct str *out,
                      const struct program_result *program,
                      enum program_part part)
{
    const struct program_side *base = &program->sides[SIDE_BASE];
    const struct program_side *head = &program->sides[SIDE_HEAD];
    bool has_both = program_side_has(base, part) && program_side_has(head, part);
    if (!program_side_has(base, part) && !program_side_has(head, part))
        return;
    double before = program_part_bytes(base, part);
    double after = program_part_bytes(head, part);
    double added = after - before;
    if (!has_both || !(added < 0 || added > 0)) {
        units_add_count(out, program_side_has(head, part) ? after : before);
        return;
    }
    units_add_count(out, before);
    str_add(out, " -> ");
    units_add_count(out, after);
    str_add(out, added > 0 ? " (+" : " (");
    units_add_count(out, added);
    if (before > 0) {
        str_add(out, ", ");
        units_add_change_pct(out, added / before);
    }
    str_add_char(out, ')');
}

const char *program_presence(const struct program_result *program)
{
    if (program->sides[SIDE_BASE].is_there == program->sides[SIDE_HEAD].is_there)
        return "";
    return program->sides[SIDE_HEAD].is_there ? "new" : "gone";
}

static double added_text_bytes(const struct program_results *programs)
{
    double sum = 0;
    for (size_t i = 0; i < programs->count; i++) {
        const struct program_side *base = &programs->items[i].sides[SIDE_BASE];
        const struct program_side *head = &programs->items[i].sides[SIDE_HEAD];
        if (program_side_has(base, PROGRAM_TEXT) && program_side_has(head, PROGRAM_TEXT))
            sum += program_part_bytes(head, PROGRAM_TEXT) -
                   program_part_bytes(base, PROGRAM_TEXT);
    }
    return sum;
}

void program_add_count(struct str *out, const struct program_results *programs)
{
    size_t count = program_results_differing(programs);
    str_addf(out, "%zu of ", count);
    phrase_add_count(out, programs->count, "program");
    str_add(out, count == 1 ? " differs in size" : " differ in size");
    double added = added_text_bytes(programs);
    if (!(added < 0 || added > 0))
        return;
    str_add(out, added > 0 ? ": text +" : ": text ");
    units_add_count(out, added);
    str_add(out, " bytes in all");
}
