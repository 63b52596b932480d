/* A temporary directory for each test, and commands run in it. Use sandbox_setup and
 * sandbox_teardown as cmocka's setup and teardown: a failing assert jumps past cleanups.
 */
#pragma once

#include <stddef.h>

/* Made by sandbox_setup, put in *state, removed by sandbox_teardown. */
struct sandbox {
    char *path; /* absolute, without links in it */
};

int sandbox_setup(void **state);
int sandbox_teardown(void **state);

/* The absolute name of a file in the sandbox; valid until the teardown. */
const char *sandbox_file(struct sandbox *sandbox, const char *name);

/* Writes text to a file in the sandbox, making the directories above it. Fails the test
 * when it can't. */
void sandbox_write(struct sandbox *sandbox, const char *name, const char *text);

/* The text of a file in the sandbox; free() it. Fails the test when it can't be read. */
char *sandbox_read(struct sandbox *sandbox, const char *name);

/* What a command did. */
struct outcome {
    int exit_code; /* 128 + signal where a signal ended it */
    char *out;     /* its stdout */
    char *err;     /* its stderr */
};
void outcome_clear(struct outcome *outcome);

/* Runs a formatted shell command in the sandbox and waits for it. */
struct outcome sandbox_run(struct sandbox *sandbox, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The same for commands that must succeed: fails the test, with their output, when not.
 */
void sandbox_must(struct sandbox *sandbox, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Skips the test, with a line that names the package of Debian's, where the command does
 * not succeed. */
void sandbox_need(struct sandbox *sandbox, const char *command, const char *package);
