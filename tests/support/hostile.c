#include "hostile.h"

#include <stdlib.h>

#include "check.h"
#include "gate/base/array.h"
#include "gate/base/json.h"
#include "gate/base/str.h"

static const char *member(const json_t *entry, const char *key, const char *otherwise)
{
    const json_t *value = json_object_get(entry, key);
    const char *text = value ? json_string_value(value) : otherwise;
    if (!text)
        fail_msg("hostile.json: an entry lacks its '%s'", key);
    return text;
}

struct hostile_texts hostile_load(void)
{
    struct hostile_texts texts = { 0 };
    struct error err = { 0 };
    const char *tests = getenv("PAWL_TEST_DATA");
    assert_non_null(tests);
    char *path = str_format("%s/data/hostile.json", tests);
    json_t *json = json_read_file(path, ERROR_USAGE, &err);
    free(path);
    if (!json)
        fail_msg("%s", err.message);
    texts.json = json;
    for (size_t i = 0; i < json_array_size(json); i++) {
        const json_t *entry = json_array_get(json, i);
        struct hostile_text *text = array_push(&texts);
        text->name = member(entry, "name", NULL);
        text->text = member(entry, "text", NULL);
        text->shown = member(entry, "shown", text->text);
    }
    assert_int_equal(texts.count, 33);
    return texts;
}

void hostile_clear(struct hostile_texts *texts)
{
    json_decref(texts->json);
    array_clear(texts);
    texts->json = NULL;
}
