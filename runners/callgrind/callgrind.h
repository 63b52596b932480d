/* Counts the instructions of a program with valgrind's callgrind, for machines without
 * hardware counters: about 50 times as slow as the program itself, and repeatable mostly
 * to the last instruction.
 *
 * A counted run is a process_run of other words in another environment, and then a look
 * at the files that callgrind left in a directory of its own:
 *
 *     callgrind_begin(directory, err);
 *     callgrind_wrap(&callgrind, &argv, directory, &words);
 *     callgrind_prepare_environment(&callgrind, &environment);
 *     ... process_run of words in environment ...
 *     callgrind_read(directory, &count, err);
 *
 * The program's own output is as without. All processes of the tree are counted and added
 * up. Two things are not seen: what a process did before it replaced itself by exec, and
 * of programs that are linked statically and fork, where the child began: what its parent
 * did before is counted again. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gate/base/attributes.h"

struct error;
struct spawner;
struct strvec;

/* How many times longer a program takes, for announcements; programs differ (20 to 100).
 */
#define CALLGRIND_SLOWDOWN 50

/* What probing found. */
struct callgrind {
    bool works;
    char *version;      /* "3.19.0"; NULL where it does not work */
    char *why_not;      /* a clause with what would mend it; NULL where it works */
    char *fork_library; /* preloaded, makes forked children begin at zero */
};
#define AUTO_CALLGRIND AUTO(callgrind_clear)

void callgrind_clear(struct callgrind *callgrind);

/* Tries it out on `true`, in the environment that the runs will have; directory is for
 * its files, and must exist. That it does not work is no error; -1 is for trouble of
 * ours. */
int callgrind_probe(struct spawner *spawner,
                    const struct strvec *environment,
                    const char *directory,
                    struct callgrind *callgrind,
                    struct error *err) MUST_CHECK;

/* Makes directory, which must be absolute, empty. */
int callgrind_begin(const char *directory, struct error *err) MUST_CHECK;

/* Replaces words by the command line that runs argv under callgrind. */
void callgrind_wrap(const struct strvec *argv,
                    const char *directory,
                    struct strvec *words);
void callgrind_prepare_environment(const struct callgrind *callgrind,
                                   struct strvec *environment);

struct callgrind_count {
    uint64_t instructions; /* "Ir", in user mode */
    size_t process_count;
};

/* The profiles of all processes of a run: their paths, appended. */
int callgrind_list(const char *directory, struct strvec *paths, struct error *err)
    MUST_CHECK;

/* After a run. -1 with ERROR_BENCHMARK saying why it could not be counted. */
int callgrind_read(const char *directory,
                   struct callgrind_count *count,
                   struct error *err) MUST_CHECK;
