#include "runners/case-tracker/duplicates.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "runners/case-tracker/case_format.h"
#include "runners/case-tracker/case_id.h"
#include "runners/case-tracker/case_list.h"
#include "runners/case-tracker/title.h"

/* A table from normalised title to the first case that has it: open addressing, at most
 * half full. The texts stand one after the other in one str. */
struct seen {
    const char *text;
    uint64_t hash;
    size_t position;
};

/* FNV-1a: good enough for titles, three lines long. Its high half picks the slot. */
static uint64_t hash_of(const char *text)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
    return hash;
}

static size_t first_with(struct seen *table, size_t mask, const struct seen *title)
{
    size_t slot = (size_t)(title->hash >> 20) & mask;
    while (table[slot].text) {
        if (table[slot].hash == title->hash && str_equal(table[slot].text, title->text))
            return table[slot].position;
        slot = (slot + 1) & mask;
    }
    table[slot] = *title;
    return title->position;
}

static size_t table_size(size_t count)
{
    size_t size = 16;
    while (size < count * 2)
        size *= 2;
    return size;
}

size_t *duplicates_first(const struct case_list *cases)
{
    size_t *first = xcalloc(cases->count, sizeof *first);
    size_t size = table_size(cases->count);
    AUTO_FREE struct seen *table = xcalloc(size, sizeof *table);
    struct arena texts = { 0 };
    AUTO_STR struct str text = STR_INIT;
    for (size_t i = 0; i < cases->count; i++) {
        str_reset(&text);
        title_add_normal(&text, cases->items[i].title);
        struct seen title = {
            .text = arena_copy(&texts, text.data, text.length),
            .hash = hash_of(text.data),
            .position = i,
        };
        first[i] = first_with(table, size - 1, &title);
    }
    arena_clear(&texts);
    return first;
}

/* Counting sort: sizes of the groups, then where each begins, then the members. */
void duplicates_group(struct duplicates *duplicates, const size_t *first, size_t count)
{
    *duplicates = (struct duplicates){
        .members = xcalloc(count, sizeof *duplicates->members),
        .starts = xcalloc(count + 1, sizeof *duplicates->starts),
    };
    AUTO_FREE size_t *size_of = xcalloc(count, sizeof *size_of);
    AUTO_FREE size_t *next_of = xcalloc(count, sizeof *next_of);
    for (size_t i = 0; i < count; i++)
        size_of[first[i]]++;
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        if (size_of[i] < 2)
            continue;
        duplicates->starts[duplicates->count++] = used;
        next_of[i] = used;
        used += size_of[i];
    }
    duplicates->starts[duplicates->count] = used;
    for (size_t i = 0; i < count; i++) {
        if (size_of[first[i]] >= 2)
            duplicates->members[next_of[first[i]]++] = i;
    }
}

void duplicates_clear(struct duplicates *duplicates)
{
    free(duplicates->members);
    free(duplicates->starts);
    *duplicates = (struct duplicates){ 0 };
}

static void add_ids(struct str *text,
                    const struct duplicates *duplicates,
                    size_t group,
                    const struct case_list *cases,
                    const char *separator)
{
    for (size_t i = duplicates->starts[group]; i < duplicates->starts[group + 1]; i++) {
        str_add(text, i == duplicates->starts[group] ? "" : separator);
        case_id_add(text, cases->items[duplicates->members[i]].number);
    }
}

static const char *
title_of(const struct duplicates *duplicates, size_t group, const struct case_list *cases)
{
    return cases->items[duplicates->members[duplicates->starts[group]]].title;
}

void duplicates_add_text(struct str *text,
                         const struct duplicates *duplicates,
                         const struct case_list *cases)
{
    for (size_t group = 0; group < duplicates->count; group++) {
        str_add(text, title_of(duplicates, group, cases));
        str_add(text, ": ");
        add_ids(text, duplicates, group, cases, ", ");
        str_add_char(text, '\n');
    }
}

void duplicates_add_json(struct str *text,
                         const struct duplicates *duplicates,
                         const struct case_list *cases)
{
    str_add_char(text, '[');
    for (size_t group = 0; group < duplicates->count; group++) {
        str_add(text, group ? ",\n{\"title\":" : "\n{\"title\":");
        json_add_string(text, title_of(duplicates, group, cases));
        str_add(text, ",\"ids\":[\"");
        add_ids(text, duplicates, group, cases, "\",\"");
        str_add(text, "\"]}");
    }
    str_add(text, duplicates->count ? "\n]\n" : "]\n");
}
