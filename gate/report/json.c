#include "gate/base/json_layout.h"
#include "gate/report/report.h"
#include "gate/report/result_fields.h"

#define SCHEMA "pawl-result/1"

json_t *report_json(const struct result *result)
{
    json_t *json = fields_write(&result_fields, result);
    json_object_set_new(json, "schema", json_string(SCHEMA));
    return json;
}

void report_json_text(const struct result *result, struct str *out)
{
    json_t *json = report_json(result);
    json_layout(json, out);
    json_decref(json);
}

static int check_schema(const json_t *json, struct error *err)
{
    const char *schema = json_string_value(json_object_get(json, "schema"));
    if (!schema)
        return error_set(err, ERROR_USAGE,
                         "not a result: it has no text 'schema', which must be '" SCHEMA
                         "'");
    if (!str_equal(schema, SCHEMA))
        return error_set(err, ERROR_USAGE,
                         "not a result that can be read: 'schema' must be '" SCHEMA
                         "', not '%.200s'",
                         schema);
    return 0;
}

/* The key that has no member is taken off a copy that shares the rest. */
int report_json_read(const json_t *json, struct result *out, struct error *err)
{
    AUTO_STR struct str path = STR_INIT;
    struct result result = { 0 };
    if (!json_is_object(json))
        return error_set(err, ERROR_USAGE, "not a result: it must be a JSON object");
    if (check_schema(json, err) < 0)
        return -1;

    json_t *members = json_copy((json_t *)(uintptr_t)json);
    json_object_del(members, "schema");
    int status = fields_read(&result_fields, members, &result, &path, err);
    json_decref(members);
    if (status < 0) {
        result_clear(&result);
        return error_prefix(err, "in the result, ");
    }
    *out = result;
    return 0;
}
