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

/* Where tasks waited, as the kernel's pressure stall information (PSI) has it: the time
 * in which at least one task of the machine waited for this. */
enum pressure {
    PRESSURE_CPU,
    PRESSURE_IO,
    PRESSURE_MEMORY,
    PRESSURE_COUNT
};
#define ENVIRONMENT_UNKNOWN (-1)

/* Counters that tell whether others used our time, since boot. Cheap: some small files.
 */
struct environment_sample {
    int64_t taken_ns; /* CLOCK_MONOTONIC */
    int64_t steal_ns; /* taken by the hypervisor: from the CPU asked for, or from all CPUs
                       * together; comes in ticks of 10 ms mostly */
    int64_t suspended_ns;                /* the machine slept */
    double load_average;                 /* over one minute */
    int64_t busy_ns;                     /* all CPUs together, in ticks */
    int cpu_count;                       /* online */
    int64_t pressure_ns[PRESSURE_COUNT]; /* ENVIRONMENT_UNKNOWN without PSI */
    int64_t throttle_count; /* times that the CPU asked for, or the first one, slowed down
                             * for being too hot */
    int64_t frequency_hz;   /* of the CPU asked for, now; 0 where unknown */
};

/* cpu: the CPU that the runs are pinned to, or PROCESS_ANY_CPU. */
void environment_sample(const char *root, int cpu, struct environment_sample *out);

/* What went on between two samples. */
struct environment_change {
    int64_t span_ns; /* 0: nothing was watched, and the rest means nothing */
    int64_t steal_ns;
    int64_t suspended_ns; /* 0 but for a true suspend */
    int64_t pressure_ns[PRESSURE_COUNT];
    int64_t throttle_count;
    int64_t lowest_hz; /* the CPU's frequency, of the two samples; 0 where unknown */
    int64_t highest_hz;
    double load_average; /* at the end */
    double others_share; /* of all CPUs' time, used by others than pawl and what it ran,
                          * over a window that ends with the second sample; set by
                          * environment_watch.h alone, ENVIRONMENT_UNKNOWN else */
};
struct environment_change environment_between(const struct environment_sample *before,
                                              const struct environment_sample *after);

/* The CPU to pin runs to: the one of allowed that has served the fewest interrupts since
 * boot (devices mostly interrupt a few CPUs only, and timer ticks count how busy a CPU
 * is); the last one where that can't be told or is equal. allowed NULL: those that this
 * process may use. PROCESS_ANY_CPU where no more than one is allowed. why, unless NULL,
 * becomes half a sentence on it: "CPU 1 of 2, which served the fewest interrupts since
 * boot (8,123; the others up to 12,345)". The caller's. */
int environment_quiet_cpu(const char *root, const cpu_set_t *allowed, char **why);

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

/* Replaces out by what of an environment decides what a build makes, in its order: the
 * compilers, their flags and searches (a fixed list), what pass names, and what set sets.
 * pass and set may be NULL. */
void environment_deciding(const struct strvec *environment,
                          const struct strvec *pass,
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
