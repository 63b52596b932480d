/* Cases in memory, in the order of their store. */
#pragma once

#include "runners/case-tracker/arena.h"
#include "runners/case-tracker/case.h"

/* { 0 } is empty. Owns the texts of its items. */
struct case_list {
    struct case_record *items;
    size_t count;
    size_t capacity;
    struct arena texts;
};

void case_list_clear(struct case_list *cases);
#define AUTO_CASES AUTO(case_list_clear)

/* Appends a copy of record, texts and all. Whether its number is new is the caller's
 * question to case_index_add. */
void case_list_append(struct case_list *cases, const struct case_record *record);

/* Appends a note to the case at position. */
void case_list_add_note(struct case_list *cases, size_t position, const char *note);

/* Appends a note of length bytes to the newest case. */
void case_list_add_last_note(struct case_list *cases, const char *note, size_t length);

/* How many cases stand where. */
struct status_counts {
    uint64_t of[STATUS_COUNT];
    uint64_t all;
};
void case_list_count(const struct case_list *cases, struct status_counts *counts);
