/* `pawl doctor`: is this machine fit to measure, and what would make it fitter. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "gate/base/attributes.h"
#include "gate/base/str.h"
#include "runners/machine.h"
#include "runners/priority.h"
#include "runners/surroundings.h"

struct error;
struct spawner;

enum finding_state {
    FINDING_FINE,
    FINDING_NOTE, /* something is missing, or worth knowing */
    FINDING_POOR  /* measurements are worse for it */
};
const char *finding_state_name(enum finding_state state); /* "ok", "note", "poor" */

/* One thing looked at. */
struct finding {
    const char *name; /* "governor" */
    enum finding_state state;
    char *text; /* what was found and what it means, a sentence without a full stop */
    const char *mend; /* the command that mends it; NULL: there is nothing to mend */
};
struct findings {
    struct finding *items;
    size_t count;
    size_t capacity;
};
void findings_clear(struct findings *findings);
#define AUTO_FINDINGS AUTO(findings_clear)

/* What can be said of what was read. valgrind: where it is, NULL where it is not. */
void doctor_find(const struct machine *machine,
                 const struct surroundings *surroundings,
                 const struct priority *priority,
                 const char *valgrind,
                 struct findings *out);

/* How much two runs of one and the same program differ here. */
struct noise {
    size_t pairs;
    double run_s;   /* a run's wall time, the median */
    double cpu_sd;  /* robust standard deviation of ln(second / first), CPU time */
    double wall_sd; /* the same, wall time */
};

/* Runs a program of some 10 ms in pairs, pinned and before other work as a gate would,
 * for so long; the program is this one, as `pawl doctor --work`. */
int doctor_measure_noise(struct spawner *spawner,
                         int cpu,
                         double seconds,
                         struct noise *out,
                         struct error *err) MUST_CHECK;
void doctor_work(void);

/* noise NULL: not measured. */
struct diagnosis {
    const struct machine *machine;
    const struct findings *findings;
    const struct noise *noise;
};
void doctor_add_text(const struct diagnosis *diagnosis, struct str *out);
void doctor_add_json(const struct diagnosis *diagnosis, struct str *out);
