#include "runners/case-tracker/csv_cases.h"

#include <string.h>

#include <jansson.h>

#include "gate/base/json.h"
#include "runners/case-tracker/case_id.h"

static int read_header(struct csv_cases *from, struct error *err)
{
    static const char *const columns[CSV_FIELDS_MAX] = { "id", "title", "status",
                                                         "notes" };
    int got = csv_next(&from->csv, err);
    if (got < 0)
        return -1;
    from->column_count = from->csv.field_count;
    bool is_right = got == 1 && from->column_count >= CSV_FIELDS_MAX - 1;
    for (size_t i = 0; is_right && i < from->column_count; i++)
        is_right = str_equal(csv_field(&from->csv, i), columns[i]);
    return is_right ? 0
                    : csv_error(&from->csv, err,
                                "the first line must be id,title,status,notes "
                                "(notes may be left out)");
}

int csv_cases_open(struct csv_cases *from, const char *path, struct error *err)
{
    *from = (struct csv_cases){ .plain = PLAIN_STRINGS_INIT };
    if (csv_open(&from->csv, path, err) < 0)
        return -1;
    if (read_header(from, err) < 0) {
        csv_cases_close(from);
        return -1;
    }
    return 0;
}

void csv_cases_close(struct csv_cases *from)
{
    csv_close(&from->csv);
    arena_clear(&from->texts);
    plain_strings_clear(&from->plain);
}

static int take_notes(struct csv_cases *from,
                      const json_t *array,
                      struct case_record *record,
                      struct error *err)
{
    size_t count = json_array_size(array);
    record->notes =
        count ? arena_take(&from->texts, count * sizeof *record->notes) : NULL;
    record->note_count = count;
    for (size_t i = 0; i < count; i++) {
        const json_t *note = json_array_get(array, i);
        if (!json_is_string(note))
            return error_set(err, ERROR_CASES, "a note that is not a string");
        record->notes[i] =
            arena_copy(&from->texts, json_string_value(note), json_string_length(note));
        if (case_check_note(record->notes[i], err) < 0)
            return -1;
    }
    return 0;
}

/* Notes as case-tracker writes them. False, with nothing done, for any
 * other, and where one of them is not allowed. */
static bool
take_plain_notes(struct csv_cases *from, const char *text, struct case_record *record)
{
    struct error ignored = { 0 };
    size_t length = strlen(text);
    plain_strings_reset(&from->plain);
    if (plain_json_array(text, length, &from->plain) != length)
        return false;
    size_t count = from->plain.count;
    const char **notes = count ? arena_take(&from->texts, count * sizeof *notes) : NULL;
    const char *note = from->plain.bytes.data;
    for (size_t i = 0; i < count; i++, note += strlen(note) + 1) {
        if (case_check_note(note, &ignored) < 0)
            return false;
        notes[i] = note;
    }
    record->notes = notes;
    record->note_count = count;
    return true;
}

static int read_notes(struct csv_cases *from,
                      const char *text,
                      struct case_record *record,
                      struct error *err)
{
    arena_clear(&from->texts);
    if (take_plain_notes(from, text, record))
        return 0;
    json_error_t problem;
    AUTO_JSON json_t *array = json_loads(text, 0, &problem);
    if (!json_is_array(array))
        return error_set(err, ERROR_CASES, "the notes are not a JSON array of strings");
    return take_notes(from, array, record, err);
}

static int
read_record(struct csv_cases *from, struct case_record *record, struct error *err)
{
    const struct csv_reader *csv = &from->csv;
    *record = (struct case_record){ .title = csv_field(csv, 1) };
    if (case_id_parse(csv_field(csv, 0), &record->number, err) < 0 ||
        case_check_title(record->title, err) < 0 ||
        status_parse(csv_field(csv, 2), &record->status, err) < 0)
        return -1;
    bool has_notes = from->column_count == CSV_FIELDS_MAX && *csv_field(csv, 3);
    return has_notes ? read_notes(from, csv_field(csv, 3), record, err) : 0;
}

int csv_cases_next(struct csv_cases *from, struct case_record *record, struct error *err)
{
    int got = csv_next(&from->csv, err);
    if (got <= 0)
        return got;
    if (from->csv.field_count != from->column_count)
        return csv_error(&from->csv, err, "%zu fields, the first line has %zu",
                         from->csv.field_count, from->column_count);
    struct case_record read;
    if (read_record(from, &read, err) < 0)
        return error_prefix(err, "in '%s', line %zu: ", from->csv.path,
                            from->csv.row_line);
    *record = read;
    return 1;
}
