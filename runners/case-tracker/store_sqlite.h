/* A store in a SQLite file: each function reads or changes only the rows that it needs;
 * changes are one transaction. Functions as in store.h. */
#pragma once

#include "runners/case-tracker/case_list.h"

int store_sqlite_load(const char *path, struct case_list *cases, struct error *err)
    MUST_CHECK;
int store_sqlite_find(const char *path,
                      const uint64_t *numbers,
                      size_t count,
                      struct case_list *found,
                      struct error *err) MUST_CHECK;
int store_sqlite_count(const char *path, struct status_counts *counts, struct error *err)
    MUST_CHECK;
int store_sqlite_add_case(const char *path,
                          const char *title,
                          uint64_t *number,
                          struct error *err) MUST_CHECK;
int store_sqlite_add_note(const char *path,
                          uint64_t number,
                          const char *note,
                          struct error *err) MUST_CHECK;
int store_sqlite_transition(const char *path,
                            uint64_t number,
                            enum status to,
                            struct error *err) MUST_CHECK;
int store_sqlite_import(const char *path,
                        const char *csv_path,
                        uint64_t *count,
                        struct error *err) MUST_CHECK;
/* The same into a new store that takes path's place. */
int store_sqlite_import_new(const char *path,
                            const char *csv_path,
                            uint64_t *count,
                            struct error *err) MUST_CHECK;
