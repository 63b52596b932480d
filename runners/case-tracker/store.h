/* A store of cases, JSON or SQLite by the ending of its name. What changes it does so
 * whole or not at all: on every failure the store is as it was. */
#pragma once

#include <stdbool.h>

#include "runners/case-tracker/case_list.h"

/* Appends all cases to an empty list, in the store's order (JSON: the file's, SQLite: by
 * number). Every case is checked: this is what `validate` does. */
int store_load(const char *path, struct case_list *cases, struct error *err) MUST_CHECK;

/* Appends the cases with these numbers, in this order. One that is missing is an error.
 */
int store_find(const char *path,
               const uint64_t *numbers,
               size_t count,
               struct case_list *found,
               struct error *err) MUST_CHECK;

int store_count(const char *path, struct status_counts *counts, struct error *err)
    MUST_CHECK;

/* Adds a DRAFT case with the number after the highest. Makes the store where there is
 * none. */
int store_add_case(const char *path,
                   const char *title,
                   uint64_t *number,
                   struct error *err) MUST_CHECK;
int store_add_note(const char *path, uint64_t number, const char *note, struct error *err)
    MUST_CHECK;
int store_transition(const char *path, uint64_t number, enum status to, struct error *err)
    MUST_CHECK;

/* Adds the cases of a CSV file; *count of them. Makes the store where there is none; with
 * replace, what it held goes. */
int store_import(const char *path,
                 const char *csv_path,
                 bool replace,
                 uint64_t *count,
                 struct error *err) MUST_CHECK;

/* The sentences that both kinds of store use; always -1 (store_check_move: 0 where the
 * move is allowed). */
int store_missing(uint64_t number, struct error *err);
int store_full(const char *path, struct error *err);
int store_check_move(uint64_t number, enum status from, enum status to, struct error *err)
    MUST_CHECK;
