#include "runners/case-tracker/sqlite_cases.h"

#include <string.h>

#include "runners/case-tracker/case_id.h"

int case_inserter_open(struct case_inserter *inserter, struct db *db, struct error *err)
{
    struct case_inserter opened = { .db = db };
    opened.insert_case = db_prepare(
        db, "INSERT INTO cases (number, title, status) VALUES (?1, ?2, ?3)", err);
    opened.insert_note = db_prepare(
        db, "INSERT INTO notes (case_number, position, text) VALUES (?1, ?2, ?3)", err);
    if (!opened.insert_case || !opened.insert_note) {
        case_inserter_close(&opened);
        return -1;
    }
    *inserter = opened;
    return 0;
}

void case_inserter_close(struct case_inserter *inserter)
{
    statement_release(&inserter->insert_case);
    statement_release(&inserter->insert_note);
}

/* Binding fails only for columns that are not there. */
static void bind_text(sqlite3_stmt *statement, int column, const char *text)
{
    (void)sqlite3_bind_text(statement, column, text, -1, SQLITE_STATIC);
}

static int insert(struct db *db, sqlite3_stmt *statement, struct error *err)
{
    int result = db_step(db, statement, err);
    (void)sqlite3_reset(statement);
    return result;
}

int case_inserter_add(struct case_inserter *inserter,
                      const struct case_record *record,
                      bool *is_duplicate,
                      struct error *err)
{
    struct db *db = inserter->db;
    (void)sqlite3_bind_int64(inserter->insert_case, 1, (sqlite3_int64)record->number);
    bind_text(inserter->insert_case, 2, record->title);
    bind_text(inserter->insert_case, 3, status_name(record->status));
    if (insert(db, inserter->insert_case, err) < 0) {
        *is_duplicate =
            sqlite3_extended_errcode(db->handle) == SQLITE_CONSTRAINT_PRIMARYKEY;
        return -1;
    }
    (void)sqlite3_bind_int64(inserter->insert_note, 1, (sqlite3_int64)record->number);
    for (size_t i = 0; i < record->note_count; i++) {
        (void)sqlite3_bind_int64(inserter->insert_note, 2, (sqlite3_int64)i);
        bind_text(inserter->insert_note, 3, record->notes[i]);
        if (insert(db, inserter->insert_note, err) < 0)
            return -1;
    }
    return 0;
}

/* A column's text; "" for NULL, which no check lets pass. */
static const char *text_of(sqlite3_stmt *row, int column)
{
    const unsigned char *text = sqlite3_column_text(row, column);
    return text ? (const char *)text : "";
}

int sqlite_cases_append_row(struct db *db,
                            sqlite3_stmt *row,
                            struct case_list *cases,
                            struct error *err)
{
    struct case_record record = {
        .number = (uint64_t)sqlite3_column_int64(row, 0),
        .title = text_of(row, 1),
    };
    if (record.number > CASE_NUMBER_MAX)
        return error_set(err, ERROR_CASES, "in '%s': the number %s is out of range",
                         db->path, text_of(row, 0));
    if (case_check_title(record.title, err) < 0 ||
        status_parse(text_of(row, 2), &record.status, err) < 0)
        return error_prefix(err, "in '%s', case '%s': ", db->path,
                            case_id_text(record.number).text);
    case_list_append(cases, &record);
    return 0;
}

int sqlite_cases_append_note(struct db *db,
                             sqlite3_stmt *row,
                             int column,
                             struct case_list *cases,
                             struct error *err)
{
    const char *note = text_of(row, column);
    if (case_check_note(note, err) < 0)
        return error_prefix(err, "in '%s', case '%s': ", db->path,
                            case_id_text(cases->items[cases->count - 1].number).text);
    case_list_add_last_note(cases, note, strlen(note));
    return 0;
}

/* Both tables are kept in the order of the case's number, so they are read side by side,
 * each once: no join, no sorting. notes stands at a row or is used up (*has_note 0). */
static int take_notes(struct db *db,
                      sqlite3_stmt *notes,
                      int *has_note,
                      struct case_list *cases,
                      struct error *err)
{
    uint64_t number = cases->items[cases->count - 1].number;
    while (*has_note == 1 && (uint64_t)sqlite3_column_int64(notes, 0) == number) {
        if (sqlite_cases_append_note(db, notes, 1, cases, err) < 0)
            return -1;
        *has_note = db_step(db, notes, err);
    }
    return *has_note < 0 ? -1 : 0;
}

static int read_side_by_side(struct db *db,
                             sqlite3_stmt *rows,
                             sqlite3_stmt *notes,
                             struct case_list *cases,
                             struct error *err)
{
    int has_note = db_step(db, notes, err);
    int has_row = has_note < 0 ? -1 : db_step(db, rows, err);
    while (has_row == 1) {
        if (sqlite_cases_append_row(db, rows, cases, err) < 0 ||
            take_notes(db, notes, &has_note, cases, err) < 0)
            return -1;
        has_row = db_step(db, rows, err);
    }
    if (has_row == 0 && has_note == 1)
        return error_set(err, ERROR_CASES, "in '%s': a note of '%s', which is not there",
                         db->path,
                         case_id_text((uint64_t)sqlite3_column_int64(notes, 0)).text);
    return has_row;
}

int sqlite_cases_read(struct db *db, struct case_list *cases, struct error *err)
{
    AUTO_STATEMENT sqlite3_stmt *rows =
        db_prepare(db, "SELECT number, title, status FROM cases ORDER BY number", err);
    AUTO_STATEMENT sqlite3_stmt *notes = db_prepare(
        db, "SELECT case_number, text FROM notes ORDER BY case_number, position", err);
    if (!rows || !notes)
        return -1;
    return read_side_by_side(db, rows, notes, cases, err);
}

static int
find_notes(struct db *db, uint64_t number, struct case_list *cases, struct error *err)
{
    AUTO_STATEMENT sqlite3_stmt *notes = db_prepare(
        db, "SELECT text FROM notes WHERE case_number = ?1 ORDER BY position", err);
    if (!notes)
        return -1;
    (void)sqlite3_bind_int64(notes, 1, (sqlite3_int64)number);
    int got = db_step(db, notes, err);
    for (; got == 1; got = db_step(db, notes, err)) {
        if (sqlite_cases_append_note(db, notes, 0, cases, err) < 0)
            return -1;
    }
    return got;
}

int sqlite_cases_find(struct db *db,
                      uint64_t number,
                      struct case_list *cases,
                      struct error *err)
{
    AUTO_STATEMENT sqlite3_stmt *row =
        db_prepare(db, "SELECT number, title, status FROM cases WHERE number = ?1", err);
    if (!row)
        return -1;
    (void)sqlite3_bind_int64(row, 1, (sqlite3_int64)number);
    int got = db_step(db, row, err);
    if (got <= 0)
        return got;
    if (sqlite_cases_append_row(db, row, cases, err) < 0 ||
        find_notes(db, number, cases, err) < 0)
        return -1;
    return 1;
}

int sqlite_cases_count(struct db *db, struct status_counts *counts, struct error *err)
{
    AUTO_STATEMENT sqlite3_stmt *rows =
        db_prepare(db, "SELECT status, count(*) FROM cases GROUP BY status", err);
    if (!rows)
        return -1;
    struct status_counts counted = { 0 };
    int got = db_step(db, rows, err);
    for (; got == 1; got = db_step(db, rows, err)) {
        enum status status = STATUS_DRAFT;
        if (status_parse(text_of(rows, 0), &status, err) < 0)
            return error_prefix(err, "in '%s': ", db->path);
        counted.of[status] = (uint64_t)sqlite3_column_int64(rows, 1);
        counted.all += counted.of[status];
    }
    if (got == 0)
        *counts = counted;
    return got;
}
