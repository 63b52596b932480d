#include "tests/cli/explained.h"

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/json.h"
#include "gate/base/str.h"
#include "tests/support/check.h"

void explained_says(const struct outcome *outcome, const char *part)
{
    AUTO_STR struct str text = STR_INIT;
    for (const char *c = outcome->out; *c; c++) {
        char shown = *c;
        if (shown == '\n')
            shown = ' ';
        if (shown != ' ' || (text.length && text.data[text.length - 1] != ' '))
            str_add_char(&text, shown);
    }
    assert_contains(text.data, part);
}

void explained_need(struct sandbox *sandbox, const char *tool)
{
    AUTO_FREE char *command = str_format("command -v %s", tool);
    sandbox_need(sandbox, command, tool);
}

const json_t *explained_first(struct sandbox *sandbox, json_t **result)
{
    struct error err = { 0 };
    *result = json_read_file(sandbox_file(sandbox, "project/r.json"), ERROR_USAGE, &err);
    if (!*result)
        fail_msg("%s", err.message);
    const json_t *all = json_object_get(*result, "explanations");
    return json_array_get(json_object_get(all, "benches"), 0);
}
