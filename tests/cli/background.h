/* pawl in the background, stopped by its benchmark at a place that the test knows, so
 * that signals come when they are to come, and no test waits for a time.
 *
 * The project's benchmark is a script that writes a line a run to the sandbox's file
 * "runs". Once there are so many, it writes its process id to the pipe "reached" and
 * sleeps; pawl waits for it. */
#pragma once

#include <stddef.h>
#include <sys/types.h>

#include "tests/support/sandbox.h"

/* The project with the script, and pawl.json with the name of what blocks: runs count
 * from 1, that which compares the outputs of base included. 0: none does. */
void background_make_project(struct sandbox *sandbox);
void background_block_at(struct sandbox *sandbox, size_t run);
size_t background_runs(struct sandbox *sandbox);

struct background {
    pid_t pawl;
    pid_t blocked;    /* what reached the place where it blocks */
    int blocked_file; /* a pidfd of it */
};

/* Starts "pawl <arguments>" in the project, and returns when the benchmark blocks. pawl
 * dies with the test program. Its stdout and stderr go to the sandbox's files "out" and
 * "err". */
struct background background_start(struct sandbox *sandbox, const char *arguments);

/* Sends the signal and waits for pawl's end, and for that of its blocked child; returns
 * the exit code, or 128 + the signal that ended pawl. */
int background_end(struct background *background, int signal_number);
