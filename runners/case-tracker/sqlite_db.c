#include "runners/case-tracker/sqlite_db.h"

#include <string.h>
#include <unistd.h>

#include "gate/base/error.h"
#include "gate/base/file.h"
#include "runners/case-tracker/case.h"

/* "CASE" in ASCII: SQLite keeps it at a fixed place of the file's header. */
#define APPLICATION_ID "1128354629"

int db_error(const struct db *db, struct error *err)
{
    return error_set(err, ERROR_CASES, "cannot use '%s': %s", db->path,
                     sqlite3_errmsg(db->handle));
}

void db_close(struct db *db)
{
    sqlite3_close(db->handle);
    *db = (struct db){ 0 };
}

void statement_release(sqlite3_stmt **statement)
{
    sqlite3_finalize(*statement);
    *statement = NULL;
}

int db_run(struct db *db, const char *sql, struct error *err)
{
    return sqlite3_exec(db->handle, sql, NULL, NULL, NULL) == SQLITE_OK
               ? 0
               : db_error(db, err);
}

sqlite3_stmt *db_prepare(struct db *db, const char *sql, struct error *err)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(db->handle, sql, -1, &statement, NULL) != SQLITE_OK)
        db_error(db, err);
    return statement;
}

int db_step(struct db *db, sqlite3_stmt *statement, struct error *err)
{
    int result = sqlite3_step(statement);
    if (result == SQLITE_ROW)
        return 1;
    return result == SQLITE_DONE ? 0 : db_error(db, err);
}

static int check_is_store(struct db *db, struct error *err)
{
    AUTO_STATEMENT sqlite3_stmt *statement = db_prepare(db, "PRAGMA application_id", err);
    if (!statement)
        return -1;
    int got = db_step(db, statement, err);
    if (got < 0)
        return -1;
    const unsigned char *id = got ? sqlite3_column_text(statement, 0) : NULL;
    if (!id || strcmp((const char *)id, APPLICATION_ID) != 0)
        return error_set(err, ERROR_CASES,
                         "cannot use '%s': a SQLite database, but not a case store",
                         db->path);
    return 0;
}

static int open_handle(
    struct db *db, const char *file, const char *name, int flags, struct error *err)
{
    struct db opened = { .path = name };
    /* One thread has it, so that SQLite need not lock it at every call. */
    if (sqlite3_open_v2(file, &opened.handle, flags | SQLITE_OPEN_NOMUTEX, NULL) !=
        SQLITE_OK) {
        db_error(&opened, err);
        db_close(&opened);
        return -1;
    }
    *db = opened;
    return 0;
}

int db_open(struct db *db, const char *path, enum db_mode mode, struct error *err)
{
    if (access(path, R_OK) < 0) /* says more than "unable to open database file" */
        return error_errno(err, "cannot open '%s'", path);
    struct db opened = { 0 };
    int flags = mode == DB_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    if (open_handle(&opened, path, path, flags, err) < 0)
        return -1;
    sqlite3_busy_timeout(opened.handle, 5000);
    if (check_is_store(&opened, err) < 0) {
        db_close(&opened);
        return -1;
    }
    *db = opened;
    return 0;
}

/* Everything that the bytes of a fresh store depend on is set here. */
static const char schema[] =
    "PRAGMA page_size = 4096; PRAGMA encoding = 'UTF-8'; PRAGMA auto_vacuum = 0;"
    "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;"
    "BEGIN;"
    "PRAGMA application_id = " APPLICATION_ID "; PRAGMA user_version = 1;"
    "CREATE TABLE cases ("
    " number INTEGER PRIMARY KEY CHECK (number > 0),"
    " title TEXT NOT NULL,"
    " status TEXT NOT NULL);"
    "CREATE TABLE notes ("
    " case_number INTEGER NOT NULL REFERENCES cases (number),"
    " position INTEGER NOT NULL,"
    " text TEXT NOT NULL,"
    " PRIMARY KEY (case_number, position)) WITHOUT ROWID;"
    "COMMIT;";

int db_create(struct db *db, const char *file, const char *name, struct error *err)
{
    struct db opened = { 0 };
    if (open_handle(&opened, file, name, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                    err) < 0)
        return -1;
    if (db_run(&opened, schema, err) < 0) {
        db_close(&opened);
        return -1;
    }
    *db = opened;
    return 0;
}
