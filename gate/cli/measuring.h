/* The measuring loop: orders of the experiment, carried out by a runner, kept in the
 * journal, shown on the progress line. */
#pragma once

#include "gate/base/attributes.h"
#include "gate/cli/bench_runner.h"
#include "gate/cli/progress.h"
#include "gate/experiment/experiment.h"
#include "gate/experiment/journal.h"
#include "gate/experiment/rounds.h"

struct error;

struct measuring {
    struct experiment *experiment;
    struct rounds *rounds; /* by which its trials are run; NULL: as it orders itself */
    struct bench_runner *runner;
    struct journal *journal;   /* NULL: none is kept */
    struct progress *progress; /* NULL: nothing is shown */
    const char *stage;  /* marks the pairs in the journal; NULL for the first part */
    int64_t elapsed_ns; /* measuring time, that of interrupted runs included: before and
                         * afterwards */
};

struct spawner;
/* Whether what the spawner measures comes before the machine's other work; the caller's.
 */
char *measuring_priority(bool is_asked_for, const struct spawner *spawner) MUST_CHECK;

/* Runs until every row is decided or the budget is spent. -1 for trouble and
 * interruptions; the journal then holds every pair that ended. */
int measuring_run(struct measuring *measuring, struct error *err) MUST_CHECK;
