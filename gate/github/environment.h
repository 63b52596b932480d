/* What GitHub Actions tells a step by its environment variables. Filled from name/value
 * pairs, so that nothing here asks the process's own environment.
 * https://docs.github.com/actions/reference/workflows-and-actions/variables */
#pragma once

#include <stdbool.h>

#include "gate/base/attributes.h"

/* Owned copies; NULL where a variable is not set, or set to nothing (as GITHUB_BASE_REF
 * is for a push). All are NULL or false outside GitHub Actions, whatever else is set. */
struct github_environment {
    bool is_active;  /* GITHUB_ACTIONS is "true" */
    bool is_debug;   /* RUNNER_DEBUG is "1": somebody ran the job again with debug logging
                      */
    char *workspace; /* GITHUB_WORKSPACE: the directory of the checkout, absolute */
    char *event_name;    /* GITHUB_EVENT_NAME: "pull_request", "push", ... */
    char *event_path;    /* GITHUB_EVENT_PATH: file with the event's payload in JSON */
    char *ref;           /* GITHUB_REF: "refs/pull/7/merge", "refs/heads/main" */
    char *sha;           /* GITHUB_SHA: the commit that the event is about */
    char *base_ref;      /* GITHUB_BASE_REF: the branch that a pull request goes to */
    char *head_ref;      /* GITHUB_HEAD_REF: the branch that it comes from */
    char *repository;    /* GITHUB_REPOSITORY: "owner/name" */
    char *server_url;    /* GITHUB_SERVER_URL: "https://github.com" */
    char *api_url;       /* GITHUB_API_URL */
    char *run_id;        /* GITHUB_RUN_ID, in digits */
    char *run_attempt;   /* GITHUB_RUN_ATTEMPT, in digits, from 1 */
    char *workflow;      /* GITHUB_WORKFLOW: its name */
    char *job;           /* GITHUB_JOB: the id of the job */
    char *actor;         /* GITHUB_ACTOR: who set the run off */
    char *action_path;   /* GITHUB_ACTION_PATH: where the action's own files are */
    char *output_path;   /* GITHUB_OUTPUT: file that takes the step's outputs */
    char *summary_path;  /* GITHUB_STEP_SUMMARY: file that takes the step's summary */
    char *runner_temp;   /* RUNNER_TEMP: emptied before and after each job */
    char *runner_os;     /* RUNNER_OS: "Linux" */
    char *runner_arch;   /* RUNNER_ARCH: "X64", "ARM64" */
    char *runner_name;   /* RUNNER_NAME */
    char *runner_kind;   /* RUNNER_ENVIRONMENT: "github-hosted" or "self-hosted" */
    char *image_os;      /* ImageOS: "ubuntu24", on GitHub's own runners */
    char *image_version; /* ImageVersion: "20261025.1.0", likewise */
};

/* variables: "NAME=value" each, ended by NULL: (const char *const *)environ. Where a name
 * comes twice, the first counts, as for getenv. */
void github_environment_read(struct github_environment *out,
                             const char *const *variables);

/* Whether this runs in a step of GitHub Actions: only then is GitHub spoken to. */
bool github_environment_active(const struct github_environment *environment);

void github_environment_clear(struct github_environment *environment);
#define AUTO_GITHUB_ENVIRONMENT AUTO(github_environment_clear)
