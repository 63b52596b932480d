/* Real git repositories in a sandbox, made with the git command line. Directories are
 * names in the sandbox ("project"); each function fails the test when git does.
 *
 * Names, times and configuration are fixed, so that the same commands give the same ids,
 * whoever runs the tests. */
#pragma once

#include "tests/support/sandbox.h"

/* An id in hex, with its NUL. */
#define REPOSITORY_ID_SIZE 41

/* As sandbox_setup, with HOME in the sandbox, so that no git config of the person who
 * runs the tests has a say. sandbox_teardown ends it. */
int repository_setup(void **state);

/* git init; the branch is main. */
void repository_make(struct sandbox *sandbox, const char *directory);

/* Runs "git <arguments>" in the directory; the arguments are split by the shell. */
void repository_git(struct sandbox *sandbox,
                    const char *directory,
                    const char *arguments,
                    ...) __attribute__((format(printf, 3, 4)));

/* The same, for what git prints, without the last line break; free() it. */
char *
repository_ask(struct sandbox *sandbox, const char *directory, const char *arguments, ...)
    __attribute__((format(printf, 3, 4)));

/* Writes text to the file and commits it with "set <file>" as the message. id may be
 * NULL. */
void repository_commit_file(struct sandbox *sandbox,
                            const char *directory,
                            const char *file,
                            const char *text,
                            char id[REPOSITORY_ID_SIZE]);

/* Commits everything in the work tree. id may be NULL. */
void repository_commit_all(struct sandbox *sandbox,
                           const char *directory,
                           const char *message,
                           char id[REPOSITORY_ID_SIZE]);

/* git rev-parse. */
void repository_id(struct sandbox *sandbox,
                   const char *directory,
                   const char *revision,
                   char id[REPOSITORY_ID_SIZE]);

/* Every name below the directory, .git included, with mode, size, time of change, and
 * hash: two listings are equal where nothing was touched. free() it. */
char *repository_listing(struct sandbox *sandbox, const char *directory);

/* The same without the times. */
char *repository_contents(struct sandbox *sandbox, const char *directory);
