/* libsqlite3 with our errors. Every message names the file. */
#pragma once

#include <stdint.h>

#include <sqlite3.h>

#include "gate/base/attributes.h"

struct error;

/* { 0 } is closed. */
struct db {
    sqlite3 *handle;
    const char *path; /* borrowed; for messages */
};

enum db_mode {
    DB_READ,
    DB_WRITE
};

/* Opens a case store that is there, and looks that it is one. Waits up to 5 s for other
 * writers. */
int db_open(struct db *db, const char *path, enum db_mode mode, struct error *err)
    MUST_CHECK;

/* Opens file (empty or missing) and makes it a case store; name is for messages. Nothing
 * is safe from a crash until the caller has synced the file: it is meant for a temporary
 * name. */
int db_create(struct db *db, const char *file, const char *name, struct error *err)
    MUST_CHECK;

/* Closes; a transaction that is open is rolled back. */
void db_close(struct db *db);
#define AUTO_DB AUTO(db_close)

int db_run(struct db *db, const char *sql, struct error *err) MUST_CHECK;

/* A statement to be ended with sqlite3_finalize; NULL on failure. */
sqlite3_stmt *db_prepare(struct db *db, const char *sql, struct error *err) MUST_CHECK;
void statement_release(sqlite3_stmt **statement);
#define AUTO_STATEMENT AUTO(statement_release)

/* The next row: 1, 0 for none, -1. */
int db_step(struct db *db, sqlite3_stmt *statement, struct error *err) MUST_CHECK;

/* "cannot use 'path': <SQLite's words>"; always -1. */
int db_error(const struct db *db, struct error *err);
