#include "runners/case-tracker/store_sqlite.h"

#include "runners/case-tracker/case_id.h"
#include "runners/case-tracker/case_writer.h"
#include "runners/case-tracker/csv_cases.h"
#include "runners/case-tracker/sqlite_cases.h"
#include "runners/case-tracker/store.h"

int store_sqlite_load(const char *path, struct case_list *cases, struct error *err)
{
    AUTO_DB struct db db = { 0 };
    /* Both tables are read in one transaction, so that they fit each other. */
    if (db_open(&db, path, DB_READ, err) < 0 || db_run(&db, "BEGIN", err) < 0)
        return -1;
    return sqlite_cases_read(&db, cases, err);
}

static int
find_existing(struct db *db, uint64_t number, struct case_list *found, struct error *err)
{
    int got = sqlite_cases_find(db, number, found, err);
    return got == 0 ? store_missing(number, err) : got;
}

int store_sqlite_find(const char *path,
                      const uint64_t *numbers,
                      size_t count,
                      struct case_list *found,
                      struct error *err)
{
    AUTO_DB struct db db = { 0 };
    if (db_open(&db, path, DB_READ, err) < 0 || db_run(&db, "BEGIN", err) < 0)
        return -1;
    for (size_t i = 0; i < count; i++) {
        if (find_existing(&db, numbers[i], found, err) < 0)
            return -1;
    }
    return 0;
}

int store_sqlite_count(const char *path, struct status_counts *counts, struct error *err)
{
    AUTO_DB struct db db = { 0 };
    if (db_open(&db, path, DB_READ, err) < 0)
        return -1;
    return sqlite_cases_count(&db, counts, err);
}

/* IMMEDIATE: the write lock comes first, so that what is read before the change still
 * holds when it is made. Closing without COMMIT rolls back. */
static int begin(struct db *db, const char *path, struct error *err)
{
    if (db_open(db, path, DB_WRITE, err) < 0)
        return -1;
    return db_run(db, "BEGIN IMMEDIATE", err);
}

static int highest_number(struct db *db, uint64_t *number, struct error *err)
{
    AUTO_STATEMENT sqlite3_stmt *statement =
        db_prepare(db, "SELECT coalesce(max(number), 0) FROM cases", err);
    if (!statement || db_step(db, statement, err) < 0)
        return -1;
    *number = (uint64_t)sqlite3_column_int64(statement, 0);
    return 0;
}

int store_sqlite_add_case(const char *path,
                          const char *title,
                          uint64_t *number,
                          struct error *err)
{
    AUTO_DB struct db db = { 0 };
    AUTO_CASE_INSERTER struct case_inserter inserter = { 0 };
    struct case_record added = { .title = title, .status = STATUS_DRAFT };
    bool is_duplicate = false;
    if (begin(&db, path, err) < 0 || highest_number(&db, &added.number, err) < 0)
        return -1;
    if (added.number++ >= CASE_NUMBER_MAX)
        return store_full(path, err);
    if (case_inserter_open(&inserter, &db, err) < 0 ||
        case_inserter_add(&inserter, &added, &is_duplicate, err) < 0 ||
        db_run(&db, "COMMIT", err) < 0)
        return -1;
    *number = added.number;
    return 0;
}

static int
insert_note(struct db *db, uint64_t number, const char *note, struct error *err)
{
    AUTO_STATEMENT sqlite3_stmt *statement = db_prepare(
        db,
        "INSERT INTO notes (case_number, position, text) VALUES (?1, (SELECT "
        "coalesce(max(position) + 1, 0) FROM notes WHERE case_number = ?1), ?2)",
        err);
    if (!statement)
        return -1;
    (void)sqlite3_bind_int64(statement, 1, (sqlite3_int64)number);
    (void)sqlite3_bind_text(statement, 2, note, -1, SQLITE_STATIC);
    return db_step(db, statement, err);
}

int store_sqlite_add_note(const char *path,
                          uint64_t number,
                          const char *note,
                          struct error *err)
{
    AUTO_DB struct db db = { 0 };
    AUTO_CASES struct case_list found = { 0 };
    if (begin(&db, path, err) < 0 || find_existing(&db, number, &found, err) < 0 ||
        insert_note(&db, number, note, err) < 0)
        return -1;
    return db_run(&db, "COMMIT", err);
}

static int
update_status(struct db *db, uint64_t number, enum status to, struct error *err)
{
    AUTO_STATEMENT sqlite3_stmt *statement =
        db_prepare(db, "UPDATE cases SET status = ?2 WHERE number = ?1", err);
    if (!statement)
        return -1;
    (void)sqlite3_bind_int64(statement, 1, (sqlite3_int64)number);
    (void)sqlite3_bind_text(statement, 2, status_name(to), -1, SQLITE_STATIC);
    return db_step(db, statement, err);
}

int store_sqlite_transition(const char *path,
                            uint64_t number,
                            enum status to,
                            struct error *err)
{
    AUTO_DB struct db db = { 0 };
    AUTO_CASES struct case_list found = { 0 };
    if (begin(&db, path, err) < 0 || find_existing(&db, number, &found, err) < 0 ||
        store_check_move(number, found.items[0].status, to, err) < 0 ||
        update_status(&db, number, to, err) < 0)
        return -1;
    return db_run(&db, "COMMIT", err);
}

/* SQLite says only that the number is there. Whether it was there before the import is
 * seen when the import is undone. */
static int refuse_duplicate(struct db *db,
                            const struct csv_cases *rows,
                            uint64_t number,
                            struct error *err)
{
    AUTO_CASES struct case_list found = { 0 };
    error_clear(err);
    if (db_run(db, "ROLLBACK", err) < 0)
        return -1;
    int was_there = sqlite_cases_find(db, number, &found, err);
    if (was_there < 0)
        return -1;
    return csv_error(&rows->csv, err, "'%s' is in the %s already",
                     case_id_text(number).text, was_there ? "store" : "file");
}

static int
insert_rows(struct db *db, struct csv_cases *rows, uint64_t *count, struct error *err)
{
    AUTO_CASE_INSERTER struct case_inserter inserter = { 0 };
    if (case_inserter_open(&inserter, db, err) < 0)
        return -1;
    struct case_record record;
    int got = csv_cases_next(rows, &record, err);
    for (; got == 1; got = csv_cases_next(rows, &record, err)) {
        bool is_duplicate = false;
        if (case_inserter_add(&inserter, &record, &is_duplicate, err) < 0)
            return is_duplicate ? refuse_duplicate(db, rows, record.number, err) : -1;
        ++*count;
    }
    return got;
}

int store_sqlite_import(const char *path,
                        const char *csv_path,
                        uint64_t *count,
                        struct error *err)
{
    AUTO_DB struct db db = { 0 };
    AUTO_CSV_CASES struct csv_cases rows = { 0 };
    uint64_t inserted = 0;
    if (begin(&db, path, err) < 0 || csv_cases_open(&rows, csv_path, err) < 0 ||
        insert_rows(&db, &rows, &inserted, err) < 0 || db_run(&db, "COMMIT", err) < 0)
        return -1;
    *count = inserted;
    return 0;
}

/* Row in, case out: nothing is kept in memory. */
static int write_rows(struct case_writer *writer,
                      struct csv_cases *rows,
                      uint64_t *count,
                      struct error *err)
{
    struct case_record record;
    int got = csv_cases_next(rows, &record, err);
    for (; got == 1; got = csv_cases_next(rows, &record, err)) {
        if (case_writer_add(writer, &record, err) < 0)
            return error_prefix(err, "in '%s', line %zu: ", rows->csv.path,
                                rows->csv.row_line);
        ++*count;
    }
    return got;
}

int store_sqlite_import_new(const char *path,
                            const char *csv_path,
                            uint64_t *count,
                            struct error *err)
{
    AUTO_CSV_CASES struct csv_cases rows = { 0 };
    if (csv_cases_open(&rows, csv_path, err) < 0)
        return -1;
    AUTO_CASE_WRITER struct case_writer *writer = case_writer_open(path, err);
    uint64_t written = 0;
    if (!writer || write_rows(writer, &rows, &written, err) < 0 ||
        case_writer_commit(writer, err) < 0)
        return -1;
    *count = written;
    return 0;
}
