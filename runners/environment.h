/* The surroundings of a measurement: what the machine did to us meanwhile, which CPU to
 * use, and what of our environment variables the code under test gets.
 *
 * Functions with a root read root + "/proc/..."; "" is the real machine, tests give a
 * directory with a tree of their own. What can't be read is unknown (0), never an error:
 * a container hides half of it. */
#pragma once

#include <sched.h>
#include <stdbool.h>
#include <stdint.h>

#include "gate/base/attributes.h"
#include "runners/machine.h"

struct strvec;

/* Counters that tell whether others used our time. Cheap: two small files. */
struct environment_sample {
    int64_t steal_ns; /* taken by the hypervisor since boot: from the CPU asked for, or
                       * from all CPUs together; comes in ticks of 10 ms mostly */
    int64_t suspended_ns; /* the machine slept since boot */
    double load_average;  /* over one minute */
};

/* cpu: the CPU that the runs are pinned to, or PROCESS_ANY_CPU. */
void environment_sample(const char *root, int cpu, struct environment_sample *sample);

/* What went on between two samples: outside evidence for throwing a pair away. */
struct environment_change {
    int64_t steal_ns;
    int64_t suspended_ns; /* 0 but for a true suspend */
};
struct environment_change environment_between(const struct environment_sample *before,
                                              const struct environment_sample *after);

/* The CPU to pin runs to: the one of allowed that has served the fewest interrupts since
 * boot (devices mostly interrupt a few CPUs only, and timer ticks count how busy a CPU
 * is); the last one where that can't be told or is equal. allowed NULL: those that this
 * process may use. PROCESS_ANY_CPU where no more than one is allowed. */
int environment_quiet_cpu(const char *root, const cpu_set_t *allowed);

/* Replaces out by the environment for children, sorted by name:
 * - from ours, the variables that programs and builds need: a fixed list, in
 *   environment_scrub.c (PATH, HOME, locale, compilers, language tool chains);
 * - from ours, those that pass names besides; "NAME*" is all that begin so;
 * - set, "NAME=value" each, which wins over the others, and a later one over an earlier.
 * Of ours, tokens and CI command files never get through, not even by pass:
 * environment_is_secret. pass and set may be NULL. */
void environment_scrub(const struct strvec *pass,
                       const struct strvec *set,
                       struct strvec *out);

/* Replaces out by base with set's variables in it, sorted by name: set wins over base,
 * and a later one over an earlier. */
void environment_merge(const struct strvec *base,
                       const struct strvec *set,
                       struct strvec *out);

/* True for names that hold a token or a file by which CI takes commands: GITHUB_*,
 * ACTIONS_*, AWS_* and their like, and whatever has TOKEN, SECRET, PASSWORD or the like
 * in its name. */
bool environment_is_secret(const char *name);
