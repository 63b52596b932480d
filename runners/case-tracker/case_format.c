#include "runners/case-tracker/case_format.h"

#include <string.h>

#include "gate/base/error.h"
#include "gate/base/str.h"
#include "runners/case-tracker/case_id.h"
#include "runners/case-tracker/case_list.h"
#include "runners/case-tracker/plain.h"
#include "runners/case-tracker/sink.h"

static void add_escaped(struct str *out, char c)
{
    static const char escapes[] = "\"\"\\\\\bb\ff\nn\rr\tt";
    for (const char *pair = escapes; *pair; pair += 2) {
        if (pair[0] == c) {
            str_add_char(out, '\\');
            str_add_char(out, pair[1]);
            return;
        }
    }
    str_addf(out, "\\u%04X", (unsigned int)(unsigned char)c);
}

/* Whole runs of plain characters at a time: most texts are one run. */
void json_add_string(struct str *out, const char *text)
{
    const char *end = text + strlen(text);
    str_add_char(out, '"');
    for (;;) {
        size_t length = plain_unescaped(text, (size_t)(end - text));
        str_add_bytes(out, text, length);
        text += length;
        if (text == end)
            break;
        add_escaped(out, *text++);
    }
    str_add_char(out, '"');
}

static void
add_json_notes(struct str *text, const struct case_record *record, const char *separator)
{
    for (size_t i = 0; i < record->note_count; i++) {
        str_add(text, i ? separator : "");
        json_add_string(text, record->notes[i]);
    }
}

static void add_json(struct str *text, const struct case_record *record, bool is_first)
{
    str_add(text, is_first ? "\n{\"id\":\"" : ",\n{\"id\":\"");
    case_id_add(text, record->number);
    str_add(text, "\",\"title\":");
    json_add_string(text, record->title);
    str_add(text, ",\"status\":\"");
    str_add(text, status_name(record->status));
    str_add(text, "\",\"notes\":[");
    add_json_notes(text, record, ",");
    str_add(text, "]}");
}

static void
add_json_pretty(struct str *text, const struct case_record *record, bool is_first)
{
    str_add(text, is_first ? "\n  {\n    \"id\": \"" : ",\n  {\n    \"id\": \"");
    case_id_add(text, record->number);
    str_add(text, "\",\n    \"title\": ");
    json_add_string(text, record->title);
    str_add(text, ",\n    \"status\": \"");
    str_add(text, status_name(record->status));
    str_add(text, record->note_count ? "\",\n    \"notes\": [\n      "
                                     : "\",\n    \"notes\": [");
    add_json_notes(text, record, ",\n      ");
    str_add(text, record->note_count ? "\n    ]\n  }" : "]\n  }");
}

void csv_add_field(struct str *out, const char *text)
{
    if (!text[strcspn(text, ",\"\r\n")]) {
        str_add(out, text);
        return;
    }
    str_add_char(out, '"');
    for (;;) {
        size_t length = strcspn(text, "\"");
        str_add_bytes(out, text, length);
        text += length;
        if (!*text)
            break;
        str_add(out, "\"\"");
        text++;
    }
    str_add_char(out, '"');
}

/* Notes are one field that holds a JSON array: any text goes there and comes back. */
static void add_csv(struct str *text, const struct case_record *record, bool is_first)
{
    (void)is_first;
    case_id_add(text, record->number);
    str_add_char(text, ',');
    csv_add_field(text, record->title);
    str_add_char(text, ',');
    str_add(text, status_name(record->status));
    str_add_char(text, ',');
    if (record->note_count) {
        AUTO_STR struct str notes = STR_INIT;
        str_add_char(&notes, '[');
        add_json_notes(&notes, record, ",");
        str_add_char(&notes, ']');
        csv_add_field(text, notes.data);
    }
    str_add(text, "\r\n");
}

static void add_text(struct str *text, const struct case_record *record, bool is_first)
{
    (void)is_first;
    static const char blanks[] = "              ";
    const char *status = status_name(record->status);
    case_id_add(text, record->number);
    str_add(text, "  ");
    str_add(text, status);
    str_add_bytes(text, blanks, sizeof blanks - 1 - strlen(status));
    str_add(text, record->title);
    str_add_char(text, '\n');
}

const struct case_format case_format_text = {
    .name = "text", .begin = "", .add = add_text, .end = "", .end_empty = ""
};
const struct case_format case_format_json = {
    .name = "json", .begin = "[", .add = add_json, .end = "\n]\n", .end_empty = "]\n"
};
const struct case_format case_format_json_pretty = {
    .name = "json-pretty",
    .begin = "[",
    .add = add_json_pretty,
    .end = "\n]\n",
    .end_empty = "]\n",
};
const struct case_format case_format_csv = {
    .name = "csv",
    .begin = "id,title,status,notes\r\n",
    .add = add_csv,
    .end = "",
    .end_empty = "",
};

const struct case_format *case_format_find(const char *name, struct error *err)
{
    enum {
        FORMAT_COUNT = 4
    };
    static const struct case_format *const formats[FORMAT_COUNT] = {
        &case_format_text, &case_format_json, &case_format_json_pretty, &case_format_csv
    };
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        if (str_equal(formats[i]->name, name))
            return formats[i];
    }
    error_set(err, ERROR_USAGE,
              "unknown format '%s', allowed are text, json, json-pretty and csv", name);
    return NULL;
}

int case_format_write(const struct case_format *format,
                      const struct case_list *cases,
                      struct sink *sink,
                      struct error *err)
{
    str_add(&sink->text, format->begin);
    for (size_t i = 0; i < cases->count; i++) {
        format->add(&sink->text, &cases->items[i], i == 0);
        if (sink_drain(sink, err) < 0)
            return -1;
    }
    str_add(&sink->text, cases->count ? format->end : format->end_empty);
    return 0;
}
