/* `pawl report --format comment`: the text of a comment in a pull request. */
#pragma once

#include "gate/base/attributes.h"
#include "gate/verdict/result.h"

struct error;
struct str;

struct report_comment_options {
    const char *key;    /* NULL: "default" */
    const char *run_id; /* of the run that measured; NULL: not said */
};

/* Appends it, with links where this is a step of GitHub Actions. -1 with ERROR_USAGE for
 * a key or a run that is none. */
int report_comment(const struct result *result,
                   const struct report_comment_options *options,
                   struct str *out,
                   struct error *err) MUST_CHECK;
