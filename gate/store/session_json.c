#include "gate/store/session_json.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/error.h"
#include "gate/base/fields.h"
#include "gate/base/json.h"
#include "gate/base/json_layout.h"
#include "gate/base/str.h"
#include "gate/store/session.h"
#include "gate/store/session_check.h"
#include "gate/store/session_pack.h"
#include "runners/fields.h"

#define FAMILY "pawl-session/"
#define SCHEMA FAMILY "1"

static const struct field class_field_members[] = {
    FIELD("name", FIELD_TEXT, struct class_field, name),
    FIELD("value", FIELD_TEXT, struct class_field, value),
};
static const struct field_table class_field_fields =
    FIELD_TABLE(class_field_members, struct class_field);

static const struct field class_members[] = {
    FIELD("name", FIELD_TEXT, struct machine_class, name),
    FIELD_OF_TABLE(
        "fields", FIELD_LIST, struct machine_class, fields, class_field_fields),
};
static const struct field_table class_fields =
    FIELD_TABLE(class_members, struct machine_class);

static const struct field row_members[] = {
    FIELD("bench", FIELD_TEXT, struct session_row, bench_id),
    FIELD_OF_CHOICE("metric", struct session_row, metric, metric_choice),
    FIELD("unit", FIELD_TEXT_OPTION, struct session_row, unit),
    FIELD("is_judged", FIELD_BOOL, struct session_row, is_judged),
    FIELD("run_count", FIELD_SIZE, struct session_row, run_count),
    FIELD("median", FIELD_NUMBER, struct session_row, median),
    FIELD("low", FIELD_NUMBER_OPTION, struct session_row, low),
    FIELD("high", FIELD_NUMBER_OPTION, struct session_row, high),
    FIELD("spread", FIELD_NUMBER_OPTION, struct session_row, spread),
    FIELD("change", FIELD_NUMBER_OPTION, struct session_row, change),
    FIELD("change_low", FIELD_NUMBER_OPTION, struct session_row, change_low),
    FIELD("change_high", FIELD_NUMBER_OPTION, struct session_row, change_high),
};
static const struct field_table row_fields = FIELD_TABLE(row_members, struct session_row);

static const struct field gap_members[] = {
    FIELD("bench", FIELD_TEXT, struct session_gap, bench_id),
    FIELD("reason", FIELD_TEXT, struct session_gap, reason),
};
static const struct field_table gap_fields = FIELD_TABLE(gap_members, struct session_gap);

static const struct field side_members[] = {
    FIELD("commit", FIELD_TEXT, struct session_side, commit),
    FIELD("tree", FIELD_TEXT, struct session_side, tree),
    FIELD("subject", FIELD_TEXT, struct session_side, subject),
    FIELD("committed_s", FIELD_INT64, struct session_side, committed_s),
    FIELD("is_dirty", FIELD_BOOL, struct session_side, is_dirty),
    FIELD_OF_TABLE("rows", FIELD_LIST, struct session_side, rows, row_fields),
    FIELD_OF_TABLE("gaps", FIELD_LIST, struct session_side, gaps, gap_fields),
};
static const struct field_table side_fields =
    FIELD_TABLE(side_members, struct session_side);

static const struct field session_members[] = {
    FIELD("pawl_version", FIELD_TEXT, struct session, pawl_version),
    FIELD("command", FIELD_TEXT, struct session, command),
    FIELD("recorded_at", FIELD_TEXT, struct session, recorded_at),
    FIELD_OF_TABLE("machine", FIELD_OBJECT, struct session, machine, machine_fields),
    FIELD_OF_TABLE(
        "machine_class", FIELD_OBJECT, struct session, machine_class, class_fields),
    FIELD("toolchain", FIELD_TEXT, struct session, toolchain),
    FIELD("config_hash", FIELD_TEXT, struct session, config_hash),
    FIELD("seed", FIELD_SEED, struct session, seed),
    FIELD_OF_TABLE("head", FIELD_OBJECT, struct session, head, side_fields),
    FIELD_OF_TABLE("base", FIELD_OPTION, struct session, base, side_fields),
};
static const struct field_table session_fields =
    FIELD_TABLE(session_members, struct session);

void session_json_text(const struct session *session, struct str *out)
{
    json_t *json = fields_write(&session_fields, session);
    json_object_set_new(json, "schema", json_string(SCHEMA));
    json_layout(json, out);
    json_decref(json);
}

/* "pawl-session/2" and above: that of a pawl to come. */
static bool is_of_the_future(const char *schema)
{
    if (!str_starts_with(schema, FAMILY))
        return false;
    const char *number = schema + strlen(FAMILY);
    return *number && *number != '0' && !number[strspn(number, "0123456789")] &&
           !str_equal(number, "1");
}

static int check_schema(const json_t *json, struct error *err)
{
    const char *schema = json_string_value(json_object_get(json, "schema"));
    if (!schema)
        return error_set(err, ERROR_USAGE,
                         "no text 'schema', which must be '" SCHEMA "': not a session");
    if (is_of_the_future(schema))
        return error_set(
            err, ERROR_USAGE,
            "'schema' is '%.40s', which takes a newer pawl to read: this one "
            "knows '" SCHEMA "'",
            schema);
    if (!str_equal(schema, SCHEMA))
        return error_set(err, ERROR_USAGE,
                         "'schema' must be '" SCHEMA "', not '%.200s': not a session",
                         schema);
    return 0;
}

static int read_members(json_t *json, struct session *session, struct error *err)
{
    AUTO_STR struct str path = STR_INIT;
    if (!json_is_object(json))
        return error_set(err, ERROR_USAGE, "not a session: it must be a JSON object");
    if (check_schema(json, err) < 0)
        return -1;
    json_object_del(json, "schema");
    if (fields_read(&session_fields, json, session, &path, err) < 0)
        return -1;
    return session_check(session, err);
}

static json_t *
parse(const char *bytes, size_t length, const char *where, struct error *err)
{
    if (length > SESSION_BYTES_MOST) {
        error_set(err, ERROR_USAGE, "in '%s': %zu bytes; a session has at most %zu",
                  where, length, SESSION_BYTES_MOST);
        return NULL;
    }
    if (memchr(bytes, '\0', length)) {
        error_set(err, ERROR_USAGE, "in '%s': a NUL byte, which JSON does not allow",
                  where);
        return NULL;
    }
    AUTO_STR struct str text = STR_INIT;
    str_add_bytes(&text, bytes, length);
    return json_read_text(text.data, where, ERROR_USAGE, err);
}

int session_json_read(const char *bytes,
                      size_t length,
                      const char *where,
                      struct session *out,
                      struct error *err)
{
    struct session session = { 0 };
    AUTO_JSON json_t *json = parse(bytes, length, where, err);
    if (!json)
        return -1;
    if (read_members(json, &session, err) < 0) {
        session_clear(&session);
        return error_prefix(err, "in '%s': ", where);
    }
    *out = session;
    return 0;
}

void session_pack(const struct session *session, struct str *out)
{
    fields_pack(&session_fields, session, out);
}

int session_unpack(struct packed *packed, struct session *out)
{
    struct session session = { 0 };
    if (fields_unpack(&session_fields, packed, &session) < 0) {
        session_clear(&session);
        return -1;
    }
    *out = session;
    return 0;
}

uint64_t session_pack_fingerprint(void)
{
    return fields_fingerprint(&session_fields);
}
