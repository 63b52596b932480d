#include "gate/verdict/program_result.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/array.h"
#include "gate/base/str.h"

#define LEAST_MOVED_BYTES 4096
#define LEAST_MOVED_SHARE 0.01

void program_results_clear(struct program_results *programs)
{
    for (size_t i = 0; i < programs->count; i++)
        free(programs->items[i].name);
    array_clear(programs);
}

bool program_differs(const struct program_result *program)
{
    const struct program_side *base = &program->sides[SIDE_BASE];
    const struct program_side *head = &program->sides[SIDE_HEAD];
    return base->is_there != head->is_there || base->has_parts != head->has_parts ||
           base->file_bytes != head->file_bytes || base->text_bytes != head->text_bytes ||
           base->data_bytes != head->data_bytes || base->bss_bytes != head->bss_bytes;
}

size_t program_results_differing(const struct program_results *programs)
{
    size_t count = 0;
    for (size_t i = 0; i < programs->count; i++)
        count += program_differs(&programs->items[i]);
    return count;
}

bool program_code_moved(const struct program_result *program)
{
    const struct program_side *base = &program->sides[SIDE_BASE];
    const struct program_side *head = &program->sides[SIDE_HEAD];
    double moved_bytes = fabs((double)head->text_bytes - (double)base->text_bytes);
    return base->has_parts && head->has_parts && moved_bytes >= LEAST_MOVED_BYTES &&
           moved_bytes >= LEAST_MOVED_SHARE * (double)base->text_bytes;
}

static bool has_name(const struct program_results *programs, const char *name)
{
    for (size_t i = 0; i < programs->count; i++) {
        if (str_equal(programs->items[i].name, name))
            return true;
    }
    return false;
}

static int compare_names(const void *a, const void *b)
{
    const struct program_result *x = a;
    const struct program_result *y = b;
    return strcmp(x->name, y->name);
}

void program_results_unite(struct program_results *to, struct program_results *from)
{
    for (size_t i = 0; i < from->count; i++) {
        struct program_result *program = &from->items[i];
        if (has_name(to, program->name))
            free(program->name);
        else
            *array_push(to) = *program;
    }
    array_clear(from);
    if (to->count)
        qsort(to->items, to->count, sizeof *to->items, compare_names);
}
