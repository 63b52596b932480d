#include "tests/support/sandbox.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "gate/base/tree.h"
#include "tests/support/check.h"

/* The names handed out by sandbox_file live in the sandbox, after the public part. */
struct sandbox_with_names {
    struct sandbox sandbox;
    struct strvec names;
};

int sandbox_setup(void **state)
{
    struct error err = { 0 };
    struct sandbox_with_names *made = xcalloc(1, sizeof *made);
    AUTO_FREE char *directory = tree_make_unique("/tmp/pawl-test-", &err);
    if (!directory) {
        print_error("%s\n", err.message);
        free(made);
        return -1;
    }
    made->sandbox.path = realpath(directory, NULL);
    *state = &made->sandbox;
    return 0;
}

int sandbox_teardown(void **state)
{
    struct sandbox_with_names *made = *state;
    struct error err = { 0 };
    int removed = tree_remove(made->sandbox.path, &err);
    if (removed < 0)
        print_error("%s\n", err.message);
    strvec_clear(&made->names);
    free(made->sandbox.path);
    free(made);
    return removed;
}

const char *sandbox_file(struct sandbox *sandbox, const char *name)
{
    struct sandbox_with_names *made = (struct sandbox_with_names *)sandbox;
    strvec_push_owned(&made->names, path_join(sandbox->path, name));
    return made->names.items[made->names.count - 1];
}

static void must(int result, const struct error *err)
{
    if (result < 0)
        fail_msg("%s", err->message);
}

void sandbox_write(struct sandbox *sandbox, const char *name, const char *text)
{
    struct error err = { 0 };
    const char *path = sandbox_file(sandbox, name);
    AUTO_FREE char *directory = path_directory(path);
    must(tree_make(directory, &err), &err);
    must(file_write(path, text, strlen(text), &err), &err);
}

static char *read_text(const char *path)
{
    struct error err = { 0 };
    struct str text = STR_INIT;
    must(file_read(path, &text, &err), &err);
    return str_detach(&text);
}

char *sandbox_read(struct sandbox *sandbox, const char *name)
{
    return read_text(sandbox_file(sandbox, name));
}

void outcome_clear(struct outcome *outcome)
{
    free(outcome->out);
    free(outcome->err);
    *outcome = (struct outcome){ 0 };
}

static void become_shell(const char *directory,
                         const char *command,
                         const char *out_path,
                         const char *err_path)
{
    int in = open("/dev/null", O_RDONLY);
    int out = open(out_path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    int err = open(err_path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (in < 0 || out < 0 || err < 0 || dup2(in, 0) < 0 || dup2(out, 1) < 0 ||
        dup2(err, 2) < 0 || chdir(directory) < 0)
        _exit(126);
    execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    _exit(127);
}

static struct outcome run_shell(struct sandbox *sandbox, const char *command)
{
    char out_path[] = "/tmp/pawl-out-XXXXXX";
    char err_path[] = "/tmp/pawl-err-XXXXXX";
    close(mkstemp(out_path));
    close(mkstemp(err_path));

    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        become_shell(sandbox->path, command, out_path, err_path);
    int status = 0;
    waitpid(child, &status, 0);

    struct outcome outcome = {
        .exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
        .out = read_text(out_path),
        .err = read_text(err_path),
    };
    unlink(out_path);
    unlink(err_path);
    return outcome;
}

struct outcome sandbox_run(struct sandbox *sandbox, const char *format, ...)
{
    AUTO_FREE char *command = NULL;
    va_list args;
    va_start(args, format);
    int length = vasprintf(&command, format, args);
    va_end(args);
    assert_true(length >= 0);
    return run_shell(sandbox, command);
}

void sandbox_must(struct sandbox *sandbox, const char *format, ...)
{
    AUTO_FREE char *command = NULL;
    va_list args;
    va_start(args, format);
    int length = vasprintf(&command, format, args);
    va_end(args);
    assert_true(length >= 0);

    struct outcome outcome = run_shell(sandbox, command);
    if (outcome.exit_code != 0)
        fail_msg("'%s' exited with %d:\n%s%s", command, outcome.exit_code, outcome.out,
                 outcome.err);
    outcome_clear(&outcome);
}

void sandbox_need(struct sandbox *sandbox, const char *command, const char *package)
{
    struct outcome outcome = sandbox_run(sandbox, "%s", command);
    bool is_there = outcome.exit_code == 0;
    outcome_clear(&outcome);
    if (is_there)
        return;
    print_message("skipped: needs %s (apt-get install %s)\n", package, package);
    skip();
}
