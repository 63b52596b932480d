#include "runners/case-tracker/store.h"

#include "gate/base/file.h"
#include "runners/case-tracker/case_id.h"
#include "runners/case-tracker/case_writer.h"
#include "runners/case-tracker/file_kind.h"
#include "runners/case-tracker/store_json.h"
#include "runners/case-tracker/store_sqlite.h"

int store_missing(uint64_t number, struct error *err)
{
    return error_set(err, ERROR_CASES, "no case '%s'", case_id_text(number).text);
}

int store_full(const char *path, struct error *err)
{
    return error_set(err, ERROR_CASES, "in '%s': the numbers are used up", path);
}

int store_check_move(uint64_t number, enum status from, enum status to, struct error *err)
{
    if (status_may_become(from, to))
        return 0;
    const char *allowed = status_next_names(from);
    return error_set(err, ERROR_CASES, "'%s' cannot go from %s to %s, allowed is %s",
                     case_id_text(number).text, status_name(from), status_name(to),
                     *allowed ? allowed : "nothing: closed is closed");
}

static int is_sqlite(const char *path, bool *answer, struct error *err)
{
    enum file_kind kind = FILE_JSON;
    if (file_kind_of(path, &kind, err) < 0)
        return -1;
    if (kind == FILE_CSV)
        return error_set(err, ERROR_CASES,
                         "'%s' is no store, its name must end in .json, .db or .sqlite; "
                         "CSV files are imported",
                         path);
    *answer = kind == FILE_SQLITE;
    return 0;
}

int store_load(const char *path, struct case_list *cases, struct error *err)
{
    bool in_sqlite = false;
    AUTO_CASE_INDEX struct case_index index = { 0 };
    if (is_sqlite(path, &in_sqlite, err) < 0)
        return -1;
    return in_sqlite ? store_sqlite_load(path, cases, err)
                     : store_json_load(path, cases, &index, err);
}

int store_find(const char *path,
               const uint64_t *numbers,
               size_t count,
               struct case_list *found,
               struct error *err)
{
    bool in_sqlite = false;
    if (is_sqlite(path, &in_sqlite, err) < 0)
        return -1;
    return in_sqlite ? store_sqlite_find(path, numbers, count, found, err)
                     : store_json_find(path, numbers, count, found, err);
}

int store_count(const char *path, struct status_counts *counts, struct error *err)
{
    bool in_sqlite = false;
    if (is_sqlite(path, &in_sqlite, err) < 0)
        return -1;
    if (in_sqlite)
        return store_sqlite_count(path, counts, err);
    AUTO_CASES struct case_list cases = { 0 };
    if (store_load(path, &cases, err) < 0)
        return -1;
    case_list_count(&cases, counts);
    return 0;
}

static int make_where_missing(const char *path, struct error *err)
{
    const struct case_list none = { 0 };
    return file_exists(path) ? 0 : case_writer_write(path, NULL, &none, err);
}

int store_add_case(const char *path,
                   const char *title,
                   uint64_t *number,
                   struct error *err)
{
    bool in_sqlite = false;
    if (is_sqlite(path, &in_sqlite, err) < 0 || case_check_title(title, err) < 0 ||
        make_where_missing(path, err) < 0)
        return -1;
    return in_sqlite ? store_sqlite_add_case(path, title, number, err)
                     : store_json_add_case(path, title, number, err);
}

int store_add_note(const char *path, uint64_t number, const char *note, struct error *err)
{
    bool in_sqlite = false;
    if (is_sqlite(path, &in_sqlite, err) < 0 || case_check_note(note, err) < 0)
        return -1;
    return in_sqlite ? store_sqlite_add_note(path, number, note, err)
                     : store_json_add_note(path, number, note, err);
}

int store_transition(const char *path, uint64_t number, enum status to, struct error *err)
{
    bool in_sqlite = false;
    if (is_sqlite(path, &in_sqlite, err) < 0)
        return -1;
    return in_sqlite ? store_sqlite_transition(path, number, to, err)
                     : store_json_transition(path, number, to, err);
}

int store_import(const char *path,
                 const char *csv_path,
                 bool replace,
                 uint64_t *count,
                 struct error *err)
{
    bool in_sqlite = false;
    if (is_sqlite(path, &in_sqlite, err) < 0)
        return -1;
    bool is_new = replace || !file_exists(path);
    if (!in_sqlite)
        return store_json_import(path, csv_path, is_new, count, err);
    return is_new ? store_sqlite_import_new(path, csv_path, count, err)
                  : store_sqlite_import(path, csv_path, count, err);
}
