#include "gate/github/event.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"

/* What a text must look like. */
enum kind {
    KIND_TEXT,
    KIND_COMMIT,
    KIND_BRANCH
};

/* A member, by the names that lead to it; the last is followed by NULLs. */
struct place {
    const char *event; /* which it is of; NULL: of all */
    const char *path[4];
    size_t offset;
    enum kind kind;
};

#define PULL_REQUEST "pull_request" /* with pull_request_target */
#define PLACE(EVENT, KIND, MEMBER, ...)                                 \
    {                                                                   \
        .event = (EVENT), .path = { __VA_ARGS__ },                      \
        .offset = offsetof(struct github_event, MEMBER), .kind = (KIND) \
    }

static const struct place places[] = {
    PLACE(NULL, KIND_TEXT, repository, "repository", "full_name"),
    PLACE(NULL, KIND_TEXT, default_branch, "repository", "default_branch"),
    PLACE(PULL_REQUEST, KIND_COMMIT, head_sha, "pull_request", "head", "sha"),
    PLACE(PULL_REQUEST,
          KIND_TEXT,
          head_repository,
          "pull_request",
          "head",
          "repo",
          "full_name"),
    PLACE(PULL_REQUEST, KIND_BRANCH, base_ref, "pull_request", "base", "ref"),
    PLACE("merge_group", KIND_COMMIT, head_sha, "merge_group", "head_sha"),
    PLACE("merge_group", KIND_COMMIT, base_sha, "merge_group", "base_sha"),
    PLACE("merge_group", KIND_BRANCH, base_ref, "merge_group", "base_ref"),
    PLACE("push", KIND_COMMIT, before, "before"),
    PLACE("workflow_run", KIND_COMMIT, head_sha, "workflow_run", "head_sha"),
    PLACE("workflow_run",
          KIND_TEXT,
          head_repository,
          "workflow_run",
          "head_repository",
          "full_name"),
};
#define PLACE_COUNT (sizeof places / sizeof *places)
#define MOST_NAMES  (sizeof places->path / sizeof *places->path)

static char **member_of(struct github_event *event, const struct place *place)
{
    return (char **)(void *)((char *)event + place->offset);
}

static bool is_of(const struct place *place, const char *name)
{
    if (!place->event || str_equal(place->event, name))
        return true;
    return str_equal(place->event, PULL_REQUEST) &&
           str_equal(name, "pull_request_target");
}

/* NULL for what is not there, or null. */
static const json_t *find(const json_t *payload, const struct place *place)
{
    const json_t *value = payload;
    for (size_t i = 0; i < MOST_NAMES && place->path[i]; i++)
        value = json_object_get(value, place->path[i]);
    return json_is_null(value) ? NULL : value;
}

static bool is_commit(const char *text)
{
    size_t length = strspn(text, "0123456789abcdef");
    return !text[length] && (length == 40 || length == 64);
}

static bool is_nothing(const char *commit)
{
    return commit[strspn(commit, "0")] == '\0';
}

static int say_bad(const struct place *place, const char *wanted, struct error *err)
{
    AUTO_STR struct str name = STR_INIT;
    for (size_t i = 0; i < MOST_NAMES && place->path[i]; i++)
        str_addf(&name, "%s%s", i ? "." : "", place->path[i]);
    return error_set(err, ERROR_CONFIG, "'%s' must be %s", name.data, wanted);
}

/* Refs of a merge group are whole ("refs/heads/main"), those of a pull request short. */
static const char *short_branch(const char *ref)
{
    static const char heads[] = "refs/heads/";
    return str_starts_with(ref, heads) ? ref + strlen(heads) : ref;
}

static int read_place(struct github_event *event,
                      const struct place *place,
                      const json_t *payload,
                      struct error *err)
{
    const json_t *value = find(payload, place);
    if (!value)
        return 0;
    const char *text = json_string_value(value);
    if (!text || !*text)
        return say_bad(place, "a text", err);
    if (place->kind == KIND_COMMIT && !is_commit(text))
        return say_bad(place, "a commit id in hex", err);
    if (place->kind == KIND_COMMIT && is_nothing(text))
        return 0;
    *member_of(event, place) =
        xstrdup(place->kind == KIND_BRANCH ? short_branch(text) : text);
    return 0;
}

int github_event_read(struct github_event *out,
                      const char *name,
                      const json_t *payload,
                      struct error *err)
{
    AUTO_GITHUB_EVENT struct github_event event = { 0 };
    if (!json_is_object(payload))
        return error_set(err, ERROR_CONFIG, "the payload must be an object");
    for (size_t i = 0; i < PLACE_COUNT; i++) {
        if (is_of(&places[i], name) && read_place(&event, &places[i], payload, err) < 0)
            return -1;
    }
    const json_t *request = json_object_get(payload, "pull_request");
    event.number = json_integer_value(json_object_get(request, "number"));
    event.is_forced = json_is_true(json_object_get(payload, "forced"));
    *out = event;
    event = (struct github_event){ 0 };
    return 0;
}

void github_event_clear(struct github_event *event)
{
    for (size_t i = 0; i < PLACE_COUNT; i++) {
        char **member = member_of(event, &places[i]);
        free(*member);
        *member = NULL;
    }
    *event = (struct github_event){ 0 };
}

bool github_event_is_privileged(const char *name)
{
    return str_equal(name, "pull_request_target") || str_equal(name, "workflow_run");
}

bool github_event_is_from_fork(const char *name, const struct github_event *event)
{
    if (!github_event_is_privileged(name) && !str_equal(name, "pull_request"))
        return false;
    return !event->head_repository || !event->repository ||
           strcasecmp(event->head_repository, event->repository) != 0;
}
