/* Loading a store: element by element, or as one tree. */
#include <jansson.h>

#include "gate/base/json.h"
#include "gate/base/str.h"
#include "runners/case-tracker/case_id.h"
#include "runners/case-tracker/case_index.h"
#include "runners/case-tracker/store.h"
#include "runners/case-tracker/suite/suite.h"

static void add_answer(struct str *answer, const struct case_list *cases)
{
    size_t notes = 0;
    size_t bytes = 0;
    for (size_t i = 0; i < cases->count; i++) {
        notes += cases->items[i].note_count;
        bytes += (unsigned char)cases->items[i].title[0];
    }
    str_addf(answer, "%zu cases, %zu notes, check sum %zu\n", cases->count, notes, bytes);
}

int run_load(const char *const *arguments, struct str *answer, struct error *err)
{
    AUTO_CASES struct case_list cases = { 0 };
    if (store_load(arguments[0], &cases, err) < 0)
        return -1;
    add_answer(answer, &cases);
    return 0;
}

static int append_object(struct case_list *cases, const json_t *object, struct error *err)
{
    struct case_record record = {
        .number = case_id_number(json_string_value(json_object_get(object, "id"))),
        .title = json_string_value(json_object_get(object, "title")),
    };
    if (status_parse(json_string_value(json_object_get(object, "status")), &record.status,
                     err) < 0)
        return -1;
    case_list_append(cases, &record);
    size_t index = 0;
    json_t *note = NULL;
    json_array_foreach(json_object_get(object, "notes"), index, note) {
        case_list_add_last_note(cases, json_string_value(note), json_string_length(note));
    }
    return 0;
}

/* The tree of the whole file stands in memory beside the cases made from it. For stores
 * that are known to be right: what load checks is not checked here. */
int run_load_tree(const char *const *arguments, struct str *answer, struct error *err)
{
    AUTO_CASES struct case_list cases = { 0 };
    AUTO_CASE_INDEX struct case_index index = { 0 };
    AUTO_JSON json_t *tree = json_read_file(arguments[0], ERROR_CASES, err);
    if (!tree)
        return -1;
    for (size_t i = 0; i < json_array_size(tree); i++) {
        if (append_object(&cases, json_array_get(tree, i), err) < 0)
            return -1;
        if (!case_index_add(&index, &cases, i))
            return error_set(err, ERROR_CASES, "in '%s': a case twice", arguments[0]);
    }
    add_answer(answer, &cases);
    return 0;
}
