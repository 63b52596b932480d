#include "runners/case-tracker/store_json.h"

#include <string.h>

#include "gate/base/file.h"
#include "gate/base/str.h"
#include "runners/case-tracker/case_id.h"
#include "runners/case-tracker/case_writer.h"
#include "runners/case-tracker/csv_cases.h"
#include "runners/case-tracker/json_cases.h"
#include "runners/case-tracker/store.h"
#include "runners/case-tracker/store_lock.h"

int store_json_load(const char *path,
                    struct case_list *cases,
                    struct case_index *index,
                    struct error *err)
{
    AUTO_STR struct str text = STR_INIT;
    if (file_read(path, &text, err) < 0)
        return -1;
    if (strlen(text.data) != text.length) {
        error_set(err, ERROR_CASES, "in '%s': a NUL byte, which JSON does not allow",
                  path);
        return -1;
    }
    return json_cases_read(text.data, text.length, path, cases, index, err);
}

static int find(const struct case_index *index,
                const struct case_list *cases,
                uint64_t number,
                size_t *position,
                struct error *err)
{
    *position = case_index_find(index, cases, number);
    return *position == CASE_NOT_FOUND ? store_missing(number, err) : 0;
}

int store_json_find(const char *path,
                    const uint64_t *numbers,
                    size_t count,
                    struct case_list *found,
                    struct error *err)
{
    AUTO_CASES struct case_list cases = { 0 };
    AUTO_CASE_INDEX struct case_index index = { 0 };
    if (store_json_load(path, &cases, &index, err) < 0)
        return -1;
    for (size_t i = 0; i < count; i++) {
        size_t position = 0;
        if (find(&index, &cases, numbers[i], &position, err) < 0)
            return -1;
        case_list_append(found, &cases.items[position]);
    }
    return 0;
}

int store_json_add_case(const char *path,
                        const char *title,
                        uint64_t *number,
                        struct error *err)
{
    AUTO_FD int lock = store_lock(path, err);
    AUTO_CASES struct case_list cases = { 0 };
    AUTO_CASE_INDEX struct case_index index = { 0 };
    if (lock < 0 || store_json_load(path, &cases, &index, err) < 0)
        return -1;

    struct case_record added = { .title = title, .status = STATUS_DRAFT };
    for (size_t i = 0; i < cases.count; i++) {
        if (cases.items[i].number > added.number)
            added.number = cases.items[i].number;
    }
    if (added.number++ == CASE_NUMBER_MAX)
        return store_full(path, err);
    case_list_append(&cases, &added);
    if (case_writer_write(path, NULL, &cases, err) < 0)
        return -1;
    *number = added.number;
    return 0;
}

int store_json_add_note(const char *path,
                        uint64_t number,
                        const char *note,
                        struct error *err)
{
    AUTO_FD int lock = store_lock(path, err);
    AUTO_CASES struct case_list cases = { 0 };
    AUTO_CASE_INDEX struct case_index index = { 0 };
    size_t position = 0;
    if (lock < 0 || store_json_load(path, &cases, &index, err) < 0 ||
        find(&index, &cases, number, &position, err) < 0)
        return -1;
    case_list_add_note(&cases, position, note);
    return case_writer_write(path, NULL, &cases, err);
}

int store_json_transition(const char *path,
                          uint64_t number,
                          enum status to,
                          struct error *err)
{
    AUTO_FD int lock = store_lock(path, err);
    AUTO_CASES struct case_list cases = { 0 };
    AUTO_CASE_INDEX struct case_index index = { 0 };
    size_t position = 0;
    if (lock < 0 || store_json_load(path, &cases, &index, err) < 0 ||
        find(&index, &cases, number, &position, err) < 0 ||
        store_check_move(number, cases.items[position].status, to, err) < 0)
        return -1;
    cases.items[position].status = to;
    return case_writer_write(path, NULL, &cases, err);
}

static int append_rows(struct csv_cases *rows,
                       struct case_list *cases,
                       struct case_index *index,
                       struct error *err)
{
    size_t count_before = cases->count;
    struct case_record record;
    int got = csv_cases_next(rows, &record, err);
    for (; got == 1; got = csv_cases_next(rows, &record, err)) {
        case_list_append(cases, &record);
        if (!case_index_add(index, cases, cases->count - 1))
            return csv_error(&rows->csv, err, "'%s' is in the %s already",
                             case_id_text(record.number).text,
                             case_index_find(index, cases, record.number) < count_before
                                 ? "store"
                                 : "file");
    }
    return got;
}

static int import_rows(const char *path,
                       const char *csv_path,
                       struct case_list *cases,
                       struct case_index *index,
                       struct error *err)
{
    AUTO_CSV_CASES struct csv_cases rows = { 0 };
    if (csv_cases_open(&rows, csv_path, err) < 0 ||
        append_rows(&rows, cases, index, err) < 0)
        return -1;
    return case_writer_write(path, NULL, cases, err);
}

int store_json_import(const char *path,
                      const char *csv_path,
                      bool is_new,
                      uint64_t *count,
                      struct error *err)
{
    AUTO_FD int lock = -1;
    AUTO_CASES struct case_list cases = { 0 };
    AUTO_CASE_INDEX struct case_index index = { 0 };
    if (!is_new) {
        lock = store_lock(path, err);
        if (lock < 0 || store_json_load(path, &cases, &index, err) < 0)
            return -1;
    }
    size_t count_before = cases.count;
    if (import_rows(path, csv_path, &cases, &index, err) < 0)
        return -1;
    *count = cases.count - count_before;
    return 0;
}
