#include "tests/cli/explained.h"

#include <stdlib.h>

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

bool explained_may_sample(struct sandbox *sandbox)
{
    struct outcome outcome =
        sandbox_run(sandbox, "perf record -q -o try.data -e cpu-clock:u true");
    bool may = outcome.exit_code == 0;
    outcome_clear(&outcome);
    if (!may)
        print_message(
            "not sampled: needs perf (apt-get install linux-perf), and to be let "
            "(sysctl kernel.perf_event_paranoid=2)\n");
    return may;
}

struct outcome
explained_without(struct sandbox *sandbox, const char *tool, const char *arguments)
{
    AUTO_FREE char *name = str_format("bin/%s", tool);
    AUTO_FREE char *old = xstrdup(getenv("PATH"));
    AUTO_FREE char *path = str_format("%s:%s", sandbox_file(sandbox, "bin"), old);
    sandbox_write(sandbox, name, "#!/bin/sh\nexit 1\n");
    sandbox_must(sandbox, "chmod +x %s", name);
    setenv("PATH", path, 1);
    struct outcome outcome = pawl_exits(sandbox, 0, "explain %s", arguments);
    setenv("PATH", old, 1);
    return outcome;
}
