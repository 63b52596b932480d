/* A checkout of depth 1 is what actions/checkout makes unless it is told otherwise, and
 * nobody's work: it is deepened as far as the comparison needs. Where that fails, the
 * error ends with the line of the workflow that mends it. */
#include "gate/cli/github_sides.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/json.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "gate/cli/check.h"
#include "gate/github/base_plan.h"
#include "gate/github/environment.h"
#include "gate/github/event.h"
#include "gate/source/base_rule.h"
#include "gate/source/late_fetch.h"
#include "gate/source/source.h"

static void read_environment(struct github_environment *out)
{
    github_environment_read(out, (const char *const *)environ);
}

/* Empty where the runner names no file. */
static int read_event(const struct github_environment *github,
                      struct github_event *out,
                      struct error *err)
{
    if (!github->event_path || !github->event_name)
        return 0;
    AUTO_JSON json_t *payload = json_read_file(github->event_path, ERROR_CONFIG, err);
    if (!payload)
        return error_prefix(err, "cannot read the event: ");
    if (github_event_read(out, github->event_name, payload, err) < 0)
        return error_prefix(err, "in the event '%s': ", github->event_path);
    return 0;
}

int github_refuse_forks(bool is_allowed, struct error *err)
{
    AUTO_GITHUB_ENVIRONMENT struct github_environment github = { 0 };
    AUTO_GITHUB_EVENT struct github_event event = { 0 };
    read_environment(&github);
    if (!github_environment_active(&github) || !github.event_name ||
        !github_event_is_privileged(github.event_name) || is_allowed)
        return 0;
    if (read_event(&github, &event, err) < 0)
        return -1;
    if (!github_event_is_from_fork(github.event_name, &event))
        return 0;
    const char *from = event.head_repository;
    return error_set(err, ERROR_USAGE,
                     "an event '%s' has the repository's rights and secrets, and its "
                     "head comes from %s%s: building it would hand them out; use 'on: "
                     "pull_request', which needs neither (or, knowing what it means, "
                     "--allow-fork-code-in-privileged-event)",
                     github.event_name, from ? "the fork " : "an unknown repository",
                     from ? from : "");
}

/* Ends an error with what mends it: depth for actions/checkout, unless it says so
 * already. Always -1. */
static int add_remedy(struct error *err, const char *depth)
{
    struct error failed = *err;
    if (strstr(failed.message, "fetch-depth"))
        return -1;
    error_clear(err);
    return error_set(err, failed.code,
                     "%s: in the workflow, give actions/checkout 'with: { fetch-depth: "
                     "%s }'%s",
                     failed.message, depth,
                     strstr(failed.message, "could not read Username")
                         ? " (its 'persist-credentials: false' keeps later fetches out)"
                         : "");
}

/* Where origin does not have it, *is_there is false. */
static int get_commit(struct source *source,
                      const char *id,
                      const char *depth,
                      bool *is_there,
                      struct error *err)
{
    *is_there = source_has_commit(source, id);
    if (!*is_there && source_fetch_commit(source, id, is_there, err) < 0)
        return add_remedy(err, depth);
    return 0;
}

static int lacks_commit(const char *id, const char *depth, struct error *err)
{
    error_set(err, ERROR_GIT, "commit %.10s is neither in this clone nor at origin", id);
    return add_remedy(err, depth);
}

static int find_parent(struct check *check,
                       const struct revision *head,
                       const char *rule,
                       struct error *err)
{
    AUTO_STRVEC struct strvec parents = { 0 };
    bool is_there = false;
    if (source_parent_ids(check->source, head, &parents, err) < 0)
        return -1;
    if (!parents.count)
        return error_set(err, ERROR_GIT,
                         "commit %.10s ('%s') is the first of the history, and there is "
                         "nothing to compare it with: the gate begins with the next one "
                         "(to compare with another commit, give 'base')",
                         head->commit, head->subject);
    if (get_commit(check->source, parents.items[0], "2", &is_there, err) < 0)
        return -1;
    if (!is_there)
        return lacks_commit(parents.items[0], "2", err);
    check->base_rule = xstrdup(rule);
    return source_resolve(check->source, parents.items[0], &check->revisions[SIDE_BASE],
                          err);
}

static int find_commit(struct check *check,
                       const struct revision *head,
                       const struct github_plan *plan,
                       struct error *err)
{
    bool is_there = false;
    if (get_commit(check->source, plan->commit, "0", &is_there, err) < 0)
        return -1;
    if (!is_there && plan->rule_without)
        return find_parent(check, head, plan->rule_without, err);
    if (!is_there)
        return lacks_commit(plan->commit, "0", err);
    check->base_rule = xstrdup(plan->rule);
    return source_resolve(check->source, plan->commit, &check->revisions[SIDE_BASE], err);
}

/* The tip of a branch: as the clone knows it, else as origin has it now. */
static int find_branch(struct source *source,
                       const char *branch,
                       struct revision *out,
                       struct error *err)
{
    struct error unknown = { 0 };
    char id[SOURCE_ID_SIZE];
    bool is_there = false;
    AUTO_FREE char *tracked = str_format("refs/remotes/origin/%s", branch);
    if (source_resolve(source, tracked, out, &unknown) == 0)
        return 0;
    if (source_ask_remote(source, branch, id, &is_there, err) < 0)
        return add_remedy(err, "0");
    if (!is_there)
        return error_set(err, ERROR_GIT, "there is no branch '%s' at origin", branch);
    if (get_commit(source, id, "0", &is_there, err) < 0)
        return -1;
    return is_there ? source_resolve(source, id, out, err) : lacks_commit(id, "0", err);
}

static int find_merge_base(struct check *check,
                           const struct revision *head,
                           const struct github_plan *plan,
                           struct error *err)
{
    struct revision tip;
    if (find_branch(check->source, plan->branch, &tip, err) < 0)
        return -1;
    check->base_rule = xstrdup(plan->rule);
    if (source_fetch_merge_base(check->source, head, &tip, &check->revisions[SIDE_BASE],
                                err) < 0)
        return source_is_shallow(check->source) ? add_remedy(err, "0") : -1;
    return 0;
}

static int follow_plan(struct check *check,
                       const struct revision *head,
                       const struct github_plan *plan,
                       struct error *err)
{
    if (plan->notice)
        strvec_push(&check->warnings, plan->notice);
    switch (plan->base) {
    case GITHUB_BASE_PARENT:
        return find_parent(check, head, plan->rule, err);
    case GITHUB_BASE_COMMIT:
        return find_commit(check, head, plan, err);
    case GITHUB_BASE_MERGE_BASE:
        return find_merge_base(check, head, plan, err);
    }
    abort();
}

int github_find_base(struct check *check,
                     const struct revision *head,
                     bool *is_found,
                     struct error *err)
{
    AUTO_GITHUB_ENVIRONMENT struct github_environment github = { 0 };
    AUTO_GITHUB_EVENT struct github_event event = { 0 };
    AUTO_GITHUB_PLAN struct github_plan plan = { 0 };
    AUTO_STRVEC struct strvec parents = { 0 };
    *is_found = false;
    read_environment(&github);
    if (!github_environment_active(&github) || !str_equal(check->options.head, "HEAD"))
        return 0;
    if (read_event(&github, &event, err) < 0 ||
        source_parent_ids(check->source, head, &parents, err) < 0)
        return -1;
    const struct github_head checked_out = {
        .id = head->commit,
        .parents = (const char *const *)parents.items,
        .parent_count = parents.count,
    };
    github_plan_base(&plan, &github, &event, &checked_out);
    *is_found = true;
    return follow_plan(check, head, &plan, err);
}

static bool is_full_id(const char *name)
{
    return strlen(name) == SOURCE_ID_SIZE - 1 &&
           strspn(name, "0123456789abcdef") == SOURCE_ID_SIZE - 1;
}

/* The id behind a name; *is_there false where origin has no such branch or tag. */
static int
ask(struct source *source, const char *name, char *id, bool *is_there, struct error *err)
{
    const char *plain =
        str_starts_with(name, "origin/") ? name + strlen("origin/") : name;
    *is_there = is_full_id(name);
    if (*is_there)
        memcpy(id, name, SOURCE_ID_SIZE);
    else if (!strpbrk(name, "~^@:*? ") && *name != '-')
        return source_ask_remote(source, plain, id, is_there, err);
    return 0;
}

int github_resolve(struct source *source,
                   const char *name,
                   struct revision *out,
                   struct error *err)
{
    AUTO_GITHUB_ENVIRONMENT struct github_environment github = { 0 };
    struct error here = { 0 };
    struct error at_origin = { 0 };
    char id[SOURCE_ID_SIZE] = "";
    bool is_there = false;
    if (source_resolve(source, name, out, &here) == 0)
        return 0;
    read_environment(&github);
    if (github_environment_active(&github) &&
        ask(source, name, id, &is_there, &at_origin) == 0 && is_there &&
        source_fetch_commit(source, id, &is_there, &at_origin) == 0 && is_there)
        return source_resolve(source, id, out, err);
    *err = here;
    return -1;
}

int github_fetch_files(struct source *source,
                       const struct revision *of,
                       struct error *err)
{
    AUTO_GITHUB_ENVIRONMENT struct github_environment github = { 0 };
    read_environment(&github);
    return github_environment_active(&github)
               ? source_fetch_files(source, of->commit, err)
               : 0;
}
