#include "tests/support/repository.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/attributes.h"
#include "gate/base/str.h"
#include "tests/support/check.h"

/* Submodules are cloned from the sandbox, which git takes for a risk since 2.38.1. */
#define GIT_ENVIRONMENT                                                             \
    "export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 "                     \
    "GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=protocol.file.allow "                      \
    "GIT_CONFIG_VALUE_0=always GIT_AUTHOR_NAME=Ada GIT_AUTHOR_EMAIL=ada@localhost " \
    "GIT_COMMITTER_NAME=Ada GIT_COMMITTER_EMAIL=ada@localhost "                     \
    "GIT_AUTHOR_DATE='1700000000 +0000' GIT_COMMITTER_DATE='1700000000 +0000'; "

int repository_setup(void **state)
{
    if (sandbox_setup(state) < 0)
        return -1;
    const struct sandbox *sandbox = *state;
    unsetenv("XDG_CONFIG_HOME");
    return setenv("HOME", sandbox->path, 1);
}

static char *
run_git(struct sandbox *sandbox, const char *directory, const char *arguments)
{
    struct outcome outcome =
        sandbox_run(sandbox, GIT_ENVIRONMENT "cd '%s' && git %s", directory, arguments);
    if (outcome.exit_code != 0)
        fail_msg("'git %s' in '%s' exited with %d:\n%s%s", arguments, directory,
                 outcome.exit_code, outcome.out, outcome.err);
    size_t length = strlen(outcome.out);
    if (length && outcome.out[length - 1] == '\n')
        outcome.out[length - 1] = '\0';
    char *out = xstrdup(outcome.out);
    outcome_clear(&outcome);
    return out;
}

PRINTF_LIKE(1, 0) static char *format_all(const char *format, va_list args)
{
    char *text = NULL;
    assert_true(vasprintf(&text, format, args) >= 0);
    return text;
}

void repository_git(struct sandbox *sandbox,
                    const char *directory,
                    const char *arguments,
                    ...)
{
    va_list args;
    va_start(args, arguments);
    AUTO_FREE char *all = format_all(arguments, args);
    va_end(args);
    free(run_git(sandbox, directory, all));
}

char *
repository_ask(struct sandbox *sandbox, const char *directory, const char *arguments, ...)
{
    va_list args;
    va_start(args, arguments);
    AUTO_FREE char *all = format_all(arguments, args);
    va_end(args);
    return run_git(sandbox, directory, all);
}

void repository_make(struct sandbox *sandbox, const char *directory)
{
    repository_git(sandbox, ".", "init -q -b main '%s'", directory);
}

void repository_id(struct sandbox *sandbox,
                   const char *directory,
                   const char *revision,
                   char id[REPOSITORY_ID_SIZE])
{
    AUTO_FREE char *found =
        repository_ask(sandbox, directory, "rev-parse --verify '%s'", revision);
    assert_int_equal(strlen(found), REPOSITORY_ID_SIZE - 1);
    memcpy(id, found, REPOSITORY_ID_SIZE);
}

void repository_commit_all(struct sandbox *sandbox,
                           const char *directory,
                           const char *message,
                           char id[REPOSITORY_ID_SIZE])
{
    repository_git(sandbox, directory, "add -A");
    repository_git(sandbox, directory, "commit -q --allow-empty -m '%s'", message);
    if (id)
        repository_id(sandbox, directory, "HEAD", id);
}

void repository_commit_file(struct sandbox *sandbox,
                            const char *directory,
                            const char *file,
                            const char *text,
                            char id[REPOSITORY_ID_SIZE])
{
    AUTO_FREE char *name = str_format("%s/%s", directory, file);
    AUTO_FREE char *message = str_format("set %s", file);
    sandbox_write(sandbox, name, text);
    repository_commit_all(sandbox, directory, message, id);
}

static char *list(struct sandbox *sandbox, const char *directory, const char *format)
{
    struct outcome outcome =
        sandbox_run(sandbox,
                    "cd '%s' && find . -printf '%s' | LC_ALL=C sort && "
                    "find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha1sum",
                    directory, format);
    assert_int_equal(outcome.exit_code, 0);
    char *listing = xstrdup(outcome.out);
    outcome_clear(&outcome);
    return listing;
}

char *repository_listing(struct sandbox *sandbox, const char *directory)
{
    return list(sandbox, directory, "%p %M %s %T@ %i %l\\n");
}

char *repository_contents(struct sandbox *sandbox, const char *directory)
{
    return list(sandbox, directory, "%p %M %l\\n");
}
