/* In GitHub Actions: the commit that head is compared with follows from the event, and
 * what a shallow or partial clone lacks of the two is fetched. Elsewhere nothing here
 * does anything. The rules are those of docs/ci-commits.md. */
#pragma once

#include <stdbool.h>

#include "gate/base/attributes.h"

struct check;
struct error;
struct revision;
struct source;

/* ERROR_USAGE where the event runs with the repository's rights and its head comes from a
 * fork, unless that was said to be allowed. */
int github_refuse_forks(bool is_allowed, struct error *err) MUST_CHECK;

/* Sets base and the rule by which it was chosen. *is_found false, and nothing done,
 * outside GitHub Actions and where another head than HEAD was asked for. */
int github_find_base(struct check *check,
                     const struct revision *head,
                     bool *is_found,
                     struct error *err) MUST_CHECK;

/* A revision that was asked for by name, as source_resolve; a branch, tag or full id that
 * a clone in GitHub Actions lacks is fetched first. */
int github_resolve(struct source *source,
                   const char *name,
                   struct revision *out,
                   struct error *err) MUST_CHECK;

/* Fetches the commit's files that a partial clone in GitHub Actions left out. */
int github_fetch_files(struct source *source,
                       const struct revision *of,
                       struct error *err) MUST_CHECK;
