#include "gate/cli/github_report.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/log.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/cli/command.h"
#include "gate/github/annotations.h"
#include "gate/github/command.h"
#include "gate/github/environment.h"
#include "gate/github/outcome.h"
#include "gate/github/output.h"
#include "gate/report/report.h"

/* What a report takes at least. */
#define SMALLEST_SUMMARY 40000

static int open_to_append(const char *path, size_t *size, struct error *err)
{
    AUTO_FD int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
    struct stat status;
    if (fd < 0 || fstat(fd, &status) < 0)
        return error_errno(err, "cannot write '%s'", path);
    *size = (size_t)status.st_size;
    return fd_detach(&fd);
}

static int
append_summary(const char *path, const struct github_end *end, struct error *err)
{
    size_t taken = 0;
    AUTO_STR struct str text = STR_INIT;
    AUTO_FD int fd = open_to_append(path, &taken, err);
    if (fd < 0)
        return -1;
    size_t room = github_summary_room(taken + 1);
    if (room < SMALLEST_SUMMARY)
        return error_set(err, ERROR_SYSTEM,
                         "the summary of this step has %zu bytes already, of at most %d: "
                         "the report is left out of it",
                         taken, GITHUB_SUMMARY_MOST);
    str_add(&text, taken ? "\n" : "");
    if (end->result)
        report_markdown_within(end->result, room, &text);
    else
        github_add_failure(&text, end->failure);
    return fd_write_all(fd, text.data, text.length, path, err);
}

/* The caller's. */
static char *
path_of(const struct github_end *end, const char *name, const char *elsewhere)
{
    if (end->directory)
        return path_join(end->directory, name);
    return elsewhere ? xstrdup(elsewhere) : NULL;
}

static int
append_outputs(const char *path, const struct github_end *end, struct error *err)
{
    const struct result *result = end->result;
    char delimiter[GITHUB_DELIMITER_SIZE];
    size_t taken = 0;
    AUTO_STR struct str text = STR_INIT;
    AUTO_FREE char *report = path_of(end, "report.md", end->report_path);
    AUTO_FREE char *page = path_of(end, "report.html", NULL);
    AUTO_FREE char *json = path_of(end, "result.json", end->json_path);
    const struct github_outcome outcome = {
        .verdict = result ? github_verdict(result) : "error",
        .regressions = result ? github_regressions(result) : 0,
        .report_path = report,
        .page_path = page,
        .json_path = json,
        .base_sha = result ? result->base.commit : end->base_sha,
        .head_sha = result ? result->head.commit : end->head_sha,
    };
    if (github_delimiter_draw(delimiter, err) < 0)
        return -1;
    AUTO_FD int fd = open_to_append(path, &taken, err);
    if (fd < 0)
        return -1;
    github_add_outputs(&text, &outcome, delimiter);
    return fd_write_all(fd, text.data, text.length, path, err);
}

/* Where the repository lies in the workspace: "", "sub/", or NULL for elsewhere. The
 * caller's. */
static char *folder_in(const char *workspace, const char *work_tree)
{
    AUTO_FREE char *outer = workspace ? realpath(workspace, NULL) : NULL;
    AUTO_FREE char *inner = work_tree ? realpath(work_tree, NULL) : NULL;
    if (!outer || !inner || !str_starts_with(inner, outer))
        return NULL;
    const char *rest = inner + strlen(outer);
    if (!*rest)
        return xstrdup("");
    return *rest == '/' ? str_format("%s/", rest + 1) : NULL;
}

static void add_annotations(struct str *out,
                            const struct github_end *end,
                            const struct github_environment *github)
{
    AUTO_FREE char *folder = folder_in(github->workspace, end->work_tree);
    const struct github_property title = { "title", "pawl could not check this" };
    if (end->result)
        github_add_annotations(out, end->result, end->passes, folder);
    else
        github_add_command(out, "error", &title, 1, end->failure);
}

static void warn(int outcome, struct error *trouble)
{
    if (outcome < 0)
        log_warning("%s", trouble->message);
}

int github_report(const struct github_end *end, struct error *err)
{
    AUTO_GITHUB_ENVIRONMENT struct github_environment github = { 0 };
    AUTO_STR struct str annotations = STR_INIT;
    struct error trouble = { 0 };
    github_environment_read(&github, (const char *const *)environ);
    if (!github_environment_active(&github))
        return 0;
    add_annotations(&annotations, end, &github);
    if (print_out(&annotations, err) < 0)
        return -1;
    if (github.summary_path)
        warn(append_summary(github.summary_path, end, &trouble), &trouble);
    if (github.output_path)
        warn(append_outputs(github.output_path, end, &trouble), &trouble);
    return 0;
}
