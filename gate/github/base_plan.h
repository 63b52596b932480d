/* Which commit a head is compared with, by the event that set the workflow off: the table
 * of docs/ci-commits.md. Nothing here looks into a repository; gate/cli gets the commits
 * that are planned. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "gate/base/attributes.h"

struct github_environment;
struct github_event;

/* The commit that was checked out. Borrowed. */
struct github_head {
    const char *id;
    const char *const *parents; /* ids, as the commit names them, there or not */
    size_t parent_count;
};

enum github_base {
    GITHUB_BASE_PARENT,     /* the first parent of head */
    GITHUB_BASE_COMMIT,     /* the commit with that id */
    GITHUB_BASE_MERGE_BASE, /* the merge base of head and a branch of origin */
};

/* Texts are owned. */
struct github_plan {
    enum github_base base;
    char *commit;       /* GITHUB_BASE_COMMIT: its id */
    char *branch;       /* GITHUB_BASE_MERGE_BASE: "main" */
    char *rule;         /* for people: "first parent of the merge commit" */
    char *rule_without; /* GITHUB_BASE_COMMIT: where origin does not have it any more, the
                         * rule for taking the first parent in its place; NULL: there is
                         * no such rule */
    char *notice;       /* what the person should know; NULL: nothing */
};

void github_plan_base(struct github_plan *out,
                      const struct github_environment *environment,
                      const struct github_event *event,
                      const struct github_head *head);
void github_plan_clear(struct github_plan *plan);
#define AUTO_GITHUB_PLAN AUTO(github_plan_clear)
