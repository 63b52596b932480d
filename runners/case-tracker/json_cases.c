#include "runners/case-tracker/json_cases.h"

#include <string.h>

#include <jansson.h>

#include "gate/base/json.h"
#include "runners/case-tracker/case_id.h"
#include "runners/case-tracker/case_index.h"
#include "runners/case-tracker/case_list.h"
#include "runners/case-tracker/plain_json.h"

struct reading {
    const char *name;
    const char *text;
    size_t length;
    size_t next;
    struct case_list *cases;
    struct case_index *index;
    struct plain_strings plain; /* of the case that is being read */
};

/* Lines and columns are counted only when something is wrong. */
static int error_at(const struct reading *reading, size_t offset, struct error *err)
{
    size_t line = 1;
    size_t column = 1;
    for (size_t i = 0; i < offset; i++) {
        if (reading->text[i] == '\n') {
            line++;
            column = 1;
        } else if (((unsigned char)reading->text[i] & 0xc0) != 0x80) {
            column++; /* continuation bytes of UTF-8 are no characters */
        }
    }
    return error_prefix(err, "in '%s', line %zu, column %zu: ", reading->name, line,
                        column);
}

static void skip_blanks(struct reading *reading)
{
    reading->next += strspn(reading->text + reading->next, " \t\r\n");
}

static int
get_text(const json_t *object, const char *key, const char **text, struct error *err)
{
    const json_t *value = json_object_get(object, key);
    if (!json_is_string(value))
        return error_set(err, ERROR_CASES, value ? "'%s' is not a string" : "no '%s'",
                         key);
    *text = json_string_value(value);
    return 0;
}

/* The notes array in *notes, NULL for none. */
static int get_notes(const json_t *object, const json_t **notes, struct error *err)
{
    *notes = json_object_get(object, "notes");
    if (json_object_size(object) != (*notes ? 4 : 3))
        return error_set(err, ERROR_CASES,
                         "an unknown key, allowed are id, title, status and notes");
    if (*notes && !json_is_array(*notes))
        return error_set(err, ERROR_CASES, "'notes' is not an array");
    for (size_t i = 0; i < json_array_size(*notes); i++) {
        const char *note = json_string_value(json_array_get(*notes, i));
        if (!note)
            return error_set(err, ERROR_CASES, "a note that is not a string");
        if (case_check_note(note, err) < 0)
            return -1;
    }
    return 0;
}

static int append(struct reading *reading, const json_t *object, struct error *err)
{
    struct case_record record = { 0 };
    const char *id = NULL;
    const char *status = NULL;
    const json_t *notes = NULL;
    if (!json_is_object(object))
        return error_set(err, ERROR_CASES, "a case must be an object");
    if (get_text(object, "id", &id, err) < 0 ||
        case_id_parse(id, &record.number, err) < 0 ||
        get_text(object, "title", &record.title, err) < 0 ||
        case_check_title(record.title, err) < 0 ||
        get_text(object, "status", &status, err) < 0 ||
        status_parse(status, &record.status, err) < 0 ||
        get_notes(object, &notes, err) < 0)
        return -1;

    case_list_append(reading->cases, &record);
    for (size_t i = 0; i < json_array_size(notes); i++) {
        const json_t *note = json_array_get(notes, i);
        case_list_add_last_note(reading->cases, json_string_value(note),
                                json_string_length(note));
    }
    if (!case_index_add(reading->index, reading->cases, reading->cases->count - 1))
        return error_set(err, ERROR_CASES, "a second case '%s'", id);
    return 0;
}

/* Whether all notes are; the first of count. */
static bool are_notes(const char *note, size_t count)
{
    struct error ignored = { 0 };
    for (; count; count--, note += strlen(note) + 1)
        if (case_check_note(note, &ignored) < 0)
            return false;
    return true;
}

static const char *after(const char *text)
{
    return text + strlen(text) + 1;
}

/* The case of the strings; *notes becomes the first of its notes. False where anything is
 * wrong with it. */
static bool
take_plain(const struct reading *reading, struct case_record *record, const char **notes)
{
    struct error ignored = { 0 };
    const char *id = reading->plain.bytes.data;
    record->title = after(id);
    const char *status = after(record->title);
    *notes = after(status);
    return case_id_parse(id, &record->number, &ignored) == 0 &&
           case_check_title(record->title, &ignored) == 0 &&
           status_parse(status, &record->status, &ignored) == 0 &&
           are_notes(*notes, reading->plain.count - 3);
}

/* A case without a fault, as case-tracker writes it. False for any other: that is read in
 * full, with a place for every fault. So is a second one of its number, whose first
 * reading stays in the list, as the reading ends with it. */
static bool read_plain(struct reading *reading)
{
    struct case_record record = { 0 };
    const char *note = NULL;
    plain_strings_reset(&reading->plain);
    size_t length = plain_json_case(reading->text + reading->next,
                                    reading->length - reading->next, &reading->plain);
    if (!length || !take_plain(reading, &record, &note))
        return false;
    case_list_append(reading->cases, &record);
    for (size_t left = reading->plain.count - 3; left; left--, note = after(note))
        case_list_add_last_note(reading->cases, note, strlen(note));
    if (!case_index_add(reading->index, reading->cases, reading->cases->count - 1))
        return false;
    reading->next += length;
    return true;
}

static int read_element(struct reading *reading, struct error *err)
{
    json_error_t problem;
    AUTO_JSON json_t *element =
        json_loadb(reading->text + reading->next, reading->length - reading->next,
                   JSON_REJECT_DUPLICATES | JSON_DISABLE_EOF_CHECK, &problem);
    size_t length = problem.position > 0 ? (size_t)problem.position : 0;
    if (!element) {
        error_set(err, ERROR_CASES, "%s", problem.text);
        return error_at(reading, reading->next + length, err);
    }
    if (append(reading, element, err) < 0)
        return error_at(reading, reading->next, err);
    reading->next += length;
    return 0;
}

static int expected(struct reading *reading, const char *what, struct error *err)
{
    const char *found = reading->text + reading->next;
    if (reading->next == reading->length)
        error_set(err, ERROR_CASES, "%s expected, but the file ends here", what);
    else
        error_set(err, ERROR_CASES, "%s expected near '%.1s'", what, found);
    return error_at(reading, reading->next, err);
}

static int read_elements(struct reading *reading, struct error *err)
{
    skip_blanks(reading);
    if (reading->text[reading->next] == ']')
        return 0;
    for (;;) {
        skip_blanks(reading);
        if (reading->next == reading->length)
            return expected(reading, "a case", err);
        if (!read_plain(reading) && read_element(reading, err) < 0)
            return -1;
        skip_blanks(reading);
        if (reading->text[reading->next] == ']')
            return 0;
        if (reading->text[reading->next] != ',')
            return expected(reading, "',' or ']'", err);
        reading->next++;
    }
}

static int read_all(struct reading *reading, struct error *err)
{
    skip_blanks(reading);
    if (reading->text[reading->next] != '[')
        return expected(reading, "'[' with the cases", err);
    reading->next++;
    if (read_elements(reading, err) < 0)
        return -1;
    reading->next++;
    skip_blanks(reading);
    return reading->next == reading->length
               ? 0
               : expected(reading, "the end of the file", err);
}

int json_cases_read(const char *text,
                    size_t length,
                    const char *name,
                    struct case_list *cases,
                    struct case_index *index,
                    struct error *err)
{
    struct reading reading = { .name = name,
                               .text = text,
                               .length = length,
                               .cases = cases,
                               .index = index,
                               .plain = PLAIN_STRINGS_INIT };
    int result = read_all(&reading, err);
    plain_strings_clear(&reading.plain);
    return result;
}
