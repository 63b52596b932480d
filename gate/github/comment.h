/* The text of a comment in a pull request. */
#pragma once

#include "gate/base/attributes.h"
#include "gate/verdict/result.h"

struct error;
struct str;

struct github_comment {
    const char *key; /* tells this comment from others of pawl's in the same place */
    const char *commit_url; /* of github_commit_url; NULL: no links */
    const char *run_url;    /* of the run that measured; NULL: no link */
};

/* Comments stay below this, whatever the result holds. */
#define GITHUB_COMMENT_BYTES 60000

/* -1 with ERROR_USAGE unless the key is 1 to 100 letters, digits, '.', '_' and '-'. */
int github_comment_check_key(const char *key, struct error *err) MUST_CHECK;

/* Appends the comment: its first line is "<!-- pawl:v1 key=KEY -->", by which it is found
 * again, then the report; rows that do not fit are left out from the end and counted. The
 * same result gives the same bytes. */
void github_add_comment(struct str *out,
                        const struct result *result,
                        const struct github_comment *comment);
