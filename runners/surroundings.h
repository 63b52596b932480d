/* What on this machine makes measuring good or bad, beyond what it is (machine.h): facts
 * for `pawl doctor`, without judgement. As in environment.h functions take a root, and
 * what can't be read is unknown, never an error: a container hides half of it. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "gate/base/attributes.h"

enum known {
    KNOWN_NOT, /* can't be told here */
    KNOWN_NO,
    KNOWN_YES
};

/* Texts are owned, and "" where unknown; numbers are negative where unknown. */
struct surroundings {
    int allowed_cpus;    /* that this process may use */
    int quiet_cpu;       /* the one that runs would be pinned to; -1: no choice */
    enum known has_smt;  /* two threads share a core */
    char *smt_siblings;  /* of the quiet CPU, itself among them: "1,5" */
    double load_average; /* over one minute */
    double steal_share;  /* of all CPU time since boot, taken by the hypervisor */
    enum known has_psi;  /* /proc/pressure is there */
    double cpu_pressure; /* share of the last minute that somebody waited for a CPU */
    double cgroup_cpus;  /* as many CPUs as the cgroup's quota allows; 0: no limit */
    int64_t cgroup_memory_bytes; /* 0: no limit */
    enum known has_pmu;          /* the CPU's counters are to be seen */
    int perf_paranoid;           /* kernel.perf_event_paranoid; -2: unknown */
    enum known has_delays;       /* kernel.task_delayacct is on */
    int64_t swap_used_bytes;
    int64_t disk_free_bytes; /* where the build cache is */
};
#define AUTO_SURROUNDINGS AUTO(surroundings_clear)

/* Fills surroundings ({ 0 } before). cache_directory need not be there yet: its nearest
 * parent that is tells the room on its disk. */
void surroundings_read(const char *root,
                       const char *cache_directory,
                       struct surroundings *surroundings);
void surroundings_clear(struct surroundings *surroundings);

/* Where a program of that name would be found by PATH; the caller's, NULL where it is
 * not. */
char *surroundings_find_program(const char *name, const char *search_path) MUST_CHECK;
