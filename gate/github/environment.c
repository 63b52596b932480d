#include "gate/github/environment.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"

/* Each variable, and the member that takes it. */
struct variable {
    const char *name;
    size_t offset;
};

#define VARIABLE(NAME, MEMBER)                            \
    {                                                     \
        NAME, offsetof(struct github_environment, MEMBER) \
    }

static const struct variable table[] = {
    VARIABLE("GITHUB_WORKSPACE", workspace),
    VARIABLE("GITHUB_EVENT_NAME", event_name),
    VARIABLE("GITHUB_EVENT_PATH", event_path),
    VARIABLE("GITHUB_REF", ref),
    VARIABLE("GITHUB_SHA", sha),
    VARIABLE("GITHUB_BASE_REF", base_ref),
    VARIABLE("GITHUB_HEAD_REF", head_ref),
    VARIABLE("GITHUB_REPOSITORY", repository),
    VARIABLE("GITHUB_SERVER_URL", server_url),
    VARIABLE("GITHUB_API_URL", api_url),
    VARIABLE("GITHUB_RUN_ID", run_id),
    VARIABLE("GITHUB_RUN_ATTEMPT", run_attempt),
    VARIABLE("GITHUB_WORKFLOW", workflow),
    VARIABLE("GITHUB_JOB", job),
    VARIABLE("GITHUB_ACTOR", actor),
    VARIABLE("GITHUB_ACTION_PATH", action_path),
    VARIABLE("GITHUB_OUTPUT", output_path),
    VARIABLE("GITHUB_STEP_SUMMARY", summary_path),
    VARIABLE("RUNNER_TEMP", runner_temp),
    VARIABLE("RUNNER_OS", runner_os),
    VARIABLE("RUNNER_ARCH", runner_arch),
    VARIABLE("RUNNER_NAME", runner_name),
    VARIABLE("RUNNER_ENVIRONMENT", runner_kind),
    VARIABLE("ImageOS", image_os),
    VARIABLE("ImageVersion", image_version),
};
#define VARIABLE_COUNT (sizeof table / sizeof *table)

static char **member_of(struct github_environment *environment, size_t index)
{
    return (char **)(void *)((char *)environment + table[index].offset);
}

/* NULL where it is not among them. */
static const char *value_of(const char *const *variables, const char *name)
{
    size_t length = strlen(name);
    for (; *variables; variables++) {
        if (strncmp(*variables, name, length) == 0 && (*variables)[length] == '=')
            return *variables + length + 1;
    }
    return NULL;
}

static bool is_set_to(const char *const *variables, const char *name, const char *wanted)
{
    const char *value = value_of(variables, name);
    return value && str_equal(value, wanted);
}

void github_environment_read(struct github_environment *out, const char *const *variables)
{
    *out = (struct github_environment){ 0 };
    if (!is_set_to(variables, "GITHUB_ACTIONS", "true"))
        return;
    out->is_active = true;
    out->is_debug = is_set_to(variables, "RUNNER_DEBUG", "1");
    for (size_t i = 0; i < VARIABLE_COUNT; i++) {
        const char *value = value_of(variables, table[i].name);
        if (value && *value)
            *member_of(out, i) = xstrdup(value);
    }
}

bool github_environment_active(const struct github_environment *environment)
{
    return environment->is_active;
}

void github_environment_clear(struct github_environment *environment)
{
    for (size_t i = 0; i < VARIABLE_COUNT; i++)
        free(*member_of(environment, i));
    *environment = (struct github_environment){ 0 };
}
