/* Addresses of this repository's pages. Made only of what the runner says of itself, and
 * only where that looks as it should: they stand in reports unescaped. */
#pragma once

#include "gate/base/attributes.h"

/* "https://github.com/owner/name/commit/", to which the id of a commit is added. The
 * caller's; NULL where either is missing or is no server or repository. */
char *github_commit_url(const char *server_url, const char *repository) MUST_CHECK;
/* "https://github.com/owner/name/actions/runs/123"; NULL also where run_id is NULL or has
 * anything but digits. */
char *github_run_url(const char *server_url, const char *repository, const char *run_id)
    MUST_CHECK;
