/* All notes of all cases from SQLite: how many questions does it take? */
#include "gate/base/str.h"
#include "runners/case-tracker/case_id.h"
#include "runners/case-tracker/sqlite_cases.h"
#include "runners/case-tracker/suite/suite.h"

enum {
    BATCH_SIZE = 500
};

/* What every way has to find: each case with its notes, in order. The text is a digest of
 * it, so that writing is no part of the work. */
struct digest {
    uint64_t hash;
    size_t cases;
    size_t notes;
};

static void take_case(struct digest *digest, sqlite3_int64 number)
{
    digest->hash = digest->hash * 31 + (uint64_t)number;
    digest->cases++;
}

static void take_note(struct digest *digest, sqlite3_stmt *row, int column)
{
    const char *note = (const char *)sqlite3_column_text(row, column);
    digest->hash = digest->hash * 31 + (uint64_t)sqlite3_column_bytes(row, column);
    digest->hash = digest->hash * 31 + (uint64_t)(note ? (unsigned char)*note : 0);
    digest->notes++;
}

/* One question: a row for each note, the case's number beside it. */
static int joined(struct db *db, struct digest *digest, struct error *err)
{
    AUTO_STATEMENT sqlite3_stmt *rows =
        db_prepare(db,
                   "SELECT cases.number, notes.text FROM cases LEFT JOIN notes ON "
                   "notes.case_number = cases.number ORDER BY cases.number, "
                   "notes.position",
                   err);
    if (!rows)
        return -1;
    sqlite3_int64 newest = 0;
    int got = db_step(db, rows, err);
    for (; got == 1; got = db_step(db, rows, err)) {
        if (sqlite3_column_int64(rows, 0) != newest) {
            newest = sqlite3_column_int64(rows, 0);
            take_case(digest, newest);
        }
        if (sqlite3_column_type(rows, 1) != SQLITE_NULL)
            take_note(digest, rows, 1);
    }
    return got;
}

/* Two questions, their answers read side by side: both come in the order of the case's
 * number. */
static int side_by_side(struct db *db, struct digest *digest, struct error *err)
{
    AUTO_STATEMENT sqlite3_stmt *rows =
        db_prepare(db, "SELECT number FROM cases ORDER BY number", err);
    AUTO_STATEMENT sqlite3_stmt *notes = db_prepare(
        db, "SELECT case_number, text FROM notes ORDER BY case_number, position", err);
    if (!rows || !notes)
        return -1;
    int has_note = db_step(db, notes, err);
    int got = has_note < 0 ? -1 : db_step(db, rows, err);
    for (; got == 1 && has_note >= 0; got = db_step(db, rows, err)) {
        sqlite3_int64 number = sqlite3_column_int64(rows, 0);
        take_case(digest, number);
        for (; has_note == 1 && sqlite3_column_int64(notes, 0) == number;
             has_note = db_step(db, notes, err))
            take_note(digest, notes, 1);
    }
    return has_note < 0 ? -1 : got;
}

/* The notes of one case, by a statement prepared for this case alone, as code does that
 * asks a case object for its notes. */
static int
notes_of(struct db *db, sqlite3_int64 number, struct digest *digest, struct error *err)
{
    AUTO_STATEMENT sqlite3_stmt *notes = db_prepare(
        db, "SELECT text FROM notes WHERE case_number = ?1 ORDER BY position", err);
    if (!notes)
        return -1;
    (void)sqlite3_bind_int64(notes, 1, number);
    int got = db_step(db, notes, err);
    for (; got == 1; got = db_step(db, notes, err))
        take_note(digest, notes, 0);
    return got;
}

/* N + 1 questions. */
static int per_case(struct db *db, struct digest *digest, struct error *err)
{
    AUTO_STATEMENT sqlite3_stmt *rows =
        db_prepare(db, "SELECT number FROM cases ORDER BY number", err);
    if (!rows)
        return -1;
    int got = db_step(db, rows, err);
    for (; got == 1; got = db_step(db, rows, err)) {
        take_case(digest, sqlite3_column_int64(rows, 0));
        if (notes_of(db, sqlite3_column_int64(rows, 0), digest, err) < 0)
            return -1;
    }
    return got;
}

/* Notes of the cases in numbers, by one question with all of them in an IN list. */
static int notes_of_batch(struct db *db,
                          const sqlite3_int64 *numbers,
                          size_t count,
                          struct digest *digest,
                          struct error *err)
{
    AUTO_STR struct str sql = STR_INIT;
    str_add(&sql, "SELECT case_number, text FROM notes WHERE case_number IN (");
    for (size_t i = 0; i < count; i++) {
        str_add(&sql, i ? "," : "");
        number_add(&sql, (uint64_t)numbers[i]);
    }
    str_add(&sql, ") ORDER BY case_number, position");
    AUTO_STATEMENT sqlite3_stmt *notes = db_prepare(db, sql.data, err);
    if (!notes)
        return -1;
    int has_note = db_step(db, notes, err);
    for (size_t i = 0; i < count && has_note >= 0; i++) {
        take_case(digest, numbers[i]);
        for (; has_note == 1 && sqlite3_column_int64(notes, 0) == numbers[i];
             has_note = db_step(db, notes, err))
            take_note(digest, notes, 1);
    }
    return has_note < 0 ? -1 : 0;
}

/* N / BATCH_SIZE + 1 questions. */
static int batched(struct db *db, struct digest *digest, struct error *err)
{
    AUTO_STATEMENT sqlite3_stmt *rows =
        db_prepare(db, "SELECT number FROM cases ORDER BY number", err);
    if (!rows)
        return -1;
    sqlite3_int64 numbers[BATCH_SIZE];
    int got = 1;
    while (got == 1) {
        size_t count = 0;
        while (count < BATCH_SIZE && (got = db_step(db, rows, err)) == 1)
            numbers[count++] = sqlite3_column_int64(rows, 0);
        if (got < 0 || notes_of_batch(db, numbers, count, digest, err) < 0)
            return -1;
    }
    return 0;
}

typedef int notes_reader(struct db *db, struct digest *digest, struct error *err);

/* DB */
static int
read_notes(const char *path, notes_reader *reader, struct str *answer, struct error *err)
{
    AUTO_DB struct db db = { 0 };
    struct digest digest = { 0 };
    /* One transaction: taking the file's lock for each question is another story. */
    if (db_open(&db, path, DB_READ, err) < 0 || db_run(&db, "BEGIN", err) < 0 ||
        reader(&db, &digest, err) < 0)
        return -1;
    str_addf(answer, "%zu cases, %zu notes, digest %016llx\n", digest.cases, digest.notes,
             (unsigned long long)digest.hash);
    return 0;
}

int run_notes_joined(const char *const *arguments, struct str *answer, struct error *err)
{
    return read_notes(arguments[0], joined, answer, err);
}

int run_notes_side_by_side(const char *const *arguments,
                           struct str *answer,
                           struct error *err)
{
    return read_notes(arguments[0], side_by_side, answer, err);
}

int run_notes_batched(const char *const *arguments, struct str *answer, struct error *err)
{
    return read_notes(arguments[0], batched, answer, err);
}

int run_notes_per_case(const char *const *arguments,
                       struct str *answer,
                       struct error *err)
{
    return read_notes(arguments[0], per_case, answer, err);
}
