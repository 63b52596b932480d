#include "gate/github/comment.h"

#include <string.h>

#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/report/report.h"

#define MOST_KEY 100
/* The marker with the longest key, and the link to the run. */
#define FRAME_BYTES 700

int github_comment_check_key(const char *key, struct error *err)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    if (*key && strlen(key) <= MOST_KEY && !key[strspn(key, allowed)])
        return 0;
    return error_set(err, ERROR_USAGE,
                     "--comment-key must be 1 to %d letters, digits, '.', '_' and '-', "
                     "not '%s'",
                     MOST_KEY, key);
}

void github_add_comment(struct str *out,
                        const struct result *result,
                        const struct github_comment *comment)
{
    const struct report_markdown_options options = {
        .byte_limit = GITHUB_COMMENT_BYTES - FRAME_BYTES,
        .commit_url = comment->commit_url,
    };
    str_addf(out, "<!-- pawl:v1 key=%s -->\n", comment->key);
    report_markdown_with(result, &options, out);
    if (comment->run_url)
        str_addf(out, "\n[The run that measured this](%s)\n", comment->run_url);
}
