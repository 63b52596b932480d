/* A case put before the gate. It is `pawl check` itself that runs, from its command line
 * to result.json; only what it prints goes to a file. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/json.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "gate/base/tree.h"
#include "gate/cli/command.h"
#include "gate/cli/selftest.h"
#include "gate/report/report.h"

static void add_arguments(const struct selftest_place *place,
                          const struct selftest_case *what,
                          const struct selftest_options *options,
                          const char *output,
                          struct strvec *argv)
{
    AUTO_FREE char *branch = selftest_case_branch(what);
    strvec_push(argv, "--directory");
    strvec_push(argv, place->repository);
    strvec_push(argv, "--base=base");
    strvec_pushf(argv, "--head=%s", branch);
    strvec_push(argv, "--no-identical");
    strvec_push(argv, "--layouts=off");
    strvec_push(argv, "--no-explain");
    strvec_pushf(argv, "--seed=%" PRIu64, options->seed);
    strvec_push(argv, "--output");
    strvec_push(argv, output);
    strvec_push(argv, options->is_verbose ? "--verbose" : "--quiet");
    strvec_push(argv, what->bench);
}

/* A command moves the words of its command line about: it gets a list of its own. */
static int run_check(const struct strvec *argv, struct error *err)
{
    AUTO_FREE char **words = xcalloc(argv->count + 1, sizeof *words);
    for (size_t i = 0; i < argv->count; i++)
        words[i] = argv->items[i];
    return cmd_check((int)argv->count, words, err);
}

/* Standard output is path from here on; the old one, or -1. */
static int divert_output(const char *path, struct error *err)
{
    AUTO_FD int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (file < 0)
        return error_errno(err, "cannot write '%s'", path);
    fflush(stdout);
    int old = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    if (old < 0 || dup2(file, STDOUT_FILENO) < 0) {
        error_errno(err, "cannot divert standard output");
        fd_close(&old);
    }
    return old;
}

static int restore_output(int old, struct error *err)
{
    fflush(stdout);
    int result = dup2(old, STDOUT_FILENO);
    int reason = errno;
    close(old);
    errno = reason;
    return result < 0 ? error_errno(err, "cannot go back to standard output") : 0;
}

static int run_diverted(const struct strvec *argv, const char *path, struct error *err)
{
    int old = divert_output(path, err);
    if (old < 0)
        return -1;
    int code = run_check(argv, err);
    return restore_output(old, err) < 0 ? -1 : code;
}

static int read_result(const char *path, struct result *result, struct error *err)
{
    AUTO_JSON json_t *json = json_read_file(path, ERROR_SYSTEM, err);
    if (!json || report_json_read(json, result, err) < 0)
        return error_prefix(err, "in '%s': ", path);
    return 0;
}

int selftest_check(const struct selftest_place *place,
                   const struct selftest_case *what,
                   const struct selftest_options *options,
                   struct result *result,
                   struct error *err)
{
    AUTO_FREE char *name = selftest_case_name(what);
    AUTO_FREE char *branch = selftest_case_branch(what);
    AUTO_FREE char *output = path_join(place->reports, branch);
    AUTO_FREE char *summary = path_join(output, "summary.txt");
    AUTO_FREE char *json = path_join(output, "result.json");
    AUTO_STRVEC struct strvec argv = { 0 };
    add_arguments(place, what, options, output, &argv);
    if (tree_make(output, err) < 0)
        return -1;
    int code = run_diverted(&argv, summary, err);
    if (code < 0)
        return error_prefix(err, "case '%s': ", name);
    return read_result(json, result, err) < 0 ? -1 : code;
}
