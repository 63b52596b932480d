/* The payload's base.sha of a pull request is what the base branch was when somebody last
 * pushed to the pull request, and not what the merge commit was made of; comparing with
 * it puts other people's commits on this change. So what was checked out decides. */
#include "gate/github/base_plan.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/github/environment.h"
#include "gate/github/event.h"

/* What a plan is made from. */
struct situation {
    const struct github_environment *environment;
    const struct github_event *event;
    const struct github_head *head;
};

static bool is_same(const char *a, const char *b)
{
    return a && b && str_equal(a, b);
}

static void plan_parent(struct github_plan *out, const char *rule)
{
    *out = (struct github_plan){ .base = GITHUB_BASE_PARENT, .rule = xstrdup(rule) };
}

static void plan_commit(struct github_plan *out, const char *commit)
{
    *out = (struct github_plan){ .base = GITHUB_BASE_COMMIT, .commit = xstrdup(commit) };
}

/* GitHub's own merge of a pull request into its base branch. The pull request's head may
 * itself be a merge, of the base branch into it; what tells them apart is which of the
 * two the event names, or that head is the second parent. */
static bool is_merge_of_request(const struct situation *now)
{
    const struct github_head *head = now->head;
    if (head->parent_count != 2 || is_same(head->id, now->event->head_sha))
        return false;
    if (is_same(head->parents[1], now->event->head_sha))
        return true;
    const char *ref = now->environment->ref;
    if (!ref || !str_starts_with(ref, "refs/pull/") || !str_ends_with(ref, "/merge"))
        return false;
    return !now->environment->sha || str_equal(now->environment->sha, head->id);
}

static void plan_request(const struct situation *now, struct github_plan *out)
{
    const char *branch =
        now->environment->base_ref ? now->environment->base_ref : now->event->base_ref;
    bool is_target = is_same(now->environment->event_name, "pull_request_target");
    if (is_merge_of_request(now)) {
        plan_parent(out, "first parent of the merge commit");
    } else if (is_target && is_same(now->environment->sha, now->head->id)) {
        plan_parent(out, "first parent of HEAD");
        out->notice = xstrdup("what is checked out is the base branch, not the pull "
                              "request: it is compared with its own parent");
    } else if (branch) {
        *out = (struct github_plan){
            .base = GITHUB_BASE_MERGE_BASE,
            .branch = xstrdup(branch),
            .rule = str_format("merge base of the pull request's head and %s", branch),
        };
    } else {
        plan_parent(out, "first parent of HEAD");
        out->notice = xstrdup("the event names no base branch: HEAD is compared with its "
                              "parent");
    }
}

static void plan_merge_group(const struct situation *now, struct github_plan *out)
{
    if (!now->event->base_sha) {
        plan_parent(out, "first parent of the merge group's head");
        return;
    }
    plan_commit(out, now->event->base_sha);
    out->rule = xstrdup("what the merge group is built on");
}

static const char *pushed_to(const struct situation *now)
{
    static const char heads[] = "refs/heads/";
    const char *ref = now->environment->ref;
    if (!ref)
        return "the branch";
    return str_starts_with(ref, heads) ? ref + strlen(heads) : ref;
}

static void plan_push(const struct situation *now, struct github_plan *out)
{
    const char *ref = pushed_to(now);
    const char *before = now->event->before;
    if (!before || is_same(before, now->head->id)) {
        AUTO_FREE char *rule = str_format("first parent of HEAD, as %s is new", ref);
        plan_parent(out, rule);
        return;
    }
    plan_commit(out, before);
    out->rule = str_format("what %s was before the push%s", ref,
                           now->event->is_forced ? ", which was forced" : "");
    out->rule_without = str_format("first parent of HEAD, as what %s was before the "
                                   "push is gone (%.10s)",
                                   ref, before);
}

/* Another commit than the event's was checked out. */
static bool is_elsewhere(const struct situation *now)
{
    return now->environment->sha && !str_equal(now->environment->sha, now->head->id);
}

static void plan_elsewhere(const struct situation *now, struct github_plan *out)
{
    plan_parent(out, "first parent of HEAD");
    out->notice =
        str_format("what is checked out is not the commit of the event (%.10s): it is "
                   "compared with its parent; give 'base' to compare with another commit",
                   now->environment->sha);
}

/* schedule, workflow_dispatch, and whatever else has no commit before it. */
static void plan_other(const struct situation *now, struct github_plan *out)
{
    const char *name = now->environment->event_name;
    plan_parent(out, "first parent of HEAD");
    out->notice =
        str_format("an event '%s' names no commit to compare with: the parent was taken; "
                   "give 'base' to compare with another, such as the last release",
                   name ? name : "unknown");
}

void github_plan_base(struct github_plan *out,
                      const struct github_environment *environment,
                      const struct github_event *event,
                      const struct github_head *head)
{
    const struct situation now = { environment, event, head };
    const char *name = environment->event_name;
    if (is_same(name, "pull_request") || is_same(name, "pull_request_target"))
        plan_request(&now, out);
    else if (!is_same(name, "merge_group") && !is_same(name, "push"))
        plan_other(&now, out);
    else if (is_elsewhere(&now))
        plan_elsewhere(&now, out);
    else if (is_same(name, "merge_group"))
        plan_merge_group(&now, out);
    else
        plan_push(&now, out);
}

void github_plan_clear(struct github_plan *plan)
{
    free(plan->commit);
    free(plan->branch);
    free(plan->rule);
    free(plan->rule_without);
    free(plan->notice);
    *plan = (struct github_plan){ 0 };
}
