/* What set a workflow off, out of the payload that GitHub Actions leaves in the file
 * $GITHUB_EVENT_PATH. Only what decides which commits are compared, and whose code they
 * are, is read: https://docs.github.com/webhooks/webhook-events-and-payloads */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <jansson.h>

#include "gate/base/attributes.h"

struct error;

/* Owned; NULL for what the payload does not have. Commits are in hex, 40 digits (or 64).
 */
struct github_event {
    char *repository;      /* "owner/name", where the workflow runs */
    char *default_branch;  /* of the repository: "main" */
    int64_t number;        /* of the pull request; 0 without one */
    char *head_sha;        /* pull request, merge group, workflow_run */
    char *head_repository; /* "owner/name" where head comes from; NULL: unknown, as where
                            * a fork was deleted */
    char *base_sha; /* merge group: what it is built on. Of a pull request it is stale,
                     * and not read */
    char *base_ref; /* branch that a pull request or merge group goes to: "main" */
    char *before;   /* push: what the branch held; NULL where it is new (all zeros) */
    bool is_forced; /* push: it took commits away */
};

/* name: GITHUB_EVENT_NAME. -1 with ERROR_CONFIG where a member is not of its kind; one
 * that is missing, or null, is fine. */
int github_event_read(struct github_event *out,
                      const char *name,
                      const json_t *payload,
                      struct error *err) MUST_CHECK;
void github_event_clear(struct github_event *event);
#define AUTO_GITHUB_EVENT AUTO(github_event_clear)

/* Whether the event runs with the repository's own rights and secrets, whoever wrote the
 * code that it is about: pull_request_target and workflow_run. */
bool github_event_is_privileged(const char *name);

/* Whether head comes from another repository than the workflow's, or from one that is not
 * known, of an event that names a head. */
bool github_event_is_from_fork(const char *name, const struct github_event *event);
