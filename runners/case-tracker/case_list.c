#include "runners/case-tracker/case_list.h"

#include <string.h>

#include "gate/base/array.h"

void case_list_clear(struct case_list *cases)
{
    arena_clear(&cases->texts);
    array_clear(cases);
}

static void
add_note(struct case_list *cases, size_t position, const char *note, size_t length)
{
    struct case_record *item = &cases->items[position];
    if (item->note_count == item->note_capacity) {
        size_t grown = item->note_capacity ? item->note_capacity * 2 : 2;
        const char **notes = arena_take(&cases->texts, grown * sizeof *notes);
        for (size_t i = 0; i < item->note_count; i++)
            notes[i] = item->notes[i];
        item->notes = notes;
        item->note_capacity = grown;
    }
    item->notes[item->note_count++] = arena_copy(&cases->texts, note, length);
}

void case_list_append(struct case_list *cases, const struct case_record *record)
{
    struct case_record *item = array_push(cases);
    *item = (struct case_record){
        .number = record->number,
        .title = arena_copy(&cases->texts, record->title, strlen(record->title)),
        .status = record->status,
    };
    for (size_t i = 0; i < record->note_count; i++)
        case_list_add_last_note(cases, record->notes[i], strlen(record->notes[i]));
}

void case_list_add_note(struct case_list *cases, size_t position, const char *note)
{
    add_note(cases, position, note, strlen(note));
}

void case_list_add_last_note(struct case_list *cases, const char *note, size_t length)
{
    add_note(cases, cases->count - 1, note, length);
}

void case_list_count(const struct case_list *cases, struct status_counts *counts)
{
    *counts = (struct status_counts){ .all = cases->count };
    for (size_t i = 0; i < cases->count; i++)
        counts->of[cases->items[i].status]++;
}
