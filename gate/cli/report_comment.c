#include "gate/cli/report_comment.h"

#include <string.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/github/comment.h"
#include "gate/github/environment.h"
#include "gate/github/links.h"

int report_comment(const struct result *result,
                   const struct report_comment_options *options,
                   struct str *out,
                   struct error *err)
{
    const char *key = options->key ? options->key : "default";
    const char *run = options->run_id;
    if (github_comment_check_key(key, err) < 0)
        return -1;
    if (run && (!*run || run[strspn(run, "0123456789")]))
        return error_set(err, ERROR_USAGE, "--run-id must be a number, not '%s'", run);
    AUTO_GITHUB_ENVIRONMENT struct github_environment github = { 0 };
    github_environment_read(&github, (const char *const *)environ);
    AUTO_FREE char *commits = github_commit_url(github.server_url, github.repository);
    AUTO_FREE char *runs = github_run_url(github.server_url, github.repository, run);
    const struct github_comment comment = { key, commits, runs };
    github_add_comment(out, result, &comment);
    return 0;
}
