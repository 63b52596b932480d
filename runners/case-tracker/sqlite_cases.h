/* Cases in a SQLite store: rows to records and back. Each function works inside whatever
 * transaction the caller has begun. */
#pragma once

#include <stdbool.h>

#include "runners/case-tracker/case_list.h"
#include "runners/case-tracker/sqlite_db.h"

/* Statements that insert, prepared once. */
struct case_inserter {
    struct db *db;
    sqlite3_stmt *insert_case;
    sqlite3_stmt *insert_note;
};
int case_inserter_open(struct case_inserter *inserter, struct db *db, struct error *err)
    MUST_CHECK;
void case_inserter_close(struct case_inserter *inserter);
#define AUTO_CASE_INSERTER AUTO(case_inserter_close)

/* A number that is there already is an error with *is_duplicate set. */
int case_inserter_add(struct case_inserter *inserter,
                      const struct case_record *record,
                      bool *is_duplicate,
                      struct error *err) MUST_CHECK;

/* Appends all cases in the order of their numbers: one walk over both tables. */
int sqlite_cases_read(struct db *db, struct case_list *cases, struct error *err)
    MUST_CHECK;

/* Appends one case: 1, 0 when there is none, -1. */
int sqlite_cases_find(struct db *db,
                      uint64_t number,
                      struct case_list *cases,
                      struct error *err) MUST_CHECK;

int sqlite_cases_count(struct db *db, struct status_counts *counts, struct error *err)
    MUST_CHECK;

/* Appends the case in the columns number, title, status from first on, checked. */
int sqlite_cases_append_row(struct db *db,
                            sqlite3_stmt *row,
                            struct case_list *cases,
                            struct error *err) MUST_CHECK;
/* Appends the note in the column to the newest case, checked. */
int sqlite_cases_append_note(struct db *db,
                             sqlite3_stmt *row,
                             int column,
                             struct case_list *cases,
                             struct error *err) MUST_CHECK;
