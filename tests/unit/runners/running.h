/* What the tests of process.h share: a spawner, a sandbox, and short ways to run in it.
 */
#pragma once

#include <sys/types.h>

#include "runners/process.h"
#include "tests/support/sandbox.h"

/* In *state of each test; made by running_setup, ended by running_teardown. */
struct running {
    struct sandbox *sandbox;
    struct spawner *spawner;
    struct strvec argv;
    struct strvec environment; /* PATH alone, to begin with */
    struct process_spec spec;  /* the above, in the sandbox, stdout to its file "out" */
};

int running_setup(void **state);
int running_teardown(void **state);

/* Runs the shell script by the spec, as "sh -c script"; fails the test where process_run
 * does. */
struct process_result run_script(struct running *running, const char *script);

/* Runs words (NULL at their end) by the spec. */
struct process_result run_words(struct running *running, const char *const *words);

/* Fails the test unless want is all that the runs have written to "out". */
void assert_out(struct running *running, const char *want);

/* A handle on a process that stays its own, whatever becomes of its number. */
int pidfd_of(pid_t pid);

/* Fails the test unless the process ends, at the latest after many seconds. */
void assert_ends(int pidfd);
